"""What a picture was shown for, asked again when its link is opened.

A role, a training, a posting or a grant may end between the page and the picture. The app that
showed it registers here who may still see it; a purpose that nobody registered opens nothing.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from openanpr.accounts.models import User
from openanpr.policy.queries import NoProfileError
from openanpr.reads.links import ImageLink

Check = Callable[[ImageLink, User, datetime], bool]
CHECKS: Final[dict[str, Check]] = {}


def register(kind: str, check: Check) -> None:
    """Let ``check`` decide on links whose purpose is ``<kind>:<id>``."""
    CHECKS[kind] = check


def still_allowed(link: ImageLink, *, user: User, at: datetime) -> bool:
    """Whether this person may see the picture now; where nobody can say, they may not."""
    check = CHECKS.get(link.purpose.partition(":")[0])
    try:
        return check is not None and check(link, user, at)
    except (NoProfileError, ValueError):
        return False
