"""Giving a pack out, and letting it go on its day."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from openanpr.audit.services import record_event
from openanpr.config.values import Settings
from openanpr.exhibits import keeping
from openanpr.exhibits.models import Exhibit
from openanpr.exhibits.services import continuity
from openanpr.exhibits.services.writing import SYSTEM
from openanpr.exhibits.vocabulary import ExhibitState
from openanpr.investigations.services.author import Author
from openanpr.investigations.vocabulary import INVESTIGATING

DRAFTS_FOR: Final = timedelta(days=7)
"""Picked reads of which nothing is made are forgotten after that."""


class PackGoneError(Exception):
    """The file of the exhibit is not there."""


def fetch_pack(*, author: Author, exhibit: Exhibit, settings: Settings, at: datetime) -> bytes:
    """The pack, once its taking is committed to the audit and to its continuity.

    Raises ``PackGoneError``; ``django.db.Error`` where the audit cannot be written.
    """
    if exhibit.state != ExhibitState.READY:
        raise PackGoneError
    pack = keeping.packs(settings).open(exhibit.pack_sha256)
    if pack is None:
        raise PackGoneError
    with transaction.atomic(durable=True):
        record_event(
            verb="exhibit.fetch",
            actor=author.acting(INVESTIGATING),
            at=at,
            subject=f"exhibit:{exhibit.id}",
            investigation=exhibit.investigation.reference,
            payload={"reference": exhibit.reference, "sha256": exhibit.pack_sha256},
            **author.origin,
        )
        continuity.add(
            exhibit,
            what="Copy taken out",
            by=author.user.full_name,
            sha256=exhibit.pack_sha256,
            at=at,
        )
    return pack


def remove_old(*, settings: Settings, at: datetime) -> int:
    """Remove files past their day, and drafts that nothing came of; how many."""
    past = Q(state=ExhibitState.DRAFT.value, picked_at__lt=at - DRAFTS_FOR)
    past |= Q(keep_until__lte=at) & ~Q(state=ExhibitState.REMOVED.value)
    found = list(Exhibit.objects.filter(past))
    for exhibit in found:
        _remove(exhibit, settings, at)
    return len(found)


def _remove(exhibit: Exhibit, settings: Settings, at: datetime) -> None:
    store = keeping.packs(settings)
    gone, content = exhibit.pack_sha256, exhibit.content_sha256
    with transaction.atomic():
        exhibit.state = ExhibitState.REMOVED.value
        exhibit.picks, exhibit.vrms, exhibit.content_sha256 = [], [], ""
        exhibit.save(update_fields=["state", "picks", "vrms", "content_sha256"])
        continuity.add(exhibit, what="File removed on its day", sha256=gone, at=at)
        record_event(
            verb="exhibit.remove",
            actor=SYSTEM,
            at=at,
            subject=f"exhibit:{exhibit.id}",
            payload={"sha256": gone},
        )
    for sha256 in (gone, content):
        if sha256:
            store.remove(sha256)
