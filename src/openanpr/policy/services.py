"""Putting a profile in force, and changing it: proposed by one person, confirmed by another."""

from datetime import datetime

from django.db import transaction

from openanpr.access.decide import Decision, decide_profile_change
from openanpr.access.facts import Actor, ProfileChangeFacts
from openanpr.access.profiles import parse_profile, shipped_profile, shipped_toml
from openanpr.audit.services import AuditActor, record_event
from openanpr.policy.models import ProfileProposal, ProfileVersion
from openanpr.policy.queries import digest_of, profile_in_force


def install_shipped_profile(
    *,
    name: str,
    actor: AuditActor,
    proposed_by: str,
    approved_by: str,
    takes_effect_at: datetime,
    at: datetime,
    reason: str,
    using: str = "default",
) -> ProfileVersion:
    """Put a profile that comes with the program in force at ``takes_effect_at``.

    ``proposed_by`` and ``approved_by`` are the ids of two different persons; the database refuses
    one person twice with ``IntegrityError``. Raises ``access.profiles.ProfileError`` for an
    unknown name.
    """
    shipped_profile(name)
    return install_profile(
        toml=shipped_toml(name),
        source=name,
        actor=actor,
        proposed_by=proposed_by,
        approved_by=approved_by,
        takes_effect_at=takes_effect_at,
        at=at,
        reason=reason,
        using=using,
    )


def install_profile(
    *,
    toml: str,
    source: str,
    actor: AuditActor,
    proposed_by: str,
    approved_by: str,
    takes_effect_at: datetime,
    at: datetime,
    reason: str,
    using: str = "default",
) -> ProfileVersion:
    """Put a checked table in force; as ``install_shipped_profile``, for any table.

    ``source`` names the table in errors (``ProfileError``).
    """
    profile = parse_profile(toml, source=source)
    with transaction.atomic(using=using):
        version = ProfileVersion.objects.using(using).create(
            name=profile.name,
            version=profile.version,
            toml=toml,
            digest=digest_of(toml),
            takes_effect_at=takes_effect_at,
            proposed_by=proposed_by,
            approved_by=approved_by,
            reason=reason,
        )
        record_event(
            verb="profile.install",
            actor=actor,
            at=at,
            subject=f"profile:{profile.label}",
            reason=reason,
            profile_version=profile.label,
            payload={
                "takes_effect_at": takes_effect_at.isoformat(),
                "proposed_by": proposed_by,
                "approved_by": approved_by,
                "digest": version.digest,
            },
            using=using,
        )
    return version


class AlreadyAnsweredError(Exception):
    """Somebody answered the proposal first."""


@transaction.atomic
def propose_profile(
    *,
    actor: Actor,
    by: AuditActor,
    toml: str,
    takes_effect_at: datetime,
    reason: str,
    at: datetime,
) -> tuple[Decision, ProfileProposal | None]:
    """Propose a checked table; the answer of the policy is audited either way."""
    profile = parse_profile(toml, source="proposal")
    in_force = profile_in_force(at=at)
    decision = decide_profile_change(
        actor=actor,
        change=ProfileChangeFacts(
            proposed_by_person_id=None, effective_at=takes_effect_at, reason=reason
        ),
        profile=in_force,
        at=at,
    )
    proposal = None
    if decision.allowed:
        proposal = ProfileProposal.objects.create(
            label=profile.label,
            toml=toml,
            digest=digest_of(toml),
            takes_effect_at=takes_effect_at,
            reason=reason,
            proposed_by=by.person_id,
            proposer_name=by.name,
            proposed_at=at,
        )
    _record("profile.propose", by, decision, profile.label, takes_effect_at, reason, toml, at)
    return decision, proposal


@transaction.atomic
def confirm_profile(
    *, actor: Actor, by: AuditActor, proposal: ProfileProposal, reason: str, at: datetime
) -> Decision:
    """Put a proposal in force from its moment on, as its second person; audited either way.

    Raises ``AlreadyAnsweredError``. The database refuses the proposer with ``IntegrityError``.
    """
    proposal = _open(proposal)
    decision = decide_profile_change(
        actor=actor,
        change=ProfileChangeFacts(
            proposed_by_person_id=proposal.proposed_by,
            effective_at=proposal.takes_effect_at,
            reason=reason,
        ),
        profile=profile_in_force(at=at),
        at=at,
    )
    _record(
        "profile.confirm",
        by,
        decision,
        proposal.label,
        proposal.takes_effect_at,
        reason,
        proposal.toml,
        at,
    )
    if decision.allowed:
        _answer(proposal, "confirmed", by=by, reason=reason, at=at)
        install_profile(
            toml=proposal.toml,
            source=proposal.label,
            actor=by,
            proposed_by=proposal.proposed_by,
            approved_by=by.person_id,
            takes_effect_at=proposal.takes_effect_at,
            at=at,
            reason=proposal.reason,
        )
    return decision


@transaction.atomic
def decline_profile(
    *, by: AuditActor, proposal: ProfileProposal, reason: str, at: datetime
) -> None:
    """Refuse another person's proposal, or withdraw one's own. Raises ``AlreadyAnsweredError``."""
    proposal = _open(proposal)
    own = proposal.proposed_by == by.person_id
    _answer(proposal, "withdrawn" if own else "refused", by=by, reason=reason, at=at)
    record_event(
        verb="profile.decline",
        actor=by,
        at=at,
        subject=f"profile:{proposal.label}",
        reason=reason,
        payload={"outcome": "withdrawn" if own else "refused"},
    )


def _open(proposal: ProfileProposal) -> ProfileProposal:
    locked = ProfileProposal.objects.select_for_update().get(pk=proposal.pk)
    if locked.state != "proposed":
        raise AlreadyAnsweredError
    return locked


def _answer(
    proposal: ProfileProposal, state: str, *, by: AuditActor, reason: str, at: datetime
) -> None:
    proposal.state = state
    proposal.answered_by, proposal.answerer_name = by.person_id, by.name
    proposal.answered_at, proposal.answer = at, reason
    proposal.save(update_fields=["state", "answered_by", "answerer_name", "answered_at", "answer"])


def _record(
    verb: str,
    by: AuditActor,
    decision: Decision,
    label: str,
    takes_effect_at: datetime,
    reason: str,
    toml: str,
    at: datetime,
) -> None:
    record_event(
        verb=verb,
        actor=by,
        at=at,
        subject=f"profile:{label}",
        reason=reason,
        decision="allow" if decision.allowed else "deny",
        reasons=decision.reasons,
        profile_version=decision.profile,
        payload={"takes_effect_at": takes_effect_at.isoformat(), "digest": digest_of(toml)},
    )
