"""May this person look at one read of this age: the question of the acceptance table."""

from datetime import datetime

from openanpr.access import rules
from openanpr.access.bands import band_of
from openanpr.access.decisions import Decision
from openanpr.access.profile import Profile
from openanpr.access.vocabulary import Action, Category, Rank, RoleFit, Training


def decide_read(
    *,
    captured_at: datetime,
    category: Category,
    authorised_by: Rank | None,
    authoriser_is_self: bool | None,
    training: Training,
    role_fit: RoleFit,
    profile: Profile,
    at: datetime,
) -> Decision:
    """Decide on one read from its age, the purpose, the authority and the person's standing.

    ``authoriser_is_self`` is ``None`` when nobody authorised, or nobody can say who did.
    """
    piece = band_of(captured_at, at=at, profile=profile)
    findings = (
        *rules.training(training, clause=f"actions.{Action.SEARCH}.trained"),
        *rules.role_fit(role_fit, clause=f"actions.{Action.SEARCH}.roles"),
        *rules.purpose(category),
        *rules.age(piece),
    )
    if piece.band is not None:
        findings += rules.band_category(category, piece.band)
        findings += rules.authority(piece.band, rank=authorised_by, is_self=authoriser_is_self)
    return Decision(
        action=Action.SEARCH,
        allowed=not findings,
        findings=findings or rules.yes(piece.band),
        profile=profile.label,
        band=piece.name,
    )
