"""Changes that need a second person: of lists, of the profile, of the roles one person holds."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from openanpr.access import rules
from openanpr.access.decisions import Decision, Finding
from openanpr.access.facts import Actor, ListChangeFacts, ProfileChangeFacts
from openanpr.access.profile import Profile
from openanpr.access.vocabulary import Action, Reason, Role

FEWEST_IN_A_PATTERN: Final = 3
"""Characters that a pattern of an entry gives: with fewer it would look for everybody."""


def decide_list_change(
    *, actor: Actor, change: ListChangeFacts, profile: Profile, at: datetime
) -> Decision:
    """Decide on proposing a change of a list, or on putting it in force.

    No entry without a reason and a weed date ahead, within the profile's longest life of an
    entry. Where the list asks for a second person, the one who proposed can't put the change in
    force. An entry that matches more than one mark takes an action of its own in the profile,
    always a second person, and a pattern of at least three given characters.
    """
    found = rules.may_act(actor, Action.LIST_CHANGE, profile=profile)
    if actor.force != change.force:
        found += rules.denied(Reason.OTHER_FORCE, "house.force")
    found += rules.stated_reason(change.reason)
    if change.kind != "remove":
        found += _weeding(change, profile, at)
    wide = change.matching != "exact" and change.kind != "remove"
    if wide:
        found += _wide(actor, change, profile)
    if (change.second_person or wide) and change.in_force:
        found += _second_person(actor, change.proposed_by_person_id)
    return _decided(Action.LIST_CHANGE, found, profile)


def decide_profile_change(
    *, actor: Actor, change: ProfileChangeFacts, profile: Profile, at: datetime
) -> Decision:
    """Decide on putting a change of the profile in force: always a second person, never at once.

    ``change.proposed_by_person_id`` is ``None`` while it is only being proposed: then one person
    is enough.
    """
    found = rules.may_act(actor, Action.PROFILE_CHANGE, profile=profile)
    found += rules.stated_reason(change.reason)
    if change.effective_at - at < profile.limits.profile_change_notice:
        found += rules.denied(Reason.TAKES_EFFECT_TOO_EARLY, "limits.profile_change_notice_hours")
    if change.proposed_by_person_id is not None:
        found += _second_person(actor, change.proposed_by_person_id)
    return _decided(Action.PROFILE_CHANGE, found, profile)


def role_conflicts(*, roles: Iterable[Role], profile: Profile) -> rules.Findings:
    """What speaks against one person holding these roles together; empty when nothing does."""
    held = frozenset(roles)
    if any(pair <= held for pair in profile.incompatible_roles):
        return rules.denied(Reason.ROLES_CONFLICT, "incompatible_roles")
    return rules.PASSED


def _weeding(change: ListChangeFacts, profile: Profile, at: datetime) -> rules.Findings:
    if change.weed_at is None or change.weed_at <= at:
        return rules.denied(Reason.WEED_DATE_REQUIRED, "house.weeding")
    if change.weed_at - at > profile.limits.list_entry_longest:
        return rules.denied(Reason.WEED_DATE_REQUIRED, "limits.list_entry_longest_days")
    return rules.PASSED


def _wide(actor: Actor, change: ListChangeFacts, profile: Profile) -> rules.Findings:
    rule = profile.actions.get(Action.LIST_MATCHING)
    found = rules.PASSED
    if rule is None or not actor.roles & rule.roles:
        found += rules.denied(Reason.ROLE_NOT_RELEVANT, f"actions.{Action.LIST_MATCHING}.roles")
    if change.matching == "pattern" and change.pattern_characters < FEWEST_IN_A_PATTERN:
        found += rules.denied(Reason.ENTRY_TOO_WIDE, "house.wide-entry")
    return found


def _second_person(actor: Actor, proposed_by: str | None) -> rules.Findings:
    if proposed_by is None or proposed_by == actor.person_id:
        return rules.denied(Reason.SECOND_PERSON_REQUIRED, "house.four-eyes")
    return rules.PASSED


def _decided(action: Action, found: rules.Findings, profile: Profile) -> Decision:
    permitted = (Finding(Reason.PERMITTED_BY_ROLE, f"actions.{action}.roles"),)
    return Decision(
        action=action, allowed=not found, findings=found or permitted, profile=profile.label
    )
