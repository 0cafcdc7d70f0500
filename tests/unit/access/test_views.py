"""Opening, picturing and exporting what a search found: decided afresh each time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.unit.access.people import (
    AT,
    MARK,
    OTHER_MARK,
    actor,
    assert_clauses,
    grant,
    investigation,
    query,
)

from openanpr.access.decide import SearchDecision, decide_export, decide_image, decide_view
from openanpr.access.explain import explain
from openanpr.access.profiles import load_profile
from openanpr.access.vocabulary import Action, Reason, Role

ESSEX = load_profile("essex-2y")


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def view(captured_at: datetime, **changes: Any) -> Any:
    question: dict[str, Any] = {
        "actor": actor(),
        "investigation": investigation(),
        "grants": [],
        "profile": ESSEX,
        "at": AT,
    }
    decision = decide_view(captured_at=captured_at, **question | changes)
    assert_clauses(decision.findings, action="view", band=decision.band)
    return decision


def test_opening_one_read() -> None:
    decision = view(AT - timedelta(days=1))
    assert decision
    assert (decision.band, decision.action) == ("0-90-days", Action.VIEW)
    assert decision.profile == "essex-2y@1"
    assert decision.reasons == (Reason.WITHIN_90_DAYS,)
    assert not view(day("2026-05-01"))
    assert view(day("2026-05-01"), grants=[grant()])
    assert explain(view(day("2026-05-01")), profile=ESSEX) == (
        "Not allowed: reads of this age need an authorisation: inspector or above "
        "(profile essex-2y@1: bands.90-days-to-12-months.lowest_rank).",
    )
    assert explain(decision, profile=ESSEX) == (
        "Allowed: the read is under 90 days old (profile essex-2y@1: bands.0-90-days.until).",
    )
    closed = view(AT - timedelta(days=1), investigation=investigation(open=False))
    assert explain(closed, profile=ESSEX) == (
        "Not allowed: the investigation is closed (house rule: investigation).",
    )


def test_a_read_whose_mark_or_area_is_not_told_lies_outside_a_limited_scope() -> None:
    when = AT - timedelta(days=1)
    limited = investigation(vrms=[MARK], camera_areas=["north"])
    assert view(when, investigation=limited, vrm=MARK, camera_area="north")
    assert not view(when, investigation=limited, vrm=OTHER_MARK, camera_area="north")
    assert not view(when, investigation=limited, vrm=MARK, camera_area="south")
    assert not view(when, investigation=limited, vrm=MARK)
    assert view(when, investigation=limited).reasons == (Reason.OUTSIDE_INVESTIGATION,)
    by_grant = view(day("2026-05-01"), grants=[grant(vrms=[MARK])])
    assert Reason.OUTSIDE_AUTHORISATION in by_grant.reasons
    assert view(day("2026-05-01"), grants=[grant(vrms=[MARK])], vrm=MARK)


def test_a_held_read_opens_only_when_it_is_said_to_be_held() -> None:
    past = day("2024-01-01")
    facts = investigation(has_holds=True)
    assert view(past, grants=[grant()], investigation=facts).reasons == (Reason.BEYOND_RETENTION,)
    decision = view(past, grants=[grant()], investigation=facts, held=True)
    assert (decision.allowed, decision.band) == (True, "held-past-retention")


def test_pictures_need_the_read_and_the_role_for_pictures() -> None:
    question: dict[str, Any] = {
        "actor": actor(),
        "captured_at": AT - timedelta(days=1),
        "investigation": investigation(),
        "grants": [],
        "at": AT,
        "vrm": MARK,
        "camera_area": "north",
    }
    seen = decide_image(profile=ESSEX, **question)
    assert (seen.allowed, seen.action) == (True, Action.IMAGE)
    actions = dict(ESSEX.actions)
    actions[Action.IMAGE] = replace(actions[Action.IMAGE], roles=frozenset({Role.ANALYST}))
    narrow = replace(ESSEX, actions=actions)
    refused = decide_image(profile=narrow, **question)
    assert (refused.allowed, refused.reasons) == (False, (Reason.ROLE_NOT_RELEVANT,))
    assert refused.findings[0].clause == "actions.image.roles"
    assert refused.action is Action.IMAGE
    both = decide_image(profile=narrow, **question | {"captured_at": day("2026-05-01")})
    assert both.reasons == (Reason.ROLE_NOT_RELEVANT, Reason.AUTHORISATION_REQUIRED)
    limited = investigation(vrms=[MARK], camera_areas=["north"])
    assert decide_image(profile=ESSEX, **question | {"investigation": limited})
    old = question | {"captured_at": day("2024-01-01"), "grants": [grant()]}
    assert not decide_image(profile=ESSEX, **old)
    assert decide_image(profile=ESSEX, held=True, **old)


def export(**changes: Any) -> SearchDecision:
    question: dict[str, Any] = {
        "actor": actor(roles=["analyst"]),
        "query": query(),
        "investigation": investigation(),
        "grants": [],
        "profile": ESSEX,
        "at": AT,
        "rows": 500,
        "stepped_up": True,
    }
    decision = decide_export(**question | changes)
    assert_clauses(decision.findings, action="export", band=decision.parts[-1].band)
    return decision


def test_an_export_is_decided_afresh_with_rules_of_its_own() -> None:
    decision = export()
    assert decision.allowed
    assert decision.action is Action.EXPORT
    assert decision.scope is not None
    assert decision.scope.row_limit == 500
    assert export(rows=501).reasons == (Reason.TOO_MANY_ROWS,)
    assert export(stepped_up=False).reasons == (Reason.STEP_UP_REQUIRED,)
    assert export(actor=actor(roles=["searcher"])).reasons == (Reason.ROLE_NOT_RELEVANT,)
    assert export(query=query(reason="")).reasons == (Reason.PURPOSE_REQUIRED,)
    both = export(rows=501, stepped_up=False)
    assert both.reasons == (Reason.TOO_MANY_ROWS, Reason.STEP_UP_REQUIRED)
    old = export(query=query(start=day("2026-05-01"), end=day("2026-05-02")), rows=501)
    assert old.reasons == (Reason.TOO_MANY_ROWS, Reason.AUTHORISATION_REQUIRED)
