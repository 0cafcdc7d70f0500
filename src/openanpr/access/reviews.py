"""Auditing what others did: nobody looks into their own acts, and who was asked answers."""

from datetime import datetime

from openanpr.access import rules
from openanpr.access.bands import utc
from openanpr.access.decisions import Decision, Finding
from openanpr.access.facts import Actor
from openanpr.access.profile import Profile
from openanpr.access.vocabulary import Action, Reason


def decide_review(
    *, actor: Actor, record_person_id: str, profile: Profile, at: datetime
) -> Decision:
    """Decide on judging what the person ``record_person_id`` did: asking, ticking off, finding.

    An auditor judges what others did, never their own acts, under whichever account. An empty
    id is nobody's. ``at`` is taken as everywhere, though no rule here turns on it.
    """
    utc(at)
    found = rules.may_act(actor, Action.AUDIT_VIEW, profile=profile)
    if record_person_id == actor.person_id:
        found += rules.denied(Reason.OWN_TRANSACTION, "house.own-transaction")
    permitted = (Finding(Reason.PERMITTED_BY_ROLE, f"actions.{Action.AUDIT_VIEW}.roles"),)
    return _decided(found, permitted, profile)


def decide_answer(
    *, actor: Actor, asked_person_id: str, profile: Profile, at: datetime
) -> Decision:
    """Decide on answering an auditor's question or finding: only the person whom it was put to.

    No role, training or vetting is asked for: who has lost them still answers for what they did.
    """
    utc(at)
    found = rules.PASSED
    if actor.person_id != asked_person_id:
        found += rules.denied(Reason.ASKED_OF_ANOTHER, "house.own-answer")
    return _decided(found, (Finding(Reason.OWN_RECORD, "house.own-record"),), profile)


def decide_release(
    *, actor: Actor, searcher_person_id: str, force: str, profile: Profile, at: datetime
) -> Decision:
    """Decide on letting a held search through, or not: an authorising officer of the same force.

    Never the searcher, under whichever account.
    """
    utc(at)
    found = rules.may_act(actor, Action.GRANT, profile=profile)
    if actor.force != force:
        found += rules.denied(Reason.OTHER_FORCE, "house.force")
    if actor.person_id == searcher_person_id:
        found += rules.denied(Reason.SELF_AUTHORISED, "authorisation.not_by")
    permitted = (Finding(Reason.PERMITTED_BY_ROLE, f"actions.{Action.GRANT}.roles"),)
    return Decision(
        action=Action.GRANT,
        allowed=not found,
        findings=found or permitted,
        profile=profile.label,
    )


def _decided(found: rules.Findings, permitted: rules.Findings, profile: Profile) -> Decision:
    return Decision(
        action=Action.AUDIT_VIEW,
        allowed=not found,
        findings=found or permitted,
        profile=profile.label,
    )
