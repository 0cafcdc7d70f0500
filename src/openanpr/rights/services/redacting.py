"""The picture of a read as it may leave: all but the plate is painted over."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openanpr.audit.services import record_event
from openanpr.imaging import (
    PATCH_LIMITS,
    EncodeProblem,
    PictureProblem,
    decode,
    find_part,
    only_part,
    overview_jpeg,
    reencode,
)
from openanpr.investigations.services.author import Author
from openanpr.reads.images import ImageDamagedError, ImageKeyMissingError, ImageStore
from openanpr.reads.links import pictures_here
from openanpr.rights.models import FoundRead
from openanpr.rights.pictures import PURPOSE
from openanpr.rights.vocabulary import HANDLING


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """What may leave of a read's pictures, as JPEG; ``None`` for what can't."""

    plate: bytes | None = None
    scene: bytes | None = None


def redacted(read: FoundRead, store: ImageStore) -> Redacted:
    """The plate's own picture, and the scene with everything but that plate painted over.

    No scene leaves in which the plate can't be found.
    """
    patch, overview = _stored(read.patch_hash, store), _stored(read.overview_hash, store)
    if patch is None:
        return Redacted()
    try:
        plate = reencode(patch, limits=PATCH_LIMITS)
        if overview is None:
            return Redacted(plate=plate)
        scene = decode(overview)
        keep = find_part(scene, decode(patch))
        if keep is None:
            return Redacted(plate=plate)
        return Redacted(plate=plate, scene=overview_jpeg(only_part(scene, keep)))
    except (PictureProblem, EncodeProblem):
        return Redacted()


@transaction.atomic
def record_view(*, author: Author, read: FoundRead, at: datetime) -> None:
    """Write down that somebody is shown the blacked-out picture of a read."""
    shown = read.overview_hash or read.patch_hash
    record_event(
        verb="image.view",
        actor=author.acting(HANDLING),
        at=at,
        subject=f"{PURPOSE}:{read.request_id}",
        payload={"image": bytes(shown).hex() if shown else ""},
        **author.origin,
    )


def _stored(sha256: bytes | memoryview | None, store: ImageStore) -> bytes | None:
    if sha256 is None:
        return None
    name = bytes(sha256).hex()
    kept = pictures_here([name]).get(name)
    if kept is None:
        return None
    try:
        return store.open(kept)
    except (ImageDamagedError, ImageKeyMissingError, OSError):
        return None
