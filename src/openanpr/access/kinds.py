"""Kinds of search: whose each is, how wide it may reach, and when a mark is being followed.

A kind that a profile's ``searches`` table leaves out stands under the house's rule for it.
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from openanpr.access import rules
from openanpr.access.facts import Actor, SearchQuery
from openanpr.access.profile import Profile, SearchRule
from openanpr.access.vocabulary import Action, Reason, Role, RoleFit, SearchKind

_EITHER: Final = frozenset({Role.SEARCHER, Role.ANALYST})
_ANALYST: Final = frozenset({Role.ANALYST})
_FOLD: Final = str.maketrans("OI", "01")
_DAY: Final = timedelta(days=1)

HOUSE: Final[Mapping[SearchKind, SearchRule]] = MappingProxyType(
    {
        SearchKind.MARK: SearchRule(roles=_EITHER),
        SearchKind.NEAR: SearchRule(roles=_EITHER),
        SearchKind.PART: SearchRule(roles=_EITHER, least_characters=3),
        SearchKind.MARKS: SearchRule(roles=_EITHER, most_marks=500),
        SearchKind.PLACE: SearchRule(roles=_EITHER, longest=_DAY),
        SearchKind.COMMON: SearchRule(roles=_ANALYST, longest=2 * _DAY),
        SearchKind.CONVOY: SearchRule(roles=_ANALYST, longest=28 * _DAY),
        SearchKind.LINKED: SearchRule(roles=_ANALYST, longest=2 * _DAY, most_marks=100),
        SearchKind.MOVEMENTS: SearchRule(roles=_ANALYST, longest=28 * _DAY),
        SearchKind.CLONES: SearchRule(roles=_ANALYST, longest=90 * _DAY),
        SearchKind.ONWARD: SearchRule(roles=_ANALYST, longest=90 * _DAY),
        SearchKind.ROUTE: SearchRule(roles=_ANALYST, longest=_DAY),
    }
)


def rule_of(kind: SearchKind, *, profile: Profile) -> SearchRule:
    """What the profile, or else the house, says about this kind."""
    return profile.searches.get(kind, HOUSE[kind])


def of_kind(actor: Actor, query: SearchQuery, *, profile: Profile) -> rules.Findings:
    """What speaks against this kind of search for this person, as wide as it is asked."""
    rule = rule_of(query.kind, profile=profile)
    clause = f"searches.{query.kind}"
    found = rules.role_fit(_fit(actor, rule, profile), clause=f"{clause}.roles")
    wanted = sum((end - start for start, end in query.periods), timedelta())
    if rule.longest is not None and wanted > rule.longest:
        found += rules.denied(Reason.PERIOD_TOO_LONG, f"{clause}.longest_hours")
    given = sum(character not in "?*" for character in query.pattern or "")
    if query.pattern is not None and given < (rule.least_characters or 1):
        found += rules.denied(Reason.SEARCH_TOO_OPEN, f"{clause}.least_characters")
    # Marks that look the same on a plate count as one.
    marks = {mark.translate(_FOLD) for mark in query.marks or ()}
    if rule.most_marks is not None and len(marks) > rule.most_marks:
        found += rules.denied(Reason.TOO_MANY_MARKS, f"{clause}.most_marks")
    if query.camera_ids and not actor.location_right:
        found += rules.denied(Reason.LOCATION_RIGHT_REQUIRED, "house.location")
    return found


def _fit(actor: Actor, rule: SearchRule, profile: Profile) -> RoleFit:
    """For who may not search at all, ``actions.search`` says so; this says nothing more."""
    action = profile.actions.get(Action.SEARCH)
    searches = action is not None and actor.roles & action.roles
    return RoleFit.RELEVANT if not searches or actor.roles & rule.roles else RoleFit.NONE


def following(query: SearchQuery, *, profile: Profile) -> rules.Findings:
    """A mark asked for again and again takes a word on the authority to follow it."""
    rule = profile.following
    if rule is None or query.surveillance.strip() or query.earlier_searches < rule.searches:
        return rules.PASSED
    return rules.denied(Reason.SURVEILLANCE_STATEMENT_REQUIRED, "following.searches")
