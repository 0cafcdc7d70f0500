"""Whom an alert is told to when nobody takes it on."""

from datetime import timedelta

import pytest

from openanpr.alerts.escalation import parse_rules, shipped_rules, step_due, told_by
from openanpr.alerts.routing import UnitFacts
from tests.unit.alerts.cases import AT

RULES = parse_rules(
    """
[[priority]]
of = 1
steps = [
    { after_seconds = 60, tell = "control-room" },
    { after_seconds = 180, tell = "force" },
]
"""
)
UNITS = [UnitFacts("Control room", ""), UnitFacts("North", "Northgate")]


@pytest.mark.parametrize(
    ("taken", "seconds", "tells"),
    [(0, 59, None), (0, 60, "control-room"), (1, 179, None), (1, 180, "force"), (2, 9999, None)],
)
def test_steps_come_due_one_after_the_other(taken: int, seconds: int, tells: str | None) -> None:
    at = AT + timedelta(seconds=seconds)
    step = step_due(priority=1, taken=taken, raised_at=AT, at=at, rules=RULES)
    assert (step.tell if step else None) == tells


def test_a_priority_without_a_table_never_climbs() -> None:
    at = AT + timedelta(days=1)
    assert step_due(priority=5, taken=0, raised_at=AT, at=at, rules=RULES) is None


def test_a_step_tells_the_control_rooms_or_everybody() -> None:
    first, second = RULES[1]
    assert told_by(first, units=UNITS) == {"Control room"}
    assert told_by(second, units=UNITS) == {"Control room", "North"}


def test_a_table_out_of_order_or_of_unknown_words_is_refused() -> None:
    step = '{ after_seconds = 60, tell = "force" }'
    table = "[[priority]]\nof = 1\nsteps = [%s]\n"
    for wrong in (f"{step}, {step}", step.replace("force", "all"), step.replace("60", "0")):
        with pytest.raises(ValueError):  # noqa: PT011 - which of them is not told apart
            parse_rules(table % wrong)
    with pytest.raises(ValueError, match="two tables"):
        parse_rules(table % step * 2)


def test_what_is_shipped_is_a_table() -> None:
    assert set(shipped_rules()) == {1, 2, 3}
