"""Showing a picture: recorded first, then read."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openanpr.accounts.models import User
from openanpr.audit.origin import Origin
from openanpr.audit.services import AuditActor, record_event
from openanpr.reads.images import ImageDamagedError, ImageKeyMissingError, ImageStore
from openanpr.reads.links import ImageLink, opened, pictures_here
from openanpr.reads.purposes import still_allowed

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NoPicture:
    """No picture is shown. ``expected`` says that it may still come from the reader."""

    reason: str
    expected: bool = False


def show_picture(
    *,
    token: str,
    user: User,
    store: ImageStore,
    at: datetime,
    origin: Origin,
) -> bytes | NoPicture:
    """The picture behind a link, as JPEG, once its viewing is committed to the audit.

    Whether ``user`` may see it is decided anew, as they stand at ``at``.

    Raises ``django.db.Error`` where the audit cannot be written: then nothing is shown.
    """
    link = opened(token, account_id=user.pk, at=at)
    if link is None:
        _record_refusal(user, None, at=at, origin=origin)
        return NoPicture("This link to a picture is over or was made for somebody else.")
    if not still_allowed(link, user=user, at=at):
        _record_refusal(user, link, at=at, origin=origin)
        return NoPicture("You may not see this picture any more.")
    kept = pictures_here([link.sha256]).get(link.sha256)
    if kept is None:
        return NoPicture("The picture has not come from the camera yet.", expected=True)
    with transaction.atomic():
        record_event(
            verb="image.view",
            actor=AuditActor.person(user),
            at=at,
            subject=link.purpose,
            payload={"image": kept},
            **origin,
        )
    return _from(store, kept)


def _from(store: ImageStore, kept: str) -> bytes | NoPicture:
    try:
        content = store.open(kept)
    except ImageDamagedError:
        _log.error("picture %s was changed or cut in its store", kept)
        return NoPicture("The stored picture was changed or damaged, so it is not shown.")
    except (ImageKeyMissingError, OSError) as problem:
        _log.error("picture %s cannot be read: %s", kept, problem)
        return NoPicture("The picture cannot be read now. Tell your system manager.")
    return NoPicture("The picture is no longer in the store.") if content is None else content


def _record_refusal(user: User, link: ImageLink | None, *, at: datetime, origin: Origin) -> None:
    with transaction.atomic():
        record_event(
            verb="image.refuse",
            actor=AuditActor.person(user),
            at=at,
            subject=link.purpose if link is not None else "",
            decision="deny",
            **origin,
        )
