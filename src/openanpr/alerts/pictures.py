"""The pictures of a hit, by links that are good for this person and a few minutes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from openanpr.accounts.models import User
from openanpr.accounts.queries import actor_of
from openanpr.alerts.models import Alert
from openanpr.alerts.queries import find_alert, hits_of, shown_to
from openanpr.policy.queries import profile_in_force
from openanpr.reads.links import ImageLink, image_url, pictures_here

PURPOSE = "alert"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """Addresses of the plate patch and of the overview; empty for one that is not here.

    ``awaited``: the read names a picture that has not arrived; pictures come after their read.
    """

    patch: str
    overview: str
    awaited: bool


def pictures_of(alert: Alert, *, user: User, at: datetime) -> Pictures:
    """The pictures of the newest hit. Ask only for an alert that this person may open."""
    hit = alert.latest_hit
    named = [bytes(one).hex() if one else "" for one in (hit.patch_hash, hit.overview_hash)]
    here = pictures_here([sha256 for sha256 in named if sha256])

    def address(sha256: str) -> str:
        if sha256 not in here:
            return ""
        link = ImageLink(account_id=user.pk, sha256=sha256, purpose=f"{PURPOSE}:{alert.id}")
        return image_url(link, at=at)

    return Pictures(
        patch=address(named[0]),
        overview=address(named[1]),
        awaited=any(sha256 and sha256 not in here for sha256 in named),
    )


def may_see(link: ImageLink, user: User, at: datetime) -> bool:
    """Whether this person may open the alert at ``at``, and the picture is of one of its hits."""
    alert = find_alert(UUID(link.purpose.partition(":")[2]))
    if alert is None:
        return False
    shown = shown_to(alert, actor=actor_of(user, at=at), profile=profile_in_force(at=at), at=at)
    sha256 = bytes.fromhex(link.sha256)
    return shown is not None and any(
        sha256 in {bytes(one) for one in (hit.patch_hash, hit.overview_hash) if one}
        for hit in hits_of(alert)
    )
