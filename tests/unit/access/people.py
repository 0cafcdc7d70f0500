"""Ordinary facts to vary from: one searcher, one investigation, one grant, at one moment."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from openanpr.access.decisions import Finding
from openanpr.access.facts import (
    Actor,
    AlertFacts,
    AppointmentFacts,
    CameraCaseFacts,
    CheckFacts,
    FigureFacts,
    GrantFacts,
    GrantRequest,
    InvestigationFacts,
    ListChangeFacts,
    ProfileChangeFacts,
    RightsFacts,
    SearchQuery,
)
from openanpr.access.vocabulary import Appointment, Category, Rank, Role, Training

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
MARK = "OA30AAA"
OTHER_MARK = "OA31AAA"

CLAUSES: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "tables" / "clauses.toml").read_text(encoding="utf-8")
)

_ACTOR: dict[str, Any] = {
    "person_id": "person-1",
    "user_id": "user-1",
    "force": "northshire",
    "unit": "crime",
    "rank": Rank.CONSTABLE,
    "roles": frozenset({Role.SEARCHER}),
    "training": Training.VALID,
}
_INVESTIGATION: dict[str, Any] = {
    "reference": "INV-1",
    "category": Category.MAJOR,
    "open": True,
    "member_person_ids": frozenset({"person-1"}),
}
_GRANT: dict[str, Any] = {
    "grant_id": "grant-1",
    "investigation_reference": "INV-1",
    "authoriser_person_id": "person-9",
    "authoriser_rank": Rank.SUPERINTENDENT,
    "valid_from": AT - timedelta(days=1),
    "expires_at": AT + timedelta(days=1),
    "start": AT - timedelta(days=2000),
    "end": AT + timedelta(days=1),
}
_QUERY: dict[str, Any] = {
    "kind": "mark",
    "vrm": MARK,
    "start": AT - timedelta(days=7),
    "end": AT,
    "reason": "vehicle seen at the scene",
}
_REQUEST: dict[str, Any] = {
    "investigation_reference": "INV-1",
    "category": Category.MAJOR,
    "requester_person_id": "person-1",
    "requester_unit": "crime",
    "force": "northshire",
    "reason": "the vehicle was used in March",
    "start": AT - timedelta(days=200),
    "end": AT - timedelta(days=190),
    "expires_at": AT + timedelta(days=7),
}
_ALERT: dict[str, Any] = {
    "force": "northshire",
    "captured_at": AT - timedelta(minutes=5),
    "units": frozenset({"roads"}),
}
_LIST_CHANGE: dict[str, Any] = {
    "force": "northshire",
    "kind": "add",
    "reason": "stolen last night",
    "weed_at": AT + timedelta(days=28),
}
_PROFILE_CHANGE: dict[str, Any] = {
    "proposed_by_person_id": "person-2",
    "effective_at": AT + timedelta(days=1),
    "reason": "the force's new policy",
}
_APPOINTMENT: dict[str, Any] = {
    "act": Appointment.ROLE,
    "role": Role.AUDITOR,
    "person_id": "person-5",
    "force": "northshire",
    "proposed_by_person_id": "person-2",
    "in_force": True,
    "reason": "appointed by the chief constable",
}
_RIGHTS: dict[str, Any] = {
    "reference": "SAR-1",
    "open": True,
    "identity_checked": True,
    "officer_person_ids": frozenset({"person-1"}),
    "vrms": frozenset({MARK}),
    "start": AT - timedelta(days=365),
    "end": AT,
}
_CHECK: dict[str, Any] = {
    "shows_place": False,
    "shows_time": False,
    "shows_overview": False,
    "allows_look_up": False,
}
_CAMERA_CASE: dict[str, Any] = {
    "force": "northshire",
    "author_person_ids": frozenset({"person-2", "person-3"}),
    "reason": "the need outweighs what it costs people",
    "exceptional": False,
    "complete": True,
    "review_at": AT + timedelta(days=365),
}
_FIGURE: dict[str, Any] = {
    "published": True,
    "period_end": AT - timedelta(days=2),
    "whole_force": True,
    "small_numbers_protected": True,
}
_WORDS: dict[str, type[Any]] = {
    "rank": Rank,
    "authoriser_rank": Rank,
    "category": Category,
    "training": Training,
    "act": Appointment,
    "role": Role,
}


def actor(**changes: Any) -> Actor:
    return Actor(**_ACTOR | _typed(changes))


def investigation(**changes: Any) -> InvestigationFacts:
    return InvestigationFacts(**_INVESTIGATION | _typed(changes))


def grant(**changes: Any) -> GrantFacts:
    return GrantFacts(**_GRANT | _typed(changes))


def query(**changes: Any) -> SearchQuery:
    return SearchQuery(**_QUERY | _typed(changes))


def request(**changes: Any) -> GrantRequest:
    return GrantRequest(**_REQUEST | _typed(changes))


def alert(**changes: Any) -> AlertFacts:
    return AlertFacts(**_ALERT | _typed(changes))


def list_change(**changes: Any) -> ListChangeFacts:
    return ListChangeFacts(**_LIST_CHANGE | _typed(changes))


def profile_change(**changes: Any) -> ProfileChangeFacts:
    return ProfileChangeFacts(**_PROFILE_CHANGE | _typed(changes))


def appointment(**changes: Any) -> AppointmentFacts:
    return AppointmentFacts(**_APPOINTMENT | _typed(changes))


def rights(**changes: Any) -> RightsFacts:
    return RightsFacts(**_RIGHTS | _typed(changes))


def check(**changes: Any) -> CheckFacts:
    return CheckFacts(**_CHECK | _typed(changes))


def camera_case(**changes: Any) -> CameraCaseFacts:
    return CameraCaseFacts(**_CAMERA_CASE | _typed(changes))


def figure(**changes: Any) -> FigureFacts:
    return FigureFacts(**_FIGURE | _typed(changes))


def assert_clauses(findings: Iterable[Finding], *, action: str, band: str | None) -> None:
    """Every finding rests on a clause that the table of clauses gives for its reason.

    A picture also rests on the rules for viewing, a held read on those of the oldest band.
    """
    for finding in findings:
        assert finding.clause in _clauses(finding.reason, action, band), finding


@cache
def _clauses(reason: str, action: str, band: str | None) -> frozenset[str]:
    actions = {action, "view"} if action == "image" else {action}
    bands = {band, "12-to-24-months"} if band == "held-past-retention" else {band}
    return frozenset(
        clause.replace("<band>", str(one_band)).replace("<action>", one_action)
        for clause in CLAUSES[reason]
        for one_action in actions
        for one_band in bands
    )


def _typed(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The words and lists of a TOML table as the facts' own types; "nothing" stands for None."""
    return {name: _one(name, value) for name, value in changes.items()}


def _one(name: str, value: Any) -> Any:
    if value == "nothing":
        return None
    if name == "roles":
        return frozenset(Role(word) for word in value)
    if isinstance(value, list):
        return frozenset(value)
    return _WORDS[name](value) if name in _WORDS else value
