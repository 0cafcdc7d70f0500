"""Searches told one by one: splits, grants, scopes, holds, exports, and what is left out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.unit.access.people import (
    AT,
    MARK,
    OTHER_MARK,
    actor,
    alert,
    assert_clauses,
    figure,
    grant,
    investigation,
    list_change,
    profile_change,
    query,
    request,
    rights,
)

from openanpr.access.decide import (
    SearchDecision,
    authority_needed,
    decide_search,
    role_conflicts,
)
from openanpr.access.explain import explain_search
from openanpr.access.facts import Profile
from openanpr.access.profile import Span
from openanpr.access.profiles import load_profile
from openanpr.access.vocabulary import Action, Category, NotBy, Rank, Reason, Role, Training

ESSEX = load_profile("essex-2y")
INSTANT = timedelta(microseconds=1)
NINETY = datetime(2026, 8, 24, 12, tzinfo=UTC) + INSTANT
YEAR = datetime(2025, 11, 22, 12, tzinfo=UTC) + INSTANT
TWO_YEARS = datetime(2024, 11, 22, 12, tzinfo=UTC) + INSTANT


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def search(**changes: Any) -> SearchDecision:
    question: dict[str, Any] = {
        "actor": actor(),
        "query": query(),
        "investigation": investigation(),
        "grants": [],
        "profile": ESSEX,
        "at": AT,
    }
    decision = decide_search(**question | changes)
    for part in decision.parts:
        assert_clauses((*part.findings, *part.withheld), action="search", band=part.band)
    return decision


def told(decision: SearchDecision) -> list[tuple[str, datetime, datetime, list[str]]]:
    return [
        (part.band, part.start, part.end, [str(one) for one in part.reasons])
        for part in decision.parts
    ]


def test_last_week_is_one_part() -> None:
    decision = search()
    assert decision
    assert told(decision) == [("0-90-days", AT - timedelta(days=7), AT, ["within-90-days"])]
    assert decision.complete
    assert decision.withheld_reasons == ()
    assert decision.reasons == (Reason.WITHIN_90_DAYS,)
    assert decision.action is Action.SEARCH
    assert decision.profile == "essex-2y@1"
    scope = decision.scope
    assert scope is not None
    assert scope.periods == ((AT - timedelta(days=7), AT),)
    assert (scope.vrms, scope.camera_areas) == (frozenset({MARK}), None)
    assert (scope.investigation_reference, scope.category) == ("INV-1", Category.MAJOR)
    assert (scope.profile, scope.decided_at, scope.row_limit) == ("essex-2y@1", AT, 1000)
    assert (scope.show_location, scope.show_images, scope.include_covert) == (False, True, False)
    assert scope.parts[0].band == "0-90-days"


def test_a_long_period_is_split_and_every_part_says_its_own() -> None:
    decision = search(query=query(start=day("2020-01-01"), end=day("2027-01-01")))
    ahead = AT + timedelta(seconds=2) + INSTANT
    assert told(decision) == [
        ("beyond-retention", day("2020-01-01"), TWO_YEARS, ["beyond-retention"]),
        ("12-to-24-months", TWO_YEARS, YEAR, ["authorisation-required"]),
        ("90-days-to-12-months", YEAR, NINETY, ["authorisation-required"]),
        ("0-90-days", NINETY, ahead, ["within-90-days"]),
        ("future", ahead, day("2027-01-01"), ["captured-in-the-future"]),
    ]
    assert decision.allowed
    assert not decision.complete
    assert decision.reasons == (Reason.WITHIN_90_DAYS,)
    assert decision.withheld_reasons == (
        Reason.BEYOND_RETENTION,
        Reason.AUTHORISATION_REQUIRED,
        Reason.CAPTURED_IN_THE_FUTURE,
    )
    assert decision.scope is not None
    assert decision.scope.periods == ((NINETY, ahead),)


def test_windows_of_a_search_are_decided_each_by_itself() -> None:
    hour = timedelta(hours=1)
    windows = tuple((AT - days * 24 * hour, AT - days * 24 * hour + hour) for days in (3, 200, 2))
    asked = query(kind="mark", start=AT - timedelta(days=201), windows=windows)
    decision = search(query=asked)
    assert told(decision) == [
        ("90-days-to-12-months", *windows[1], ["authorisation-required"]),
        ("0-90-days", *windows[0], ["within-90-days"]),
        ("0-90-days", *windows[2], ["within-90-days"]),
    ]
    assert decision.scope is not None
    assert decision.scope.periods == (windows[0], windows[2])
    nowhere = query(windows=((AT - timedelta(days=300), AT - timedelta(days=299)),))
    assert search(query=nowhere).reasons == (Reason.PERIOD_EMPTY,)


def test_overlapping_windows_are_joined_and_cut_at_the_period() -> None:
    day_before, now = AT - timedelta(days=1), AT
    asked = query(
        start=day_before,
        windows=((day_before - timedelta(days=1), AT - timedelta(hours=5)), (day_before, now)),
    )
    assert asked.periods == ((day_before, now),)


def test_a_search_is_told_part_by_part() -> None:
    grants = [grant(vrms=[MARK], start=day("2026-08-01"))]
    decision = search(
        query=query(vrms=[OTHER_MARK], start=day("2026-07-01"), end=day("2026-09-01")),
        grants=grants,
    )
    assert explain_search(decision, profile=ESSEX) == (
        "1 July 2026 00:00 UTC to 1 August 2026 00:00 UTC (90-days-to-12-months): not allowed, "
        "because reads of this age need an authorisation: inspector or above (profile "
        "essex-2y@1: bands.90-days-to-12-months.lowest_rank); it lies outside what was "
        "authorised (house rule: authorisation scope).",
        "1 August 2026 00:00 UTC to 24 August 2026 12:00 UTC (90-days-to-12-months): allowed, "
        "because an authorisation in force covers it (profile essex-2y@1: "
        "bands.90-days-to-12-months.lowest_rank). Left out of it: what was asked for beyond "
        "that, because it lies outside what was authorised (house rule: authorisation scope).",
        "24 August 2026 12:00 UTC to 1 September 2026 00:00 UTC (0-90-days): allowed, because "
        "the read is under 90 days old (profile essex-2y@1: bands.0-90-days.until).",
    )
    empty = search(query=query(start=AT, end=AT))
    assert explain_search(empty, profile=ESSEX) == (
        "Not allowed: the period ends before it begins; give a start before the end "
        "(house rule: period).",
    )


def test_an_inspectors_grant_opens_its_own_band_only() -> None:
    decision = search(
        query=query(start=day("2025-01-01")),
        grants=[grant(authoriser_rank=Rank.INSPECTOR)],
    )
    assert told(decision) == [
        ("12-to-24-months", day("2025-01-01"), YEAR, ["rank-too-low"]),
        ("90-days-to-12-months", YEAR, NINETY, ["authorised"]),
        ("0-90-days", NINETY, AT, ["within-90-days"]),
    ]
    assert [part.grant_id for part in decision.parts] == [None, "grant-1", None]
    assert decision.scope is not None
    assert decision.scope.periods == ((YEAR, AT),)
    assert [part.grant_id for part in decision.scope.parts] == ["grant-1", None]
    assert decision.reasons == (Reason.AUTHORISED, Reason.WITHIN_90_DAYS)


def test_a_grant_opens_its_own_period_only() -> None:
    decision = search(
        query=query(start=day("2026-05-01"), end=day("2026-07-01")),
        grants=[grant(start=day("2026-05-10"), end=day("2026-05-20"))],
    )
    needed = ["authorisation-required", "outside-authorisation"]
    assert told(decision) == [
        ("90-days-to-12-months", day("2026-05-01"), day("2026-05-10"), needed),
        ("90-days-to-12-months", day("2026-05-10"), day("2026-05-20"), ["authorised"]),
        ("90-days-to-12-months", day("2026-05-20"), day("2026-07-01"), needed),
    ]


def test_grants_unite_over_periods_and_name_the_smallest_number() -> None:
    first = grant(grant_id="a", start=day("2026-05-01"), end=day("2026-05-20"))
    second = grant(grant_id="b", start=day("2026-05-10"), end=day("2026-06-01"))
    decision = search(
        query=query(start=day("2026-05-01"), end=day("2026-06-01")), grants=[second, first]
    )
    assert [(part.start.day, part.grant_ids) for part in decision.parts] == [
        (1, ("a",)),
        (20, ("b",)),
    ]
    assert decision.scope is not None
    assert decision.scope.periods == ((day("2026-05-01"), day("2026-06-01")),)


def test_grants_unite_over_areas_and_the_rest_is_named() -> None:
    period = {"start": day("2026-05-01"), "end": day("2026-05-02")}
    north, south = (
        grant(grant_id="n", camera_areas=["north"]),
        grant(grant_id="s", camera_areas=["south"]),
    )
    asked = query(vrm=None, camera_areas=["north", "south"], **period)
    both = search(query=asked, grants=[north, south])
    assert both.complete
    assert both.parts[0].grant_ids == ("n", "s")
    assert both.parts[0].grant_id == "n"
    assert both.scope is not None
    assert [part.camera_areas for part in both.scope.parts] == [{"north"}, {"south"}]
    assert both.scope.camera_areas == {"north", "south"}
    one = search(query=asked, grants=[north])
    assert one.allowed
    assert not one.complete
    assert one.parts[0].withheld[0].clause == "house.authorisation-scope"
    assert one.withheld_reasons == (Reason.OUTSIDE_AUTHORISATION,)


def test_a_wider_grant_makes_a_narrower_one_redundant_in_either_order() -> None:
    period = {"start": day("2026-05-01"), "end": day("2026-05-02")}
    for wide_id, narrow_id in (("a", "b"), ("b", "a")):
        decision = search(
            query=query(vrms=[OTHER_MARK], **period),
            grants=[grant(grant_id=wide_id), grant(grant_id=narrow_id, vrms=[MARK])],
        )
        assert decision.parts[0].grant_ids == (wide_id,)
        assert decision.complete


def test_a_grant_narrows_an_open_question_to_its_marks() -> None:
    decision = search(
        query=query(
            vrm=None, camera_areas=["north"], start=day("2026-05-01"), end=day("2026-05-02")
        ),
        grants=[grant(vrms=[MARK])],
    )
    assert decision.scope is not None
    assert decision.scope.vrms == {MARK}
    assert decision.withheld_reasons == (Reason.OUTSIDE_AUTHORISATION,)
    assert "Left out" in explain_search(decision, profile=ESSEX)[0]


def test_crossed_grants_do_not_open_what_neither_covers() -> None:
    decision = search(
        query=query(
            vrms=[OTHER_MARK],
            camera_areas=["north", "south"],
            start=day("2026-05-01"),
            end=day("2026-05-02"),
        ),
        grants=[
            grant(grant_id="a", vrms=[MARK], camera_areas=["north"]),
            grant(grant_id="b", vrms=[OTHER_MARK], camera_areas=["south"]),
        ],
    )
    assert decision.parts[0].grant_ids == ("a", "b")
    assert decision.withheld_reasons == (Reason.OUTSIDE_AUTHORISATION,)


def test_the_best_grant_is_used_and_the_failing_one_not_mentioned() -> None:
    decision = search(
        query=query(start=day("2026-05-01"), end=day("2026-05-02")),
        grants=[grant(grant_id="a", expires_at=AT), grant(grant_id="b")],
    )
    assert decision.parts[0].grant_ids == ("b",)
    assert decision.reasons == (Reason.AUTHORISED,)


def test_a_denial_gives_what_every_grant_lacks() -> None:
    decision = search(
        query=query(start=day("2026-05-01"), end=day("2026-05-02")),
        grants=[
            grant(grant_id="a", expires_at=AT),
            grant(grant_id="b", revoked_at=AT, authoriser_rank=Rank.SERGEANT),
        ],
    )
    assert set(decision.reasons) == {
        Reason.AUTHORISATION_REQUIRED,
        Reason.AUTHORISATION_EXPIRED,
        Reason.AUTHORISATION_REVOKED,
        Reason.RANK_TOO_LOW,
    }


def test_one_grant_tells_everything_it_lacks() -> None:
    period = {"start": day("2026-05-01"), "end": day("2026-05-02")}
    spent = grant(expires_at=AT, revoked_at=AT, vrms=[OTHER_MARK])
    assert set(search(query=query(**period), grants=[spent]).reasons) == {
        Reason.AUTHORISATION_REQUIRED,
        Reason.AUTHORISATION_EXPIRED,
        Reason.AUTHORISATION_REVOKED,
        Reason.OUTSIDE_AUTHORISATION,
    }
    barred = grant(
        authoriser_rank=Rank.SERGEANT,
        authoriser_person_id="person-1",
        requester_unit="crime",
        authoriser_unit="crime",
    )
    example = load_profile("example-12m")
    decision = search(query=query(**period), grants=[barred], profile=example)
    assert decision.reasons == (
        Reason.RANK_TOO_LOW,
        Reason.SELF_AUTHORISED,
        Reason.OWN_UNIT_AUTHORISED,
    )


def test_a_redundant_grant_hides_none_after_it() -> None:
    decision = search(
        query=query(vrms=[OTHER_MARK], start=day("2026-05-01"), end=day("2026-05-02")),
        grants=[
            grant(grant_id="a", vrms=[MARK]),
            grant(grant_id="b", vrms=[MARK]),
            grant(grant_id="c", vrms=[OTHER_MARK]),
        ],
    )
    assert decision.parts[0].grant_ids == ("a", "c")
    assert decision.complete


def test_what_is_left_out_is_named_with_every_reason() -> None:
    decision = search(
        query=query(vrms=[OTHER_MARK], start=day("2026-05-01"), end=day("2026-05-02")),
        investigation=investigation(vrms=[MARK]),
        grants=[grant(camera_areas=["north"])],
    )
    assert decision.allowed
    assert decision.withheld_reasons == (
        Reason.OUTSIDE_INVESTIGATION,
        Reason.OUTSIDE_AUTHORISATION,
    )


def test_a_grant_lives_no_longer_than_the_profile_allows() -> None:
    period = {"start": day("2026-05-01"), "end": day("2026-05-02")}
    began = AT - timedelta(days=28)
    old = grant(valid_from=began, expires_at=AT + timedelta(days=300))
    young = grant(valid_from=began + INSTANT, expires_at=AT + timedelta(days=300))
    assert Reason.AUTHORISATION_EXPIRED in search(query=query(**period), grants=[old]).reasons
    assert search(query=query(**period), grants=[young]).allowed


def test_a_grant_is_alive_from_its_first_to_before_its_last_instant() -> None:
    period = {"start": day("2026-05-01"), "end": day("2026-05-02")}
    assert search(query=query(**period), grants=[grant(valid_from=AT)]).allowed
    assert search(query=query(**period), grants=[grant(expires_at=AT + INSTANT)]).allowed
    assert search(query=query(**period), grants=[grant(revoked_at=AT + INSTANT)]).allowed
    assert not search(query=query(**period), grants=[grant(expires_at=AT)]).allowed


def test_a_grant_for_named_people_opens_nothing_for_others() -> None:
    period = {"start": day("2026-05-01"), "end": day("2026-05-02")}
    mine = grant(person_ids=["person-1"])
    theirs = grant(person_ids=["person-2"])
    assert search(query=query(**period), grants=[mine]).allowed
    assert set(search(query=query(**period), grants=[theirs]).reasons) == {
        Reason.AUTHORISATION_REQUIRED,
        Reason.OUTSIDE_AUTHORISATION,
    }


def test_an_authoriser_with_a_second_account_is_still_the_same_person() -> None:
    period = {"start": day("2026-05-01"), "end": day("2026-05-02")}
    decision = search(
        actor=actor(user_id="user-77", rank=Rank.CHIEF_OFFICER, roles=["searcher", "authoriser"]),
        query=query(**period),
        grants=[grant(authoriser_person_id="person-1", authoriser_rank=Rank.CHIEF_OFFICER)],
    )
    assert decision.reasons == (Reason.SELF_AUTHORISED,)


def test_a_grant_of_the_own_unit_where_the_profile_bars_it() -> None:
    period = {"start": day("2026-05-01"), "end": day("2026-05-02")}
    own = grant(requester_unit="crime", authoriser_unit="crime")
    other = grant(requester_unit="crime", authoriser_unit="headquarters")
    untold = grant()
    example = load_profile("example-12m")
    assert search(query=query(**period), grants=[own]).allowed
    barred = search(query=query(**period), grants=[own], profile=example)
    assert barred.reasons == (Reason.OWN_UNIT_AUTHORISED,)
    assert search(query=query(**period), grants=[other], profile=example).allowed
    assert search(query=query(**period), grants=[untold], profile=example).allowed


def test_the_investigations_scope_refuses_what_lies_outside() -> None:
    outside = search(investigation=investigation(vrms=[OTHER_MARK]))
    assert outside.reasons == (Reason.OUTSIDE_INVESTIGATION,)
    nothing = search(investigation=investigation(vrms=[]))
    assert nothing.reasons == (Reason.OUTSIDE_INVESTIGATION,)
    early = search(investigation=investigation(start=AT - timedelta(days=3)))
    assert [part.allowed for part in early.parts] == [False, True]
    assert early.parts[1].start == AT - timedelta(days=3)
    late = search(investigation=investigation(end=AT - timedelta(days=3)))
    assert [part.allowed for part in late.parts] == [True, False]
    assert late.parts[0].end == AT - timedelta(days=3)
    area = search(investigation=investigation(camera_areas=["north"]))
    assert area.scope is not None
    assert area.scope.camera_areas == {"north"}
    assert area.withheld_reasons == (Reason.OUTSIDE_INVESTIGATION,)
    several = search(query=query(vrms=[OTHER_MARK]), investigation=investigation(vrms=[MARK]))
    assert several.scope is not None
    assert several.scope.vrms == {MARK}
    assert several.parts[0].withheld[0].clause == "house.investigation-scope"


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"investigation": None}, ["purpose-required"]),
        ({"investigation": investigation(open=False)}, ["investigation-closed"]),
        ({"investigation": investigation(member_person_ids=["person-2"])}, ["not-a-member"]),
        ({"investigation": investigation(category=Category.NONE)}, ["purpose-required"]),
        ({"query": query(reason=" \n ")}, ["purpose-required"]),
        ({"query": query(vrm=None)}, ["search-too-open"]),
        (
            {"query": query(vrm=None, vrms=[], camera_areas=[])},
            ["search-too-open", "outside-investigation"],
        ),
        (
            {"query": query(vrm=None), "actor": actor(vetted=False)},
            ["vetting-lapsed", "search-too-open"],
        ),
        (
            {"investigation": investigation(category=Category.NONE, open=False)},
            ["purpose-required", "investigation-closed"],
        ),
        ({"query": query(start=AT, end=AT)}, ["period-empty"]),
        ({"query": query(start=AT, end=AT - timedelta(days=1))}, ["period-empty"]),
        ({"actor": actor(training=Training.LAPSED)}, ["training-lapsed"]),
        ({"actor": actor(vetted=False)}, ["vetting-lapsed"]),
        (
            {
                "actor": actor(roles=["system-manager"], training=Training.NONE),
                "investigation": investigation(open=False, member_person_ids=[]),
                "query": query(reason=""),
            },
            [
                "not-trained",
                "role-not-relevant",
                "investigation-closed",
                "not-a-member",
                "purpose-required",
            ],
        ),
    ],
)
def test_what_a_search_needs(changes: dict[str, Any], reasons: list[str]) -> None:
    decision = search(**changes)
    assert not decision
    assert decision.scope is None
    assert [str(reason) for reason in decision.reasons] == reasons
    assert all(one.clause for one in decision.findings)
    assert explain_search(decision, profile=ESSEX)


@pytest.mark.parametrize(
    "named",
    [
        {"vrm": MARK},
        {"vrms": [MARK]},
        {"pattern": "OA3*"},
        {"camera_areas": ["n"]},
        {"camera_ids": ["c"]},
    ],
)
def test_a_search_names_one_thing_at_least(named: dict[str, Any]) -> None:
    who = actor(location_right=True)
    decision = search(actor=who, query=query(**{"vrm": None} | named))
    assert decision.scope is not None
    assert decision.scope.pattern == named.get("pattern")
    assert decision.scope.camera_ids == (frozenset({"c"}) if "camera_ids" in named else None)


def test_a_mark_and_several_marks_unite() -> None:
    assert query(vrms=[OTHER_MARK]).marks == {MARK, OTHER_MARK}
    assert query(vrm=None, vrms=[OTHER_MARK]).marks == {OTHER_MARK}
    assert query().marks == {MARK}
    assert query(vrm=None).marks is None


def test_rights_of_the_person_show_in_the_scope() -> None:
    scope = search(actor=actor(location_right=True, covert_right=True)).scope
    assert scope is not None
    assert (scope.show_location, scope.include_covert) == (True, True)
    actions = dict(ESSEX.actions)
    actions[Action.IMAGE] = replace(actions[Action.IMAGE], roles=frozenset({Role.ANALYST}))
    without = search(profile=replace(ESSEX, actions=actions)).scope
    assert without is not None
    assert without.show_images is False


def test_a_band_may_be_narrowed_to_roles() -> None:
    third = replace(ESSEX.bands[2], roles=frozenset({Role.ANALYST}))
    narrow: Profile = replace(ESSEX, bands=(*ESSEX.bands[:2], third))
    old = query(start=day("2025-01-01"), end=day("2025-01-02"))
    searcher = search(query=old, grants=[grant()], profile=narrow)
    assert searcher.reasons == (Reason.ROLE_NOT_RELEVANT,)
    assert searcher.findings[0].clause == "bands.12-to-24-months.roles"
    assert search(query=old, grants=[grant()], profile=narrow, actor=actor(roles=["analyst"]))


def test_a_first_band_of_another_length_does_not_speak_of_90_days() -> None:
    for until in (Span(days=30), Span(months=3)):
        first = replace(ESSEX.bands[0], until=until)
        decision = search(profile=replace(ESSEX, bands=(first, *ESSEX.bands[1:])))
        assert decision.reasons == (Reason.NO_AUTHORISATION_NEEDED,)


def test_an_action_that_the_profile_leaves_out_is_nobodys() -> None:
    bare = replace(ESSEX, actions={})
    decision = search(profile=bare, actor=actor(training=Training.NONE))
    assert decision.reasons == (Reason.NOT_TRAINED, Reason.ROLE_NOT_RELEVANT)


def test_held_reads_open_for_their_investigation_under_the_oldest_bands_rules() -> None:
    past = query(start=day("2024-01-01"), end=day("2024-02-01"))
    held = investigation(has_holds=True)
    opened = search(query=past, investigation=held, grants=[grant()])
    assert told(opened) == [
        ("held-past-retention", day("2024-01-01"), day("2024-02-01"), ["authorised"])
    ]
    assert opened.scope is not None
    assert opened.scope.parts[0].held_only is True
    assert opened.scope.parts[0].grant_id == "grant-1"
    assert search(query=past, grants=[grant()]).reasons == (Reason.BEYOND_RETENTION,)
    assert search(query=past, investigation=held).reasons == (Reason.AUTHORISATION_REQUIRED,)
    serious = investigation(has_holds=True, category=Category.SERIOUS)
    denied = search(query=past, investigation=serious, grants=[grant()])
    assert denied.reasons == (Reason.CATEGORY_NOT_ALLOWED,)
    young = search(investigation=held)
    assert young.scope is not None
    assert young.scope.parts[0].held_only is False


@pytest.mark.parametrize(
    ("start", "end", "rank"),
    [
        ("2026-11-01", "2026-11-02", None),
        ("2026-05-01", "2026-11-02", Rank.INSPECTOR),
        ("2025-05-01", "2026-11-02", Rank.SUPERINTENDENT),
        ("2025-05-01", "2025-05-02", Rank.SUPERINTENDENT),
        ("2020-05-01", "2020-05-02", None),
        ("2027-05-01", "2027-05-02", None),
    ],
)
def test_the_rank_that_a_period_needs(start: str, end: str, rank: Rank | None) -> None:
    assert authority_needed(start=day(start), end=day(end), at=AT, profile=ESSEX) is rank


@pytest.mark.parametrize(
    ("roles", "together"),
    [
        ([], True),
        (["searcher", "analyst", "alert-user"], True),
        (["authoriser", "searcher"], True),
        (["system-manager"], True),
        (["system-manager", "searcher"], False),
        (["system-manager", "analyst", "alert-user"], False),
        (["auditor", "searcher"], False),
        (["auditor", "authoriser"], False),
    ],
)
def test_roles_that_one_person_may_hold_together(roles: list[str], together: bool) -> None:
    found = role_conflicts(roles=[Role(role) for role in roles], profile=ESSEX)
    assert not found if together else [one.reason for one in found] == [Reason.ROLES_CONFLICT]


@pytest.mark.parametrize(
    ("build", "name"),
    [
        (alert, "captured_at"),
        (figure, "period_end"),
        *((grant, name) for name in ("valid_from", "expires_at", "start", "end", "revoked_at")),
        *((investigation, name) for name in ("start", "end")),
        (list_change, "weed_at"),
        (profile_change, "effective_at"),
        *((query, name) for name in ("start", "end")),
        *((request, name) for name in ("start", "end", "expires_at")),
        *((rights, name) for name in ("start", "end")),
    ],
)
def test_naive_times_are_a_mistake_of_the_program(build: Callable[..., Any], name: str) -> None:
    build(**{name: AT})
    with pytest.raises(ValueError, match=f"^{name} has no time zone; give an aware datetime$"):
        build(**{name: AT.replace(tzinfo=None)})


def test_who_may_not_authorise_is_a_fixed_set_of_words() -> None:
    assert {str(word) for word in NotBy} == {"self", "own-unit", "team-member"}
