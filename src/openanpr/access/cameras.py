"""Cameras: changing the register, stopping one, and deciding the case for one."""

from datetime import datetime

from openanpr.access import rules
from openanpr.access.decisions import Decision, Finding
from openanpr.access.facts import Actor, CameraCaseFacts
from openanpr.access.profile import Profile
from openanpr.access.vocabulary import Action, Reason


def decide_camera_change(*, actor: Actor, reason: str, profile: Profile) -> Decision:
    """Decide on a change of the register, or of a camera's state, that adds no authority."""
    return _stated(actor, Action.CAMERA_CHANGE, reason, profile)


def decide_camera_stop(*, actor: Actor, reason: str, profile: Profile) -> Decision:
    """Decide on taking a camera's authority away: no rank is asked for, stopping is easy."""
    return _stated(actor, Action.CAMERA_STOP, reason, profile)


def decide_camera_assessment(
    *, actor: Actor, author_person_ids: frozenset[str], reason: str, profile: Profile
) -> Decision:
    """Decide on signing a privacy impact assessment off: never one's own words."""
    found = rules.may_act(actor, Action.CAMERA_ASSESSMENT, profile=profile)
    found += rules.stated_reason(reason)
    found += _other_person(actor, author_person_ids)
    return _decided(Action.CAMERA_ASSESSMENT, found, profile)


def decide_camera_case(
    *, actor: Actor, case: CameraCaseFacts, profile: Profile, at: datetime
) -> Decision:
    """Decide on deciding a case: yes with a date of review, or (``review_at`` ``None``) no.

    Whoever wrote or signed any of it does not decide. A yes takes a complete case, the rank that
    the profile asks for (a higher one where a camera is exceptional there) and a review in time.
    """
    found = rules.may_act(actor, Action.CAMERA_DECISION, profile=profile)
    if actor.force != case.force:
        found += rules.denied(Reason.OTHER_FORCE, "house.force")
    found += rules.stated_reason(case.reason)
    found += _other_person(actor, case.author_person_ids)
    if case.review_at is not None:
        found += _approval(actor, case, case.review_at, profile, at)
    return _decided(Action.CAMERA_DECISION, found, profile)


def _approval(
    actor: Actor, case: CameraCaseFacts, review_at: datetime, profile: Profile, at: datetime
) -> rules.Findings:
    found = rules.PASSED
    wanted = profile.camera_cases
    if not case.complete:
        found += rules.denied(Reason.CASE_NOT_COMPLETE, "house.camera-case")
    if case.exceptional and actor.rank < wanted.exceptional_by:
        found += rules.denied(Reason.CASE_RANK_TOO_LOW, "camera_cases.exceptional_by")
    elif actor.rank < wanted.decided_by:
        found += rules.denied(Reason.CASE_RANK_TOO_LOW, "camera_cases.decided_by")
    if not at < review_at <= at + wanted.review:
        found += rules.denied(Reason.REVIEW_TOO_FAR, "camera_cases.review_days")
    return found


def _other_person(actor: Actor, author_person_ids: frozenset[str]) -> rules.Findings:
    if actor.person_id in author_person_ids:
        return rules.denied(Reason.SECOND_PERSON_REQUIRED, "house.four-eyes")
    return rules.PASSED


def _stated(actor: Actor, action: Action, reason: str, profile: Profile) -> Decision:
    found = rules.may_act(actor, action, profile=profile) + rules.stated_reason(reason)
    return _decided(action, found, profile)


def _decided(action: Action, found: rules.Findings, profile: Profile) -> Decision:
    permitted = (Finding(Reason.PERMITTED_BY_ROLE, f"actions.{action}.roles"),)
    return Decision(
        action=action, allowed=not found, findings=found or permitted, profile=profile.label
    )
