"""Seeding of one camera that is proposed, with its case before the public."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from openanpr.accounts.models import User
from openanpr.accounts.queries import actor_of
from openanpr.cameras.models import Camera, Site
from openanpr.cameras.services import NewCamera, register_camera
from openanpr.demo.places import FEED
from openanpr.demo.seed_force import SEEDER
from openanpr.governance.models import CameraCase
from openanpr.governance.services.consulting import open_consultation
from openanpr.governance.services.writing import name_cameras, open_case, save_part
from openanpr.investigations.services.author import Author

TITLE: Final = "The road into the town from the east"
_WHY: Final = "Stolen vehicles leave the town by this road, and no camera covers it"
_SOURCE: Final = 7
_OPEN_FOR: Final = timedelta(days=28)
_PARTS: Final[Mapping[str, Mapping[str, Any]]] = {
    "place": {
        "road": "major",
        "view": "The carriageway and a strip of the verge",
        "why_here": "Most vehicles stolen in the town leave it by this road",
        "deployment": "lasting",
    },
    "need": {"grounds": ["serious"], "said_serious": _WHY},
    "overlap": {"overlap": "None: the next camera stands on another road", "gap": _WHY},
    "screening": {
        **dict.fromkeys(("sensitive", "combined", "others", "intrusive"), "no"),
        "new_people": "yes",
        "why": "People who drive there are not recorded now",
    },
    "assessment": {
        "flows": "Marks and pictures go to the store of this force",
        "necessity": "Nothing less intrusive finds vehicles that are stolen",
        "proportionality": "Many are recorded, few are looked at by anybody",
        "risks": "People who did nothing are recorded for two years",
        "mitigations": "Nobody looks without a purpose that is recorded",
        "residual": "low",
        "accepted": "What remains is small beside what it prevents",
    },
    "consultation": {"asks": "yes", "interested": "The parish council and residents of the area"},
    "public": {
        "area": "Fenbridge, east",
        "purpose": "To find stolen vehicles that leave the town, and people at risk.",
        "summary": (
            "The camera would read the plates of passing vehicles on one main road. Marks and "
            "pictures would be kept for two years and then removed. It would not measure speed."
        ),
    },
}


def ensure_consultation(manager: User, *, at: datetime) -> None:
    """Make the case and open its consultation, where it is not there yet."""
    author = Author(user=manager, actor=actor_of(manager, at=at))
    if CameraCase.objects.filter(title=TITLE).exists():
        return
    camera = _proposed(at=at)
    case = open_case(author=author, title=TITLE, reason=_WHY, at=at)
    for part, answers in _PARTS.items():
        save_part(author=author, case_id=case.id, part=part, answers=answers, complete=True, at=at)
    name_cameras(author=author, case_id=case.id, camera_ids=frozenset({camera.id}), at=at)
    open_consultation(
        author=author, case_id=case.id, until=at + _OPEN_FOR, reason="The case is complete", at=at
    )


def _proposed(*, at: datetime) -> Camera:
    site = Site.objects.order_by("code")[0]
    return register_camera(
        camera=NewCamera(
            name="Proposed: east road",
            feed_id=FEED,
            source_id=_SOURCE,
            camera_number=1,
            area_name=site.area_name,
            site_id=site.id,
            direction="outbound",
        ),
        actor=SEEDER,
        reason="Proposed in the demonstration",
        at=at,
    )
