"""Acts that make somebody able to act: done by one person, or proposed by one for another."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openanpr.access.decide import Decision, decide_appointment, takes_two_people
from openanpr.access.facts import Actor, AppointmentFacts
from openanpr.access.vocabulary import Appointment, Role
from openanpr.accounts.models import AccountProposal, User
from openanpr.accounts.proposals import PROPOSAL_LASTS
from openanpr.accounts.services.enrolment import issue_enrolment
from openanpr.accounts.services.identities import link_identity
from openanpr.accounts.services.people import subject_of
from openanpr.accounts.services.rights import give_role, refuse_conflicts
from openanpr.accounts.services.totp import reset_second_factor
from openanpr.audit.services import AuditActor, record_event
from openanpr.policy.queries import profile_in_force
from openanpr.web.person import ROLE_NAMES


class AlreadyAnsweredError(Exception):
    """Somebody answered the proposal first, or it is too old."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An act on an account. ``role`` where a role is given, ``identity`` where one is linked."""

    act: Appointment
    user: User
    reason: str
    role: Role | None = None
    identity: str = ""

    @property
    def words(self) -> str:
        """The act in words."""
        if self.act is Appointment.LINK:
            return "a one-time link"
        if self.act is Appointment.SECOND_FACTOR:
            return "taking the second factor away"
        if self.act is Appointment.IDENTITY:
            return f"the identity {self.identity} of the force's own sign-in"
        return f"the role {ROLE_NAMES[self.role]}" if self.role else "a role"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointed:
    """What came of it: the decision; then a proposal that waits, or the act itself.

    ``code`` is the code of a one-time link that was issued; it is kept nowhere.
    """

    decision: Decision
    proposal: AccountProposal | None = None
    code: str | None = None


def appoint(*, actor: Actor, by: AuditActor, wanted: Wanted, at: datetime) -> Appointed:
    """Do it, or propose it where the profile asks for two people. Refusals are audited.

    Raises ``RolesConflictError``, audited, for a role that the person can't hold beside another.
    """
    two = takes_two_people(act=wanted.act, role=wanted.role, profile=profile_in_force(at=at))
    decision = _decide(actor, wanted, proposed_by=None, in_force=not two, at=at)
    if decision.allowed and wanted.role is not None:
        refuse_conflicts(user=wanted.user, role=wanted.role, by=by, at=at)
    with transaction.atomic():
        if two or not decision.allowed:
            _record("account.propose", by, wanted, decision, at=at)
        if not decision.allowed:
            return Appointed(decision=decision)
        if not two:
            return Appointed(decision=decision, code=_do(wanted, by=by, at=at))
        return Appointed(decision=decision, proposal=_propose(wanted, by=by, at=at))


def confirm(
    *, actor: Actor, by: AuditActor, proposal: AccountProposal, reason: str, at: datetime
) -> Appointed:
    """Do what another person proposed. The database refuses the proposer too.

    Raises ``AlreadyAnsweredError`` and ``RolesConflictError``.
    """
    wanted = wanted_by(proposal)
    if wanted.role is not None:
        refuse_conflicts(user=wanted.user, role=wanted.role, by=by, at=at)
    with transaction.atomic():
        proposal = _open(proposal)
        if not is_open(proposal, at=at):
            raise AlreadyAnsweredError
        decision = _decide(actor, wanted, proposed_by=proposal.proposed_by, in_force=True, at=at)
        _record("account.confirm", by, wanted, decision, at=at, proposed_by=proposal.proposed_by)
        if not decision.allowed:
            return Appointed(decision=decision)
        _answer(proposal, "confirmed", by=by, reason=reason, at=at)
        return Appointed(decision=decision, code=_do(wanted, by=by, at=at))


