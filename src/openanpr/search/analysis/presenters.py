"""Findings of analysis as their pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from openanpr.search.analysis.places import places_of
from openanpr.search.analysis.strength import COLOURS, WORDS, Strength
from openanpr.search.services import SearchResult


@dataclass(frozen=True, slots=True, kw_only=True)
class MetLine:
    """One read in somebody's company, or at a scene: when, where, and how far from the other."""

    captured_at: datetime
    place: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """One mark with what is said of it, and the reads that say it."""

    vrm: str
    word: str
    colour: str
    cells: tuple[str, ...]
    reads: tuple[MetLine, ...]


def company_lines(result: SearchResult) -> list[FindingLine]:
    """Who travelled with the vehicle, strongest first; what normal traffic explains is left out."""
    places = places_of(
        result, [one.camera_id for _, met in result.found.told for one in met.meetings]
    )
    return [
        FindingLine(
            vrm=one.vrm,
            word=WORDS[one.strength],
            colour=COLOURS[one.strength],
            cells=(
                f"{one.together} of {one.present}",
                str(one.days),
                _number(one.expected),
                f"{one.ratio:.0f} times",
                _by_chance(one.by_chance),
            ),
            reads=tuple(
                MetLine(
                    captured_at=meeting.captured_at,
                    place=places.get(meeting.camera_id, "Unknown camera"),
                    note=_gap(meeting.gap.total_seconds()),
                )
                for meeting in met.meetings
            ),
        )
        for one, met in result.found.told
    ]


def scene_lines(result: SearchResult) -> list[FindingLine]:
    """Marks at several scenes, those that stand out first."""
    comparison = result.found.comparison
    if comparison is None:
        return []
    visits = {one.vrm: one.visits for one in result.found.common}
    places = places_of(result, [read.camera_id for seen in visits.values() for _, read in seen])
    return [
        FindingLine(
            vrm=one.vrm,
            word=WORDS[one.strength],
            colour=COLOURS[one.strength],
            cells=(
                str(one.scenes),
                f"{one.regular_days} of {comparison.days}" if comparison.days else "Not compared",
            ),
            reads=tuple(
                MetLine(
                    captured_at=read.captured_at,
                    place=places.get(read.camera_id, "Unknown camera"),
                    note=f"Scene {number + 1}",
                )
                for number, read in visits[one.vrm]
            ),
        )
        for one in comparison.visitors
    ]


def company_sentences(result: SearchResult) -> list[str]:
    """How far the company found can be relied on."""
    found = result.found
    told = [one for one, _ in found.told]
    weak = sum(one.strength is Strength.WEAK for one in told)
    sentences = [
        f"{found.looked_at:,} marks were read near the vehicle at one pass or more; "
        f"{len(found.company)} of them as often as asked.",
    ]
    if len(found.company) > len(told):
        sentences.append(
            f"Not shown of these: {len(found.company) - len(told)}. People who use the same roads "
            "at the same hours would be near as often."
        )
    if weak:
        sentences.append(
            f"{weak} {'is' if weak == 1 else 'are'} weak: chance alone may well bring as much."
        )
    return [
        *sentences,
        "One journey counts once, however many cameras saw it. Expected is what traffic at those "
        "cameras in the half hour before and after, and the mark's own habit on other days, bring.",
        "Company is not association. People who leave one place at one time, a shift or a school, "
        "travel together and may know nothing of each other.",
        "A misread, a camera that was off or a mark that was not read makes company look rarer.",
    ]


def scene_sentences(result: SearchResult) -> list[str]:
    """How far the marks common to the scenes can be relied on."""
    comparison = result.found.comparison
    if comparison is None:
        return []
    if not comparison.days:
        return [
            "No other day was compared, so nothing says how many marks normal traffic brings to "
            "all these scenes. None of the marks stands out by itself.",
            *_OF_SCENES,
        ]
    sentences = [
        f"The same hours at the same cameras were compared on {comparison.days} "
        f"day{'' if comparison.days == 1 else 's'} before."
    ]
    sentences += [
        f"At {one.scenes} scenes: {one.found} mark{'' if one.found == 1 else 's'} that came on no "
        f"other day. A day without an offence brings {_number(one.mean)} such, and it may be up to "
        f"{_number(one.upper)}."
        for one in comparison.chances
    ]
    return [*sentences, *_OF_SCENES]


_OF_SCENES = (
    "Being read at two scenes does not show that a vehicle had to do with either. Those who live, "
    "work or deliver there are read there.",
    "A vehicle that is not in the list may have been there: see which cameras were up.",
)


def _gap(seconds: float) -> str:
    if abs(seconds) < 1:
        return "At the same second"
    return f"{abs(seconds):.0f} s {'before' if seconds < 0 else 'after'}"


def _number(value: float) -> str:
    return f"{value:.1f}" if value >= 0.95 else f"{value:.2f}"


def _by_chance(value: float) -> str:
    return (
        "Fewer than 0.001" if value < 0.001 else f"{value:.3f}" if value < 0.1 else _number(value)
    )


HEADS: Mapping[str, tuple[str, ...]] = {
    "convoy": (
        "Journeys near, of those on which it was about",
        "Days",
        "Expected",
        "As often as expected",
        "Marks as near as this by chance",
    ),
    "linked": ("Linked to", "What its reads say"),
    "route": ("Drives along it", "Quickest"),
    "common": ("Scenes", "Other days on which it was there"),
}
