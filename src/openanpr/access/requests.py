"""Information requests: who handles one, how far its search reaches, who saw a read."""

from dataclasses import dataclass
from datetime import datetime

from openanpr.access import rules
from openanpr.access.bands import split, utc
from openanpr.access.decisions import Decision, Finding
from openanpr.access.disclosures import decide_audit_view, decide_rights
from openanpr.access.facts import Actor, RightsFacts
from openanpr.access.profile import Profile
from openanpr.access.vocabulary import Action, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSearch:
    """The answer to a search for one request: captures of ``[start, end)`` and nothing else.

    ``start`` and ``end`` are ``None`` exactly when nothing is allowed. ``cut``: part of the
    request's period lies past retention or ahead of the clock, and is left out.
    """

    decision: Decision
    start: datetime | None = None
    end: datetime | None = None
    cut: bool = False


def decide_request_step(
    *,
    actor: Actor,
    officer_person_ids: frozenset[str],
    taking: bool,
    profile: Profile,
    at: datetime,
) -> Decision:
    """Decide on a step of an information request: its officer's, or taking it over (``taking``)."""
    utc(at)
    found = rules.may_act(actor, Action.RIGHTS, profile=profile)
    if not taking and actor.person_id not in officer_person_ids:
        found += rules.denied(Reason.OUTSIDE_REQUEST, "house.rights")
    return _decided(found, profile)


def decide_request_search(
    *, actor: Actor, request: RightsFacts, profile: Profile, at: datetime
) -> RequestSearch:
    """Decide on looking for the reads that a request concerns: those of its checked marks.

    The request's period is cut to what is within retention. A search of another band needs no
    other authority: the law, not an investigation, is what it is for.
    """
    found = rules.may_act(actor, Action.RIGHTS, profile=profile)
    if not request.open:
        found += rules.denied(Reason.REQUEST_NOT_OPEN, "house.rights")
    if not request.identity_checked:
        found += rules.denied(Reason.IDENTITY_NOT_CHECKED, "house.rights")
    if actor.person_id not in request.officer_person_ids or not request.vrms:
        found += rules.denied(Reason.OUTSIDE_REQUEST, "house.rights")
    pieces = split(request.start, request.end, at=at, profile=profile)
    within = [one for one in pieces if one.band is not None]
    if not pieces:
        found += rules.denied(Reason.PERIOD_EMPTY, "house.period")
    elif not within:
        found += rules.united(rules.age(one) for one in pieces)
    decision = _decided(found, profile)
    if found:
        return RequestSearch(decision=decision)
    start, end = within[0].start, within[-1].end
    cut = (start, end) != (utc(request.start), utc(request.end))
    return RequestSearch(decision=decision, start=start, end=end, cut=cut)


def decide_viewers(
    *,
    actor: Actor,
    request: RightsFacts | None,
    vrm: str,
    captured_at: datetime,
    profile: Profile,
    at: datetime,
) -> Decision:
    """Decide on seeing who ever saw one read, and why.

    Auditors, for any read, by its reference; a rights officer only for a read that their open
    request concerns (``request``; ``None``: asked for outside any).
    """
    by_audit = decide_audit_view(
        actor=actor, record_person_id="", shows_reads=False, profile=profile, at=at
    )
    if by_audit.allowed or request is None:
        return by_audit
    return decide_rights(
        actor=actor, request=request, vrm=vrm, captured_at=captured_at, profile=profile, at=at
    )


def _decided(found: rules.Findings, profile: Profile) -> Decision:
    permitted = (Finding(Reason.PERMITTED_BY_ROLE, f"actions.{Action.RIGHTS}.roles"),)
    return Decision(
        action=Action.RIGHTS,
        allowed=not found,
        findings=found or permitted,
        profile=profile.label,
    )
