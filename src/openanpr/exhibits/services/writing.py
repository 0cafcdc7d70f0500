"""Writing a pack from its content, by whichever process: once, however often it is asked for."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from openanpr.audit.services import AuditActor, record_event
from openanpr.config.values import Settings
from openanpr.exhibits import keeping, sealing
from openanpr.exhibits.content import Content, decoded
from openanpr.exhibits.jurisdictions import form_of
from openanpr.exhibits.models import Exhibit
from openanpr.exhibits.packing import files_of
from openanpr.exhibits.services import continuity
from openanpr.exhibits.vocabulary import ExhibitState, Jurisdiction
from openanpr.reads.images import (
    ImageDamagedError,
    ImageKeyMissingError,
    ImageStore,
    image_store,
)

SYSTEM: Final = AuditActor.system("exhibits")


class PackProblem(Exception):
    """The pack cannot be made from what there is; the message is for the person."""


def write_pack(exhibit_id: UUID, *, settings: Settings, at: datetime) -> None:
    """Make and keep the pack of an exhibit that waits for it; nothing where none does.

    Raises ``PackProblem``, ``OSError``.
    """
    store = keeping.packs(settings)
    with transaction.atomic():
        exhibit = (
            Exhibit.objects.select_for_update()
            .filter(id=exhibit_id, state=ExhibitState.ASKED.value)
            .first()
        )
        if exhibit is None:
            return
        data = store.open(exhibit.content_sha256) if exhibit.content_sha256 else None
        if data is None:
            raise PackProblem("What the pack is made from is gone. Make another exhibit.")
        pack = _sealed(decoded(data), settings)
        content_sha256 = exhibit.content_sha256
        exhibit.pack_sha256, exhibit.pack_bytes = store.put(pack), len(pack)
        exhibit.content_sha256, exhibit.made_at = "", at
        exhibit.state = ExhibitState.READY.value
        exhibit.save(
            update_fields=["pack_sha256", "pack_bytes", "content_sha256", "made_at", "state"]
        )
        continuity.add(exhibit, what="Pack made and signed", sha256=exhibit.pack_sha256, at=at)
        record_event(
            verb="exhibit.finish",
            actor=SYSTEM,
            at=at,
            subject=f"exhibit:{exhibit.id}",
            payload={"sha256": exhibit.pack_sha256, "bytes": len(pack)},
        )
    store.remove(content_sha256)


@transaction.atomic
def give_up(exhibit_id: UUID, *, problem: str, at: datetime) -> None:
    """Note that the pack could not be made, and why."""
    waiting = Exhibit.objects.filter(id=exhibit_id, state=ExhibitState.ASKED.value)
    if waiting.update(state=ExhibitState.FAILED.value, problem=problem):
        record_event(
            verb="exhibit.fail",
            actor=SYSTEM,
            at=at,
            subject=f"exhibit:{exhibit_id}",
            reason=problem,
        )


def _sealed(content: Content, settings: Settings) -> bytes:
    images = image_store(settings)
    form = form_of(Jurisdiction(content.jurisdiction), settings)
    files = files_of(content, form, lambda sha256: _picture(images, sha256))
    label = sealing.Label(
        reference=content.reference,
        edition=content.edition,
        investigation=content.investigation,
        made_at=datetime.fromisoformat(content.made_at),
    )
    return sealing.seal(files, label=label, key=sealing.key_of(settings))


def _picture(images: ImageStore, sha256: str) -> bytes | None:
    """A picture that is damaged is left out and named as such; the rest of the pack is made."""
    try:
        return images.open(sha256)
    except (ImageDamagedError, ImageKeyMissingError):
        return None
