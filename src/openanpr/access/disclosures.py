"""What leaves by another door than a search: audit, figures, rights, checks."""

from datetime import datetime

from openanpr.access import rules
from openanpr.access.bands import band_of, utc
from openanpr.access.decisions import Decision, Finding
from openanpr.access.facts import Actor, CheckFacts, FigureFacts, RightsFacts
from openanpr.access.profile import Profile
from openanpr.access.vocabulary import Action, Reason


def decide_audit_view(
    *,
    actor: Actor,
    record_person_id: str,
    shows_reads: bool,
    profile: Profile,
    at: datetime,
) -> Decision:
    """Decide on seeing an audit record of what the person ``record_person_id`` did.

    Everybody sees their own record; auditors see everybody's. Nobody sees reads in it
    (``shows_reads``). ``at`` is taken as everywhere, though no rule here turns on it.
    """
    utc(at)
    own = actor.person_id == record_person_id
    found = rules.PASSED if own else rules.may_act(actor, Action.AUDIT_VIEW, profile=profile)
    if shows_reads:
        found += rules.denied(Reason.READS_NOT_SHOWN_TO_AUDIT, "house.audit")
    if own and not found:
        found_own = (Finding(Reason.OWN_RECORD, "house.own-record"),)
        return Decision(
            action=Action.AUDIT_VIEW, allowed=True, findings=found_own, profile=profile.label
        )
    return _decided(Action.AUDIT_VIEW, found, profile)


def decide_count(
    *, actor: Actor | None, figure: FigureFacts, profile: Profile, at: datetime
) -> Decision:
    """Decide on letting a count out. Only published figures leave: late, whole-force, protected.

    ``actor`` is ``None`` for the public; who asks opens nothing more.
    """
    found = rules.PASSED
    if not figure.published:
        found += rules.denied(Reason.ONLY_AS_PUBLISHED_FIGURE, "house.figures")
    if utc(at) - utc(figure.period_end) < profile.limits.figure_delay:
        found += rules.denied(Reason.FIGURE_TOO_RECENT, "limits.figure_delay_hours")
    if not (figure.whole_force and figure.small_numbers_protected):
        found += rules.denied(Reason.FIGURE_TOO_FINE, "house.figures")
    return _decided(Action.COUNT, found, profile)


def decide_rights(
    *,
    actor: Actor,
    request: RightsFacts,
    vrm: str,
    captured_at: datetime,
    profile: Profile,
    at: datetime,
) -> Decision:
    """Decide whether a rights officer may see a read: one that the request concerns."""
    found = rules.may_act(actor, Action.RIGHTS, profile=profile)
    if not request.open:
        found += rules.denied(Reason.REQUEST_NOT_OPEN, "house.rights")
    if not request.identity_checked:
        found += rules.denied(Reason.IDENTITY_NOT_CHECKED, "house.rights")
    concerned = (
        actor.person_id in request.officer_person_ids
        and vrm in request.vrms
        and request.start <= captured_at < request.end
    )
    if not concerned:
        found += rules.denied(Reason.OUTSIDE_REQUEST, "house.rights")
    piece = band_of(captured_at, at=at, profile=profile)
    found += rules.age(piece)
    return _decided(Action.RIGHTS, found, profile, band=piece.name)


def decide_check(
    *, actor: Actor, check: CheckFacts, captured_at: datetime, profile: Profile, at: datetime
) -> Decision:
    """Decide on showing a plate patch to an accuracy checker: the patch, and nothing beside it."""
    found = rules.may_act(actor, Action.CHECK, profile=profile)
    if check.shows_place or check.shows_time or check.shows_overview or check.allows_look_up:
        found += rules.denied(Reason.MORE_THAN_THE_PLATE, "house.checks")
    piece = band_of(captured_at, at=at, profile=profile)
    found += rules.age(piece)
    return _decided(Action.CHECK, found, profile, band=piece.name)


def _decided(
    action: Action,
    found: rules.Findings,
    profile: Profile,
    *,
    band: str | None = None,
) -> Decision:
    permitted = (Finding(Reason.PERMITTED_BY_ROLE, f"actions.{action}.roles"),)
    return Decision(
        action=action,
        allowed=not found,
        findings=found or permitted,
        profile=profile.label,
        band=band,
    )
