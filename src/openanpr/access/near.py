"""Reads near sensitive places: which kinds of place they stay closed for, piece by piece.

A profile's ``near`` table has a rule for a kind of place; a kind without one limits nothing. The
decision names kinds alone: which cameras are near such a place is not its business.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from openanpr.access.authority import Wanted, covered, opened_by_grants
from openanpr.access.bands import HELD, Slice, first_under
from openanpr.access.facts import Actor, GrantFacts
from openanpr.access.profile import NearRule, Profile
from openanpr.access.vocabulary import Category, PlaceKind, SearchKind

__all__ = ["NearRule", "closed_near", "cuts", "without_pictures"]


def cuts(*, profile: Profile, at: datetime) -> frozenset[datetime]:
    """The capture times at which reads near some kind of place close."""
    return frozenset(
        first_under(rule.open_for, at=at, counting=profile.counting)
        for rule in profile.near.values()
        if rule.open_for is not None
    )


def without_pictures(profile: Profile) -> frozenset[PlaceKind]:
    """The kinds of place near which no search shows pictures."""
    return frozenset(kind for kind, rule in profile.near.items() if not rule.pictures)


def closed_near(
    wanted: Wanted,
    piece: Slice,
    *,
    kind: SearchKind | None,
    category: Category,
    grants: Iterable[GrantFacts],
    actor: Actor,
    profile: Profile,
    at: datetime,
) -> frozenset[PlaceKind]:
    """The kinds of place near which reads of this piece stay closed to this search.

    Reads held for the investigation stay open. ``kind`` is ``None`` where one
    read is opened that a search has shown: that search was asked.
    """
    given = tuple(grants)
    return frozenset(
        place
        for place, rule in profile.near.items()
        if _too_old(rule, piece, profile=profile, at=at)
        or not (
            _open_to_all(rule, kind, category)
            or _authorised(rule, wanted, piece, grants=given, actor=actor, profile=profile, at=at)
        )
    )


def _too_old(rule: NearRule, piece: Slice, *, profile: Profile, at: datetime) -> bool:
    if rule.open_for is None or piece.name == HELD:
        return False
    return piece.start < first_under(rule.open_for, at=at, counting=profile.counting)


def _open_to_all(rule: NearRule, kind: SearchKind | None, category: Category) -> bool:
    return (kind is None or kind in rule.searches) and category in rule.categories


def _authorised(
    rule: NearRule,
    wanted: Wanted,
    piece: Slice,
    *,
    grants: tuple[GrantFacts, ...],
    actor: Actor,
    profile: Profile,
    at: datetime,
) -> bool:
    if rule.lowest_rank is None or piece.band is None:
        return False
    asked = replace(piece.band, lowest_rank=rule.lowest_rank)
    opened, _ = opened_by_grants(
        wanted, piece, asked, grants=grants, actor=actor, profile=profile, at=at
    )
    return covered(wanted, opened)
