"""Whom to tell when nobody takes an alert on: rules as data, read once. Pure but for the file."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from importlib import resources
from typing import Literal

import msgspec

from openanpr.alerts.routing import UnitFacts


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """After so many seconds without an answer, so many more people are told."""

    after_seconds: int
    tell: Literal["control-room", "force"]


class _Priority(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    of: int
    steps: tuple[Step, ...]


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    priority: tuple[_Priority, ...]


Rules = Mapping[int, tuple[Step, ...]]


@lru_cache(maxsize=1)
def shipped_rules() -> Rules:
    """The steps of each priority, from ``escalations.toml``."""
    text = resources.files("openanpr.alerts").joinpath("escalations.toml").read_text("utf-8")
    return parse_rules(text)


def parse_rules(text: str) -> Rules:
    """The steps of each priority. Raises ``ValueError`` for a table that is wrong or unordered."""
    table = msgspec.convert(tomllib.loads(text), _Table)
    rules = {one.of: one.steps for one in table.priority}
    if len(rules) < len(table.priority):
        raise ValueError("a priority has two tables")
    for steps in rules.values():
        times = [step.after_seconds for step in steps]
        if times != sorted(set(times)) or min(times, default=1) < 1:
            raise ValueError("steps must come later and later")
    return rules


def step_due(
    *, priority: int, taken: int, raised_at: datetime, at: datetime, rules: Rules
) -> Step | None:
    """The next step of an unanswered alert that has ``taken`` so many already, if it is due."""
    steps = rules.get(priority, ())
    if taken >= len(steps):
        return None
    step = steps[taken]
    return step if at - raised_at >= timedelta(seconds=step.after_seconds) else None


def told_by(step: Step, *, units: Iterable[UnitFacts]) -> frozenset[str]:
    """The names of the units that a step tells."""
    return frozenset(unit.name for unit in units if step.tell == "force" or not unit.area)
