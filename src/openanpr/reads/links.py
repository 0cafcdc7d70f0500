"""Short-lived links to pictures, the only way by which one leaves the store.

The page that was allowed to show a picture mints its link for the person it was shown to; opening
it is audited before a byte is sent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.core import signing
from django.urls import reverse

from openanpr.reads.models import ReadImage

LIFE: Final = timedelta(minutes=5)
_SALT: Final = "openanpr.reads.links"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageLink:
    """What a link gives: one picture, to one account, for one purpose.

    ``sha256`` is the hash that the read names, in hex. ``purpose`` is a typed reference to what the
    picture was shown for, such as ``alert:<id>`` or ``search:<id of the run>``. ``captured_at`` is
    the read's, for purposes that turn on its age.
    """

    account_id: int
    sha256: str
    purpose: str
    captured_at: datetime | None = None


def image_url(link: ImageLink, *, at: datetime) -> str:
    """The address of the picture for the next five minutes."""
    token = signing.dumps(
        {
            "a": link.account_id,
            "h": link.sha256,
            "p": link.purpose,
            "e": int((at + LIFE).timestamp()),
            "c": None if link.captured_at is None else (link.captured_at - _EPOCH) // _MICROSECOND,
        },
        salt=_SALT,
    )
    return reverse("read_image", kwargs={"token": token})


def opened(token: str, *, account_id: int, at: datetime) -> ImageLink | None:
    """The link in ``token``; None for one that is forged, over, or another account's."""
    try:
        said = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    captured = said.get("c")
    link = ImageLink(
        account_id=said["a"],
        sha256=said["h"],
        purpose=said["p"],
        captured_at=None if captured is None else _EPOCH + captured * _MICROSECOND,
    )
    if link.account_id != account_id or at.timestamp() >= said["e"]:
        return None
    return link


def pictures_here(hashes: Iterable[str]) -> Mapping[str, str]:
    """Of these hashes of pictures as reads name them, those that have come: the hash kept, in hex.

    A picture comes after its read, so a page asks this before it shows one.
    """
    found = ReadImage.objects.filter(
        received_sha256__in=[bytes.fromhex(sha256) for sha256 in hashes],
        stored_sha256__isnull=False,
    ).values_list("received_sha256", "stored_sha256")
    return {bytes(received).hex(): bytes(stored or b"").hex() for received, stored in found}
