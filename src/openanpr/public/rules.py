"""The rules of access in everyday words, made from the profile in force and from nothing else."""

from dataclasses import dataclass
from typing import Final

from openanpr.access.explain import RANK_WORDS
from openanpr.access.profile import Band, Profile, Span
from openanpr.access.vocabulary import Action, Category, Rank

_CATEGORIES: Final = {
    Category.OTHER_LEGITIMATE: "any other lawful policing purpose",
    Category.PRIORITY_AND_VOLUME: "priority and volume crime",
    Category.SERIOUS: "serious crime",
    Category.MAJOR: "major crime",
    Category.COUNTER_TERRORISM: "counter-terrorism",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """One age of data: how old, for what, and who must agree."""

    age: str
    purposes: str
    agreement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicRules:
    """What the page says. ``kept_for`` is how long a read is kept."""

    label: str
    kept_for: str
    trained: bool
    lines: tuple[RuleLine, ...]


def public_rules(profile: Profile) -> PublicRules:
    """The profile as the public reads it: it can't drift from what the system does."""
    youngest = ""
    lines = []
    for band in profile.bands:
        lines.append(_line(band, youngest))
        youngest = in_words(band.until)
    return PublicRules(
        label=profile.label,
        kept_for=in_words(profile.retention),
        trained=profile.actions[Action.SEARCH].trained,
        lines=tuple(lines),
    )


def in_words(span: Span) -> str:
    """``2 years``, ``12 months``, ``90 days``."""
    if span.months and span.months % 12 == 0 and span.months > 12:
        return f"{span.months // 12} years"
    return str(span)


def _line(band: Band, youngest: str) -> RuleLine:
    until = in_words(band.until)
    return RuleLine(
        age=f"From {youngest} to {until}" if youngest else f"Less than {until}",
        purposes=listed([_CATEGORIES[one] for one in _CATEGORIES if one in band.categories]),
        agreement=_agreement(band.lowest_rank),
    )


def _agreement(lowest: Rank | None) -> str:
    if lowest is None:
        return "Not needed: the person's own role and training decide"
    return f"A senior officer who is not the searcher: {_article(RANK_WORDS[lowest])} or above"


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def listed(parts: list[str]) -> str:
    """``a, b and c``, with a capital."""
    text = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return text[:1].upper() + text[1:]
