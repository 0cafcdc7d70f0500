"""Giving an authorisation: which rank it takes, and whether this officer may."""

from datetime import datetime

from openanpr.access import rules
from openanpr.access.bands import Slice, split
from openanpr.access.decisions import Decision, Finding
from openanpr.access.facts import Actor, GrantRequest
from openanpr.access.profile import Profile
from openanpr.access.vocabulary import Action, NotBy, Rank, Reason


def authority_needed(
    *, start: datetime, end: datetime, at: datetime, profile: Profile
) -> Rank | None:
    """The lowest rank that may open the whole period now; ``None`` when none need be asked."""
    ranks = [
        piece.band.lowest_rank
        for piece in split(start, end, at=at, profile=profile)
        if piece.band is not None and piece.band.lowest_rank is not None
    ]
    return max(ranks, default=None)


def decide_grant(
    *, actor: Actor, request: GrantRequest, profile: Profile, at: datetime
) -> Decision:
    """Decide whether this officer may grant this request as it stands.

    Every band that the period touches must be open to the category, and the officer's rank must
    reach each of them. What lies past retention or in the future is not in question: a grant
    opens nothing there.
    """
    found = rules.may_act(actor, Action.GRANT, profile=profile)
    found += _bars(actor, request, profile)
    found += rules.stated_reason(request.reason)
    found += rules.purpose(request.category)
    found += _life(request, profile, at)
    pieces = split(request.start, request.end, at=at, profile=profile)
    found += _reach(actor, request, pieces)
    found = rules.united([found])
    granted = (Finding(Reason.AUTHORISED, f"actions.{Action.GRANT}.roles"),)
    return Decision(
        action=Action.GRANT,
        allowed=not found,
        findings=found or granted,
        profile=profile.label,
        band=next((piece.name for piece in pieces if piece.band is not None), None),
    )


def _bars(actor: Actor, request: GrantRequest, profile: Profile) -> rules.Findings:
    not_by = profile.authorisation.not_by
    found = rules.PASSED
    if actor.person_id == request.requester_person_id:
        found += rules.denied(Reason.SELF_AUTHORISED, "authorisation.not_by")
    if NotBy.OWN_UNIT in not_by and actor.unit == request.requester_unit:
        found += rules.denied(Reason.OWN_UNIT_AUTHORISED, "authorisation.not_by")
    if NotBy.TEAM_MEMBER in not_by and actor.person_id in request.team_person_ids:
        found += rules.denied(Reason.TEAM_AUTHORISED, "authorisation.not_by")
    if actor.force != request.force:
        found += rules.denied(Reason.OTHER_FORCE, "house.force")
    return found


def _life(request: GrantRequest, profile: Profile, at: datetime) -> rules.Findings:
    if request.expires_at <= at:
        return rules.denied(Reason.AUTHORISATION_EXPIRED, "house.authorisation")
    if request.expires_at - at > profile.authorisation.longest:
        return rules.denied(Reason.AUTHORISATION_TOO_LONG, "authorisation.longest_days")
    return rules.PASSED


def _reach(actor: Actor, request: GrantRequest, pieces: tuple[Slice, ...]) -> rules.Findings:
    if not pieces:
        return rules.denied(Reason.PERIOD_EMPTY, "house.period")
    found = rules.PASSED
    open_pieces = [piece for piece in pieces if piece.band is not None]
    if not open_pieces:
        return rules.age(pieces[0])
    for piece in open_pieces:
        if piece.band is not None:
            found += rules.band_category(request.category, piece.band)
            found += rules.authority(piece.band, rank=actor.rank, is_self=False)
    return found
