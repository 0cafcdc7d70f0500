"""The decision tables in ``tables/*.toml``, written for people, asked of the decisions."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest
from tests.unit.access.people import (
    AT,
    CLAUSES,
    MARK,
    OTHER_MARK,
    actor,
    alert,
    appointment,
    assert_clauses,
    camera_case,
    check,
    figure,
    grant,
    investigation,
    list_change,
    profile_change,
    query,
    request,
    rights,
)

from openanpr.access.bands import band_of
from openanpr.access.decide import (
    Decision,
    SearchDecision,
    decide_alert,
    decide_alert_location,
    decide_answer,
    decide_appointment,
    decide_audit_view,
    decide_camera_assessment,
    decide_camera_case,
    decide_camera_change,
    decide_camera_stop,
    decide_check,
    decide_count,
    decide_export,
    decide_grant,
    decide_image,
    decide_list_change,
    decide_profile_change,
    decide_release,
    decide_review,
    decide_rights,
    decide_search,
    decide_view,
)
from openanpr.access.facts import Actor, GrantFacts, Profile
from openanpr.access.kinds import HOUSE
from openanpr.access.profile import AppointmentRules, MisuseRule
from openanpr.access.profiles import load_profile
from openanpr.access.vocabulary import (
    ALLOWING,
    Demand,
    Misuse,
    NotBy,
    Rank,
    Reason,
    Role,
    SearchKind,
)

TABLES = Path(__file__).parent / "tables"
Row = dict[str, Any]
ESSEX = load_profile("essex-2y")
INSTANT = timedelta(microseconds=1)
NOVEMBER = datetime(2026, 11, 1, 12, tzinfo=UTC)


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))


# Stored reads: the whole matrix.

MATRIX = table("stored-reads")
AGES = {
    "three-seconds-ahead": AT + timedelta(seconds=3),
    "two-seconds-ahead": AT + timedelta(seconds=2),
    "one-day": AT - timedelta(days=1),
    "just-under-90-days": datetime(2026, 8, 24, 12, tzinfo=UTC) + INSTANT,
    "90-days": datetime(2026, 8, 24, 12, tzinfo=UTC),
    "just-under-12-months": datetime(2025, 11, 22, 12, tzinfo=UTC) + INSTANT,
    "12-months": datetime(2025, 11, 22, 12, tzinfo=UTC),
    "just-under-24-months": datetime(2024, 11, 22, 12, tzinfo=UTC) + INSTANT,
    "24-months": datetime(2024, 11, 22, 12, tzinfo=UTC),
}
GRANTS: dict[str, tuple[GrantFacts, ...]] = {
    "none": (),
    "sergeant": (grant(authoriser_rank=Rank.SERGEANT),),
    "inspector": (grant(authoriser_rank=Rank.INSPECTOR),),
    "superintendent": (grant(authoriser_rank=Rank.SUPERINTENDENT),),
    "own-superintendent": (grant(authoriser_person_id="person-1"),),
    "own-request": (grant(requester_person_id="person-9"),),
    "expired": (grant(expires_at=AT),),
    "revoked": (grant(revoked_at=AT),),
    "not-begun": (grant(valid_from=AT + INSTANT),),
    "other-investigation": (grant(investigation_reference="INV-2"),),
    "other-period": (grant(start=AT - timedelta(days=4000), end=AT - timedelta(days=3999)),),
    "other-mark": (grant(vrms=frozenset({OTHER_MARK})),),
}


def expected(cell: dict[str, str]) -> set[str]:
    return {
        row["reason"]
        for row in MATRIX["deny"]
        if all(cell[axis] in row[axis] for axis in cell if axis in row)
    }


def asked(cell: dict[str, str]) -> tuple[bool, set[str]]:
    captured_at = AGES[cell["age"]]
    who = actor(roles=[cell["role"]])
    common: dict[str, Any] = {
        "actor": who,
        "investigation": investigation(category=cell["category"]),
        "grants": GRANTS[cell["grant"]],
        "profile": ESSEX,
        "at": AT,
    }
    one = query(start=captured_at, end=captured_at + INSTANT)
    answers: dict[str, Callable[[], Any]] = {
        "search": lambda: decide_search(query=one, **common),
        "export": lambda: decide_export(query=one, rows=1, stepped_up=True, **common),
        "view": lambda: decide_view(captured_at=captured_at, vrm=MARK, **common),
        "image": lambda: decide_image(captured_at=captured_at, vrm=MARK, **common),
    }
    answer = answers[cell["action"]]()
    band = answer.parts[0].band if isinstance(answer, SearchDecision) else answer.band
    assert_clauses(answer.findings, action=cell["action"], band=band)
    return answer.allowed, set(answer.reasons)


@pytest.mark.parametrize("role", MATRIX["axes"]["role"])
@pytest.mark.parametrize("action", MATRIX["axes"]["action"])
def test_stored_reads_cell_by_cell(action: str, role: str) -> None:
    axes = MATRIX["axes"]
    cells = product(axes["age"], axes["category"], axes["grant"])
    # Roles that never read fail in every cell alike: one in seven is asked, over all axes.
    step = 1 if role in {"searcher", "analyst"} else 7
    for age, category, given in islice(cells, None, None, step):
        cell = {
            "action": action,
            "role": role,
            "age": age,
            "category": category,
            "grant": given,
        }
        allowed, reasons = asked(cell)
        against = expected(cell)
        assert allowed is not bool(against), cell
        if against:
            assert reasons == against, cell
        else:
            assert reasons <= ALLOWING, cell


def test_the_matrix_names_every_word() -> None:
    axes = MATRIX["axes"]
    assert set(axes["role"]) == set(Role)
    assert set(axes["age"]) == set(AGES)
    assert set(axes["grant"]) == set(GRANTS)
    conditions = {
        (axis, word) for row in MATRIX["deny"] for axis in axes for word in row.get(axis, ())
    }
    assert conditions <= {(axis, word) for axis, words in axes.items() for word in words}
    assert {row["reason"] for row in MATRIX["deny"]} <= set(Reason) - ALLOWING


# The other actions: a row each.


def profile_for(row: Row) -> Profile:
    profile = load_profile(row.get("profile", "essex-2y"))
    if "bar" not in row:
        return profile
    rules = replace(
        profile.authorisation, not_by=profile.authorisation.not_by | {NotBy(row["bar"])}
    )
    return replace(profile, authorisation=rules)


def person(row: Row, **usual: Any) -> Actor:
    return actor(**usual | row.get("actor", {}))


def ask_alert(row: Row) -> Decision:
    decide = decide_alert_location if row.get("question") == "location" else decide_alert
    facts = alert(**row.get("alert", {}))
    return decide(actor=person(row), alert=facts, profile=ESSEX, at=AT)


def ask_grant(row: Row) -> Decision:
    usual = {"person_id": "person-9", "unit": "headquarters", "roles": ["authoriser"]}
    return decide_grant(
        actor=person(row, **usual),
        request=request(**row.get("request", {})),
        profile=profile_for(row),
        at=AT,
    )


def ask_list_change(row: Row) -> Decision:
    return decide_list_change(
        actor=person(row, roles=["list-manager"]),
        change=list_change(**row.get("change", {})),
        profile=ESSEX,
        at=AT,
    )


def ask_profile_change(row: Row) -> Decision:
    return decide_profile_change(
        actor=person(row, roles=["data-protection-officer"]),
        change=profile_change(**row.get("change", {})),
        profile=ESSEX,
        at=AT,
    )


def ask_appoint(row: Row) -> Decision:
    profile = ESSEX
    if row.get("one_person"):
        nothing = AppointmentRules(two_people=frozenset(), two_people_roles=frozenset(Role))
        profile = replace(ESSEX, appointments=nothing)
    return decide_appointment(
        actor=person(row, roles=["data-protection-officer"]),
        appointment=appointment(**row.get("appointment", {})),
        profile=profile,
    )


def ask_audit_view(row: Row) -> Decision:
    return decide_audit_view(
        actor=person(row),
        record_person_id="person-5",
        shows_reads=row.get("shows_reads", False),
        profile=ESSEX,
        at=AT,
    )


def ask_count(row: Row) -> Decision:
    who = None if row.get("public") else person(row)
    return decide_count(actor=who, figure=figure(**row.get("figure", {})), profile=ESSEX, at=AT)


def ask_rights(row: Row) -> Decision:
    return decide_rights(
        actor=person(row, roles=["rights-officer"]),
        request=rights(**row.get("request", {})),
        vrm=row.get("vrm", MARK),
        captured_at=row.get("captured_at", NOVEMBER),
        profile=ESSEX,
        at=AT,
    )


def ask_check(row: Row) -> Decision:
    return decide_check(
        actor=person(row, roles=["accuracy-checker"]),
        check=check(**row.get("check", {})),
        captured_at=row.get("captured_at", NOVEMBER),
        profile=ESSEX,
        at=AT,
    )


def ask_camera_change(row: Row) -> Decision:
    return decide_camera_change(
        actor=person(row, roles=["camera-manager"]),
        reason=row.get("reason", "moved by the wind"),
        profile=ESSEX,
    )


def ask_camera_stop(row: Row) -> Decision:
    return decide_camera_stop(
        actor=person(row, roles=["authoriser"]),
        reason=row.get("reason", "the need is over"),
        profile=ESSEX,
    )


def ask_camera_assessment(row: Row) -> Decision:
    return decide_camera_assessment(
        actor=person(row, roles=["data-protection-officer"]),
        author_person_ids=frozenset(row.get("authors", ["person-2"])),
        reason=row.get("reason", "the measures are enough"),
        profile=ESSEX,
    )


def ask_camera_case(row: Row) -> Decision:
    return decide_camera_case(
        actor=person(row, roles=["authoriser"], rank="superintendent"),
        case=camera_case(**row.get("case", {})),
        profile=ESSEX,
        at=AT,
    )


ASKED: dict[str, Callable[[Row], Decision]] = {
    "alert": ask_alert,
    "grant": ask_grant,
    "list-change": ask_list_change,
    "profile-change": ask_profile_change,
    "appoint": ask_appoint,
    "audit-view": ask_audit_view,
    "count": ask_count,
    "rights": ask_rights,
    "check": ask_check,
    "camera-change": ask_camera_change,
    "camera-stop": ask_camera_stop,
    "camera-assessment": ask_camera_assessment,
    "camera-decision": ask_camera_case,
}
CASES = [(name, row) for name in ASKED for row in table(name)["row"]]


@pytest.mark.parametrize(
    ("name", "row"), CASES, ids=[f"{name}: {row['id']}" for name, row in CASES]
)
def test_row(name: str, row: Row) -> None:
    decision = ASKED[name](row)
    assert [str(reason) for reason in decision.reasons] == row["reasons"]
    assert decision.allowed is row.get("allow", False)
    assert str(decision.action) == name
    assert decision.profile == profile_for(row).label
    for finding in decision.findings:
        # A request may touch several bands: each finding is held to the band that it names.
        several = name == "grant" and finding.clause.startswith("bands.")
        band = finding.clause.split(".")[1] if several else decision.band
        assert_clauses([finding], action=name, band=band)


def test_an_audit_review_row_by_row() -> None:
    for row in table("audit-review")["row"]:
        common: dict[str, Any] = {"actor": person(row), "profile": ESSEX, "at": AT}
        if row.get("ask") == "answer":
            decision = decide_answer(asked_person_id="person-5", **common)
        elif row.get("ask") == "release":
            decision = decide_release(searcher_person_id="person-5", force="northshire", **common)
        else:
            decision = decide_review(record_person_id="person-5", **common)
        assert [str(reason) for reason in decision.reasons] == row["reasons"], row["id"]
        assert decision.allowed is row.get("allow", False), row["id"]
        assert_clauses(decision.findings, action=str(decision.action), band=None)


MISUSE = table("misuse")


@pytest.mark.parametrize("row", MISUSE["row"], ids=[row["id"] for row in MISUSE["row"]])
def test_a_sign_of_misuse(row: Row) -> None:
    rules = {
        Misuse(sign): MisuseRule(demand=Demand(one)) for sign, one in MISUSE["demands"].items()
    }
    wanted = {name: row[name] for name in ("explanation", "released") if name in row}
    decision = decide_search(
        actor=actor(),
        query=query(signs=frozenset(map(Misuse, row["signs"])), **wanted),
        investigation=investigation(),
        grants=(),
        profile=replace(ESSEX, misuse=rules),
        at=AT,
    )
    assert [str(reason) for reason in decision.reasons] == row["reasons"]
    assert decision.allowed is row.get("allow", False)
    for part in decision.parts:
        assert_clauses(part.findings, action="search", band=part.band)


def test_a_profile_that_says_nothing_of_a_sign_asks_for_nothing() -> None:
    silent = replace(ESSEX, misuse={})
    signs = query(signs=frozenset(Misuse))
    common: dict[str, Any] = {"actor": actor(), "investigation": investigation(), "grants": ()}
    assert decide_search(query=signs, profile=silent, at=AT, **common).allowed
    assert set(ESSEX.misuse) == set(Misuse)
    assert set(MISUSE["demands"]) == set(Misuse)


KINDS = table("search-kinds")["row"]


@pytest.mark.parametrize("row", KINDS, ids=[row["id"] for row in KINDS])
def test_a_kind_of_search(row: Row) -> None:
    wanted: dict[str, Any] = {"kind": SearchKind(row["kind"]), **row.get("query", {})}
    if "hours" in row:
        wanted["start"] = AT - timedelta(hours=row["hours"])
    if "marks" in row:
        wanted["vrm"] = "nothing"
        wanted["vrms"] = [f"OA30{number:03d}" for number in range(row["marks"])]
    decision = decide_search(
        actor=person(row),
        query=query(**wanted),
        investigation=investigation(),
        grants=(),
        profile=ESSEX,
        at=AT,
    )
    assert [str(reason) for reason in decision.reasons] == row["reasons"]
    assert decision.allowed is row.get("allow", False)
    for part in decision.parts:
        assert_clauses(part.findings, action="search", band=part.band)
    if decision.scope is not None:
        assert decision.scope.kind == row["kind"]


def test_every_kind_of_search_has_a_row() -> None:
    assert {row["kind"] for row in KINDS} == set(SearchKind)
    assert set(ESSEX.searches) == set(SearchKind) == set(HOUSE)


@pytest.mark.parametrize("name", ["rights", "check"])
@pytest.mark.parametrize("captured_at", [*AGES.values()], ids=[*AGES])
def test_a_decision_on_one_read_names_its_band(name: str, captured_at: datetime) -> None:
    decision = ASKED[name]({"captured_at": captured_at})
    assert decision.band == band_of(captured_at, at=AT, profile=ESSEX).name


def test_a_granted_period_is_named_by_its_oldest_band() -> None:
    def band(start: datetime) -> str | None:
        return ask_grant({"actor": {"rank": "chief-officer"}, "request": {"start": start}}).band

    assert band(AT - timedelta(days=5000)) == "12-to-24-months"
    assert band(AT - timedelta(days=200)) == "90-days-to-12-months"
    assert band(AT + timedelta(days=200)) is None


def test_every_reason_has_its_clauses_and_they_are_there() -> None:
    source = files("openanpr.access") / "profiles" / "essex-2y.toml"
    profile = tomllib.loads(source.read_text(encoding="utf-8"))
    band = {"<band>": {key for row in profile["bands"] for key in row} | {"roles"}}
    action = {"<action>": {"roles", "trained"}}
    profile |= {"bands": band, "actions": action | profile["actions"]}
    assert set(CLAUSES) == set(Reason)
    for clause in {one for clauses in CLAUSES.values() for one in clauses}:
        place: Any = profile
        for key in clause.split("."):
            if clause.startswith("house."):
                break
            assert key in place, clause
            place = place[key] if isinstance(place, dict) else ()


def test_every_table_is_asked() -> None:
    apart = {"stored-reads", "search-kinds", "near-places", "clauses", "audit-review", "misuse"}
    apart |= {"request-search", "request-step", "viewers"}  # test_requests.py
    assert {path.stem for path in TABLES.glob("*.toml")} == {*ASKED, *apart}
