"""Reading proposals of a change of the profile, and what they would change."""

from datetime import datetime
from uuid import UUID

from openanpr.access.differences import Difference, differences
from openanpr.access.facts import Profile
from openanpr.access.profiles import parse_profile
from openanpr.policy.models import ProfileProposal, ProfileVersion
from openanpr.policy.queries import profile_in_force


def waiting() -> list[ProfileProposal]:
    """The proposals that nobody has answered, oldest first."""
    return list(ProfileProposal.objects.filter(state="proposed").order_by("proposed_at"))


def proposal_with(proposal_id: UUID) -> ProfileProposal | None:
    """One proposal, in whatever state."""
    return ProfileProposal.objects.filter(pk=proposal_id).first()


def versions() -> list[ProfileVersion]:
    """Every version that is, was or will be in force, newest first."""
    return list(ProfileVersion.objects.order_by("-takes_effect_at"))


def would_change(toml: str, *, against: Profile) -> tuple[Difference, ...]:
    """What a checked table changes against ``against``."""
    return differences(against, parse_profile(toml, source="proposal"))


def in_force_before(version: ProfileVersion) -> ProfileVersion | None:
    """The version that ``version`` followed or will follow."""
    earlier = ProfileVersion.objects.filter(takes_effect_at__lt=version.takes_effect_at)
    return earlier.order_by("-takes_effect_at").first()


def base_of(proposal: ProfileProposal, *, at: datetime) -> Profile:
    """What a proposal is compared with: what will be in force just before it begins."""
    return profile_in_force(at=max(proposal.takes_effect_at, at))
