"""One function a rule: facts in, the findings that speak against it out. No finding means: passed.

Rules never look at each other, so that a denial can give every reason it has. A clause names the
line of the profile that gives the finding; those that begin with ``house.`` hold in every
profile.
"""

from collections.abc import Iterable
from datetime import datetime

from openanpr.access.bands import BEYOND_RETENTION, FUTURE, HELD, Slice
from openanpr.access.decisions import Finding
from openanpr.access.facts import Actor, GrantFacts, InvestigationFacts
from openanpr.access.profile import ActionRule, Band, Profile
from openanpr.access.vocabulary import (
    Action,
    Category,
    NotBy,
    Rank,
    Reason,
    Role,
    RoleFit,
    Training,
)

Findings = tuple[Finding, ...]
PASSED: Findings = ()


def denied(reason: Reason, clause: str) -> Findings:
    """One reason with its clause."""
    return (Finding(reason, clause),)


def training(state: Training, *, clause: str) -> Findings:
    """Only people whose training is valid now."""
    if state is Training.VALID:
        return PASSED
    lapsed = state is Training.LAPSED
    return denied(Reason.TRAINING_LAPSED if lapsed else Reason.NOT_TRAINED, clause)


def role_fit(fit: RoleFit, *, clause: str) -> Findings:
    """Only people whose role needs it."""
    return PASSED if fit is RoleFit.RELEVANT else denied(Reason.ROLE_NOT_RELEVANT, clause)


def may_act(actor: Actor, action: Action, *, profile: Profile) -> Findings:
    """The person: a role that has this action, training where it asks for it, vetting in force."""
    rule = profile.actions.get(action, ActionRule(roles=frozenset(), trained=True))
    clause = f"actions.{action}"
    found = PASSED
    if rule.trained:
        found += training(actor.training, clause=f"{clause}.trained")
    fit = RoleFit.RELEVANT if actor.roles & rule.roles else RoleFit.NONE
    found += role_fit(fit, clause=f"{clause}.roles")
    if not actor.vetted:
        found += denied(Reason.VETTING_LAPSED, "house.vetting")
    return found


def purpose(category: Category) -> Findings:
    """Nobody looks without a purpose."""
    if category is Category.NONE:
        return denied(Reason.PURPOSE_REQUIRED, "house.purpose")
    return PASSED


def stated_reason(words: str) -> Findings:
    """The purpose is also said in words."""
    return PASSED if words.strip() else denied(Reason.PURPOSE_REQUIRED, "house.purpose")


def investigation(facts: InvestigationFacts | None, *, actor: Actor) -> Findings:
    """An open investigation of a known category, of which the person is a member."""
    if facts is None:
        return denied(Reason.PURPOSE_REQUIRED, "house.purpose")
    found = purpose(facts.category)
    if not facts.open:
        found += denied(Reason.INVESTIGATION_CLOSED, "house.investigation")
    if actor.person_id not in facts.member_person_ids:
        found += denied(Reason.NOT_A_MEMBER, "house.investigation")
    return found


def age(piece: Slice) -> Findings:
    """Neither from the future nor past retention."""
    if piece.name == FUTURE:
        return denied(Reason.CAPTURED_IN_THE_FUTURE, "clock_tolerance_seconds")
    if piece.name == BEYOND_RETENTION:
        return denied(Reason.BEYOND_RETENTION, "retention")
    return PASSED


def band_category(category: Category, band: Band) -> Findings:
    """The band is open to this category. (No category at all is ``purpose``'s rule.)"""
    if category is Category.NONE or category in band.categories:
        return PASSED
    return denied(Reason.CATEGORY_NOT_ALLOWED, f"bands.{band.name}.categories")


def band_roles(roles: frozenset[Role], band: Band) -> Findings:
    """The band is open to one of the person's roles."""
    if band.roles is None or roles & band.roles:
        return PASSED
    return denied(Reason.ROLE_NOT_RELEVANT, f"bands.{band.name}.roles")


def authority(band: Band, *, rank: Rank | None, is_self: bool | None) -> Findings:
    """Where the band asks for it: another person of sufficient rank has authorised.

    ``is_self`` is ``None`` when nobody can say who authorised: that authorises nothing.
    """
    if band.lowest_rank is None:
        return PASSED
    clause = f"bands.{band.name}.lowest_rank"
    if rank is None or is_self is None:
        return denied(Reason.AUTHORISATION_REQUIRED, clause)
    found = PASSED
    if rank < band.lowest_rank:
        found += denied(Reason.RANK_TOO_LOW, clause)
    if is_self:
        found += denied(Reason.SELF_AUTHORISED, "authorisation.not_by")
    return found


def grant_life(grant: GrantFacts, *, profile: Profile, at: datetime) -> Findings:
    """The authorisation has begun, has not run out and was not revoked."""
    if at < grant.valid_from:
        return denied(Reason.AUTHORISATION_NOT_STARTED, "house.authorisation")
    found = PASSED
    if at >= grant.expires_at:
        found += denied(Reason.AUTHORISATION_EXPIRED, "house.authorisation")
    elif at - grant.valid_from >= profile.authorisation.longest:
        found += denied(Reason.AUTHORISATION_EXPIRED, "authorisation.longest_days")
    if grant.revoked_at is not None and at >= grant.revoked_at:
        found += denied(Reason.AUTHORISATION_REVOKED, "house.authorisation")
    return found


def grant_authority(grant: GrantFacts, band: Band, *, actor: Actor, profile: Profile) -> Findings:
    """The authoriser's rank reaches the band, and they are nobody whom the profile bars."""
    own = grant.authoriser_person_id in {actor.person_id, grant.requester_person_id}
    found = authority(band, rank=grant.authoriser_rank, is_self=own)
    same_unit = grant.requester_unit is not None and grant.requester_unit == grant.authoriser_unit
    if NotBy.OWN_UNIT in profile.authorisation.not_by and same_unit:
        found += denied(Reason.OWN_UNIT_AUTHORISED, "authorisation.not_by")
    return found


def grant_reach(grant: GrantFacts, piece: Slice, *, actor: Actor) -> Findings:
    """The authorisation covers this stretch of captures and may be used by this person."""
    covers = grant.start <= piece.start and piece.end <= grant.end
    usable = grant.person_ids is None or actor.person_id in grant.person_ids
    if covers and usable:
        return PASSED
    return denied(Reason.OUTSIDE_AUTHORISATION, "house.authorisation-scope")


def yes(band: Band | None) -> Findings:
    """Why an allowed band is allowed; a slice without a band never is."""
    if band is None:
        return PASSED
    clause = f"bands.{band.name}"
    if band.lowest_rank is not None:
        return (Finding(Reason.AUTHORISED, f"{clause}.lowest_rank"),)
    ninety = band.until.days == 90
    return (
        Finding(
            Reason.WITHIN_90_DAYS if ninety else Reason.NO_AUTHORISATION_NEEDED, f"{clause}.until"
        ),
    )


def held(piece: Slice, *, profile: Profile) -> Slice:
    """A stretch past retention that is held for the investigation: judged as the oldest band is."""
    if piece.name != BEYOND_RETENTION:
        return piece
    return Slice(HELD, piece.start, piece.end, profile.bands[-1])


def united(many: Iterable[Findings]) -> Findings:
    """All findings, each once, in their order."""
    return tuple(dict.fromkeys(one for findings in many for one in findings))
