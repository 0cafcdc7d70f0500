"""The clock of an incident, and what may be written down when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from openanpr.assurance.incidents import Risk, Standing, StepKind, against
from openanpr.assurance.statements import statement_kinds

KNOWN = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
BREACH = Standing(personal_data=True, known_at=KNOWN, within=72 * HOUR)


@pytest.mark.parametrize(
    ("changes", "hours"),
    [
        ({}, 72),
        ({"risk": Risk.LIKELY}, 72),
        ({"risk": Risk.UNLIKELY}, None),
        ({"personal_data": False}, None),
        ({"reported_at": KNOWN + HOUR}, None),
        ({"closed_at": KNOWN + HOUR}, None),
        ({"within": 24 * HOUR}, 24),
    ],
)
def test_until_when_it_is_to_be_reported(changes, hours):
    expected = None if hours is None else KNOWN + hours * HOUR
    assert replace(BREACH, **changes).report_by == expected


@pytest.mark.parametrize(
    ("risk", "told", "must"),
    [(Risk.HIGH, None, True), (Risk.HIGH, KNOWN, False), (Risk.LIKELY, None, False)],
)
def test_people_are_told_of_a_high_risk(risk, told, must):
    assert replace(BREACH, risk=risk, people_told_at=told).must_tell_people is must


@pytest.mark.parametrize(
    ("changes", "kind", "late", "hours", "refusal"),
    [
        ({}, StepKind.NOTE, "", 1, ""),
        ({}, StepKind.REPORTED, "", 72, ""),
        ({}, StepKind.REPORTED, "", 72.1, "reasons for the delay"),
        ({}, StepKind.REPORTED, "The mail was down", 80, ""),
        ({"personal_data": False}, StepKind.REPORTED, "", 1, "nothing to report"),
        ({}, StepKind.CLOSED, "", 1, "Judge the risk"),
        ({"risk": Risk.LIKELY}, StepKind.CLOSED, "", 1, "Report it"),
        ({"risk": Risk.UNLIKELY}, StepKind.CLOSED, "", 1, ""),
        ({"risk": Risk.HIGH, "reported_at": KNOWN}, StepKind.CLOSED, "", 1, "tell the people"),
        (
            {"risk": Risk.HIGH, "reported_at": KNOWN, "people_told_at": KNOWN},
            StepKind.CLOSED,
            "",
            1,
            "",
        ),
        ({"personal_data": False}, StepKind.CLOSED, "", 1, ""),
        ({"closed_at": KNOWN}, StepKind.NOTE, "", 1, "is closed"),
    ],
)
def test_what_may_be_written_down(changes, kind, late, hours, refusal):
    standing = replace(BREACH, **changes)
    said = against(standing, kind, "Words", late=late, at=KNOWN + hours * HOUR)
    assert (refusal in said) if refusal else said == ""


def test_a_step_needs_words():
    assert "Say what" in against(BREACH, StepKind.NOTE, " ", late="", at=KNOWN)


def test_the_code_has_twelve_principles():
    assert len(statement_kinds()["self-assessment"].headings) == 12
