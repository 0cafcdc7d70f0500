"""Cameras near sensitive places: which a search leaves out, and what its page says of that."""

from datetime import datetime

from openanpr.access.explain import CATEGORY_WORDS, RANK_WORDS
from openanpr.access.profile import NearRule
from openanpr.access.scope import Scope, ScopePart
from openanpr.access.vocabulary import Category, PlaceKind
from openanpr.sensitive.queries import cameras_near, kinds_known


def closed_cameras(scope: Scope, part: ScopePart) -> frozenset[int]:
    """The cameras that this part may not see, since a place of a closed kind is near."""
    return _near(scope, part.closed_near, part.start, part.end)


def cameras_without_pictures(scope: Scope) -> frozenset[int]:
    """The cameras whose pictures this search may not show."""
    start, end = _span(scope)
    return _near(scope, scope.no_pictures_near, start, end)


def left_out(scope: Scope) -> tuple[str, ...]:
    """What the page says is left out: the same wherever cameras stand, so that it tells nothing."""
    closed = frozenset(kind for part in scope.parts for kind in part.closed_near)
    if not (closed | scope.no_pictures_near):
        return ()
    start, end = _span(scope)
    known = kinds_known(start=start, end=end)
    said = [_reads(scope, kind) for kind in PlaceKind if kind in closed & known]
    hidden = (scope.no_pictures_near - closed) & known
    return (
        *said,
        *(
            f"Pictures of cameras near a {kind}, if there are any (profile {scope.profile}: "
            f"near.{kind}.pictures)."
            for kind in PlaceKind
            if kind in hidden
        ),
    )


def _near(
    scope: Scope, kinds: frozenset[PlaceKind], start: datetime, end: datetime
) -> frozenset[int]:
    rules = {kind: rule for kind, rule in scope.near_rules.items() if kind in kinds}
    return frozenset().union(*cameras_near(rules, start=start, end=end).values())


def _span(scope: Scope) -> tuple[datetime, datetime]:
    periods = scope.periods
    return periods[0][0], periods[-1][1]


def _reads(scope: Scope, kind: PlaceKind) -> str:
    rule = scope.near_rules[kind]
    return (
        f"Reads of cameras near a {kind}, if there are any: {_opened(rule)} "
        f"(profile {scope.profile}: near.{kind})."
    )


def _opened(rule: NearRule) -> str:
    kinds = ", ".join(sorted(one.value for one in rule.searches)) or "none"
    purposes = ", ".join(CATEGORY_WORDS[one] for one in Category if one in rule.categories)
    said = f"open to searches of the kind {kinds} for {purposes or 'no purpose'}"
    if rule.open_for is not None:
        said += f", up to the age of {rule.open_for}"
    if rule.lowest_rank is None:
        return said
    return f"{said}; to others by an authorisation of: {RANK_WORDS[rule.lowest_rank]} or above"
