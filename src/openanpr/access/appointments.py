"""Acts that make somebody able to act: giving a role, letting somebody in, taking a factor away."""

from typing import Final

from openanpr.access import rules
from openanpr.access.decisions import Decision, Finding
from openanpr.access.facts import Actor, AppointmentFacts
from openanpr.access.profile import ActionRule, AppointmentRules, Profile
from openanpr.access.vocabulary import Action, Appointment, Reason, Role

APPOINTING: Final = frozenset({Role.SYSTEM_MANAGER, Role.DATA_PROTECTION_OFFICER})
"""Who may appoint at all; a profile may name fewer."""

HOUSE_RULE: Final = ActionRule(roles=APPOINTING, trained=False)
HOUSE: Final = AppointmentRules(
    two_people=frozenset(Appointment),
    two_people_roles=frozenset(
        {
            Role.SYSTEM_MANAGER,
            Role.DATA_PROTECTION_OFFICER,
            Role.AUDITOR,
            Role.AUTHORISER,
            Role.PROFESSIONAL_STANDARDS,
        }
    ),
)
"""What holds where a profile has no table ``appointments``."""


def takes_two_people(*, act: Appointment, role: Role | None = None, profile: Profile) -> bool:
    """Whether one person proposes such an act and another puts it in force."""
    rule = profile.appointments or HOUSE
    if act not in rule.two_people:
        return False
    return act is not Appointment.ROLE or role in rule.two_people_roles


def decide_appointment(
    *, actor: Actor, appointment: AppointmentFacts, profile: Profile
) -> Decision:
    """Decide on proposing such an act, or on putting it in force.

    Nobody appoints themselves, in whichever account, nor anybody of another force. Where the
    profile asks for two people, a reason is given, and who proposed it does not put it in force.
    """
    found = rules.may_act(actor, Action.APPOINT, profile=profile)
    if appointment.force != actor.force:
        found += rules.denied(Reason.OTHER_FORCE, "house.force")
    if appointment.person_id in {actor.person_id, appointment.proposed_by_person_id}:
        found += rules.denied(Reason.OWN_ACCOUNT, "house.own-account")
    if takes_two_people(act=appointment.act, role=appointment.role, profile=profile):
        found += rules.stated_reason(appointment.reason)
        if appointment.in_force:
            found += _by_another(actor, appointment)
    permitted = (Finding(Reason.PERMITTED_BY_ROLE, f"actions.{Action.APPOINT}.roles"),)
    return Decision(
        action=Action.APPOINT,
        allowed=not found,
        findings=found or permitted,
        profile=profile.label,
    )


def _by_another(actor: Actor, appointment: AppointmentFacts) -> rules.Findings:
    if appointment.proposed_by_person_id in {None, actor.person_id}:
        return rules.denied(Reason.SECOND_PERSON_REQUIRED, "house.four-eyes")
    return rules.PASSED