@transaction.atomic
def decline(*, by: AuditActor, proposal: AccountProposal, reason: str, at: datetime) -> None:
    """Refuse another person's proposal, or withdraw one's own. Raises ``AlreadyAnsweredError``."""
    proposal = _open(proposal)
    outcome = "withdrawn" if proposal.proposed_by == by.person_id else "refused"
    _answer(proposal, outcome, by=by, reason=reason, at=at)
    record_event(
        verb="account.decline",
        actor=by,
        at=at,
        subject=subject_of(proposal.user),
        reason=reason,
        payload={"what": wanted_by(proposal).words, "outcome": outcome},
    )


def wanted_by(proposal: AccountProposal) -> Wanted:
    """The act that a proposal is about."""
    return Wanted(
        act=Appointment(proposal.act),
        user=proposal.user,
        reason=proposal.reason,
        role=Role(proposal.role) if proposal.role else None,
        identity=proposal.identity,
    )


def is_open(proposal: AccountProposal, *, at: datetime) -> bool:
    """Whether it can still be confirmed at ``at``."""
    return proposal.state == "proposed" and at - proposal.proposed_at < PROPOSAL_LASTS


def _decide(
    actor: Actor, wanted: Wanted, *, proposed_by: str | None, in_force: bool, at: datetime
) -> Decision:
    return decide_appointment(
        actor=actor,
        appointment=AppointmentFacts(
            act=wanted.act,
            role=wanted.role,
            person_id=wanted.user.person_id,
            force=wanted.user.force.code,
            proposed_by_person_id=proposed_by,
            in_force=in_force,
            reason=wanted.reason,
        ),
        profile=profile_in_force(at=at),
    )


def _propose(wanted: Wanted, *, by: AuditActor, at: datetime) -> AccountProposal:
    """A new proposal, or the one that waits for the same already."""
    role = wanted.role.value if wanted.role else ""
    same = AccountProposal.objects.filter(
        user=wanted.user, act=wanted.act.value, role=role, state="proposed"
    )
    for old in same.select_for_update():
        if is_open(old, at=at) and old.identity == wanted.identity:
            return old
        _answer(old, "withdrawn", by=by, reason="Too old, or replaced", at=at)
    return AccountProposal.objects.create(
        act=wanted.act.value,
        user=wanted.user,
        subject_person=wanted.user.person_id,
        role=role,
        identity=wanted.identity,
        reason=wanted.reason,
        proposed_by=by.person_id,
        proposer_name=by.name,
        proposed_at=at,
    )


def _do(wanted: Wanted, *, by: AuditActor, at: datetime) -> str | None:
    if wanted.act is Appointment.LINK:
        return issue_enrolment(user=wanted.user, by=by, at=at, reason=wanted.reason)
    if wanted.act is Appointment.SECOND_FACTOR:
        reset_second_factor(user=wanted.user, by=by, at=at, reason=wanted.reason)
    elif wanted.act is Appointment.IDENTITY:
        link_identity(user=wanted.user, subject=wanted.identity, by=by, at=at)
    elif wanted.role is not None:
        give_role(user=wanted.user, role=wanted.role, by=by, at=at)
    return None


def _open(proposal: AccountProposal) -> AccountProposal:
    locked = AccountProposal.objects.select_for_update().get(pk=proposal.pk)
    if locked.state != "proposed":
        raise AlreadyAnsweredError
    return locked


def _answer(
    proposal: AccountProposal, state: str, *, by: AuditActor, reason: str, at: datetime
) -> None:
    proposal.state = state
    proposal.answered_by, proposal.answerer_name = by.person_id, by.name
    proposal.answered_at, proposal.answer = at, reason
    proposal.save(update_fields=["state", "answered_by", "answerer_name", "answered_at", "answer"])


def _record(
    verb: str, by: AuditActor, wanted: Wanted, decision: Decision, *, at: datetime, **more: str
) -> None:
    record_event(
        verb=verb,
        actor=by,
        at=at,
        subject=subject_of(wanted.user),
        reason=wanted.reason,
        decision="allow" if decision.allowed else "deny",
        reasons=decision.reasons,
        profile_version=decision.profile,
        payload={"what": wanted.words, **more},
    )
