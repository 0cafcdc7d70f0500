"""How much a search is worth an auditor's look: points with their reasons. Pure but for the file.

No rule says that anything was wrong.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from typing import Final

import msgspec


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of one search among those of a period.

    Counts are over the period, this search included. ``days_to_edge``: whole days from its oldest
    captures to the nearest edge of an age band, ``None`` where there is none. ``local_hour``: 0 to
    23, of the force's time.
    """

    own_vehicle: bool = False
    colleague_vehicle: bool = False
    investigations_of_mark: int = 1
    challenged: bool = False
    same_mark: int = 1
    refused_before: bool = False
    searches_of_investigation: int = 1
    other_acts: int = 0
    days_to_edge: int | None = None
    older_band: bool = False
    local_hour: int = 12
    reason_words: int = 10
    same_reason: int = 1


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule of the table; ``least``, ``most`` and the hours bound those that count something."""

    name: str
    points: int
    says: str
    least: int = 0
    most: int = 0
    from_hour: int = 0
    to_hour: int = 0


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    risk: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A rule that fits: its name, its points, and the sentence that is shown."""

    rule: str
    points: int
    says: str


def _off_shift(facts: Facts, rule: Rule) -> int | None:
    hour, start, end = facts.local_hour, rule.from_hour, rule.to_hour
    inside = start <= hour < end if start <= end else hour >= start or hour < end
    return hour if inside else None


def _at_least(count: int, rule: Rule) -> int | None:
    return count if count >= rule.least else None


def _at_most(count: int | None, rule: Rule) -> int | None:
    return count if count is not None and count <= rule.most else None


# Each answers the number for the sentence (1 where there is none to give), or None: does not fit.
_FITS: Final[Mapping[str, Callable[[Facts, Rule], int | None]]] = {
    "own-vehicle": lambda facts, _: 1 if facts.own_vehicle else None,
    "colleague-vehicle": lambda facts, _: 1 if facts.colleague_vehicle else None,
    "several-investigations": lambda facts, rule: _at_least(facts.investigations_of_mark, rule),
    "challenged": lambda facts, _: 1 if facts.challenged else None,
    "repeated": lambda facts, rule: _at_least(facts.same_mark, rule),
    "refused-before": lambda facts, _: 1 if facts.refused_before else None,
    "no-progress": lambda facts, rule: (
        None if facts.other_acts else _at_least(facts.searches_of_investigation, rule)
    ),
    "band-edge": lambda facts, rule: _at_most(facts.days_to_edge, rule),
    "older-band": lambda facts, _: 1 if facts.older_band else None,
    "off-shift": _off_shift,
    "bare-reason": lambda facts, rule: _at_most(facts.reason_words, rule),
    "same-reason": lambda facts, rule: _at_least(facts.same_reason, rule),
}


def score(facts: Facts, rules: tuple[Rule, ...]) -> tuple[Scored, ...]:
    """The rules that fit, in the order of the table."""
    found = ((rule, _FITS[rule.name](facts, rule)) for rule in rules)
    return tuple(
        Scored(rule=rule.name, points=rule.points, says=rule.says.format(count=count))
        for rule, count in found
        if count is not None
    )


@lru_cache(maxsize=1)
def shipped_rules() -> tuple[Rule, ...]:
    """The rules of ``risks.toml``."""
    text = resources.files("openanpr.oversight").joinpath("risks.toml").read_text("utf-8")
    return parse_rules(text)


def parse_rules(text: str) -> tuple[Rule, ...]:
    """The rules of a table. Raises ``ValueError`` for an unknown, doubled or worthless one."""
    rules = msgspec.convert(tomllib.loads(text), _Table).risk
    names = [rule.name for rule in rules]
    if unknown := sorted(set(names) - set(_FITS)):
        raise ValueError(f"there is no risk rule {unknown[0]}")
    if len(set(names)) < len(names):
        raise ValueError("a risk rule stands twice")
    if any(rule.points < 1 for rule in rules):
        raise ValueError("a risk rule gives at least one point")
    return rules


def digest(rules: tuple[Rule, ...]) -> str:
    """A short name of these very rules: the first 12 hexadecimal digits of their SHA-256."""
    return sha256(msgspec.json.encode(rules)).hexdigest()[:12]
