"""Who may take which step, and what a letter and a reference look like."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from openanpr.access.vocabulary import Role
from openanpr.complaints.flow import MOVE_WORDS, WHY_NOT, Clocks, complaint_flow
from openanpr.complaints.handling import (
    HandlingFacts,
    by_anybody,
    by_desk,
    by_either,
    by_standards,
)
from openanpr.complaints.letters import PLACEHOLDERS, filled, shipped_letter
from openanpr.complaints.references import reference_of
from openanpr.complaints.vocabulary import LetterKind
from openanpr.workflow import Against
from tests.unit.access.people import actor

AT = datetime(2026, 11, 22, tzinfo=UTC)
DAY = timedelta(days=1)
CLOCKS = Clocks(acknowledge=30 * DAY, progress=28 * DAY, answer=90 * DAY, keep=2192 * DAY)


def asked(role: str, *, force: str = "", involved: bool = False) -> HandlingFacts:
    person = actor(roles=[role] if role else [])
    return HandlingFacts(
        actor=person,
        force=force or person.force,
        involved_person_ids=frozenset({person.person_id}) if involved else frozenset(),
    )


@pytest.mark.parametrize(
    ("role", "desk", "standards", "either"),
    [
        ("rights-officer", True, False, True),
        ("data-protection-officer", True, False, True),
        ("professional-standards", False, True, True),
        *(
            (role.value, False, False, False)
            for role in Role
            if role
            not in {
                Role.RIGHTS_OFFICER,
                Role.DATA_PROTECTION_OFFICER,
                Role.PROFESSIONAL_STANDARDS,
            }
        ),
        ("", False, False, False),
    ],
)
def test_the_role_decides(role, desk, standards, either) -> None:
    facts = asked(role)
    found = [rule(facts, AT).allowed for rule in (by_desk, by_standards, by_either)]
    assert found == [desk, standards, either]


def test_nobody_handles_what_they_did_themselves_or_another_force_s() -> None:
    assert by_desk(asked("rights-officer", involved=True), AT).reasons == ("involved",)
    assert by_standards(asked("professional-standards", force="ZZ"), AT).reasons == ("other-force",)
    both = asked("rights-officer", force="ZZ", involved=True)
    assert by_either(both, AT).reasons == ("other-force", "involved")
    assert by_desk(HandlingFacts(actor=None, force="FX"), AT).reasons == ("role-not-relevant",)
    assert by_anybody(HandlingFacts(actor=None, force="FX"), AT).allowed


def test_every_step_and_every_refusal_has_its_words() -> None:
    assert {move.name for move in complaint_flow(CLOCKS).moves} == set(MOVE_WORDS)
    possible = {Against.NOT_FROM_HERE, Against.REASON_REQUIRED, Against.EVIDENCE_REQUIRED}
    assert possible <= set(WHY_NOT)


def test_a_reference_is_the_form_s_own_and_says_nothing() -> None:
    one, other = uuid.UUID(int=1), uuid.UUID(int=2)
    assert reference_of(one) == reference_of(one) != reference_of(other)
    assert len(reference_of(one)) == len("C-7QK3-F2XW")
    assert not set(reference_of(one)[2:]) & set("IO01L")


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_names_only_what_can_be_filled_in(kind) -> None:
    text = filled(shipped_letter(kind), {name: f"<{name}>" for name in PLACEHOLDERS})
    assert "{" not in text
    assert "<reference>" in text
    assert "<name>" in text


def test_what_people_write_is_never_a_placeholder() -> None:
    values = {"name": "{reference} {", "reference": "C-1"}
    assert (
        filled("Dear {name}, {reference} {other} }", values) == "Dear {reference} {, C-1 {other} }"
    )
