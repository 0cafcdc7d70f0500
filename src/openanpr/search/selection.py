"""Reads picked from a result: tokens that only this program makes, for the person who saw them.

A token names a read by its key, so that what is picked is what was shown, and lasts an hour.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.core import signing

from openanpr.search.store import FoundRead

LIFE: Final = timedelta(hours=1)
_SALT: Final = "openanpr.search.selection"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedRead:
    """One read that the account ``account_id`` was shown by a search for an investigation."""

    id: uuid.UUID
    vrm: str
    captured_at: datetime
    camera_id: int
    investigation_id: uuid.UUID
    account_id: int


def token_of(read: FoundRead, *, investigation_id: uuid.UUID, account_id: int, at: datetime) -> str:
    """The token of a read that is being shown at ``at``."""
    return signing.dumps(
        {
            "r": str(read.id),
            "v": read.vrm,
            "t": (read.captured_at - _EPOCH) // _MICROSECOND,
            "c": read.camera_id,
            "i": str(investigation_id),
            "a": account_id,
            "e": int((at + LIFE).timestamp()),
        },
        salt=_SALT,
    )


def picked(token: str, *, account_id: int, at: datetime) -> PickedRead | None:
    """The read of a token; None for one that is forged, over, or another account's."""
    try:
        said = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    if said["a"] != account_id or at.timestamp() >= said["e"]:
        return None
    return PickedRead(
        id=uuid.UUID(said["r"]),
        vrm=said["v"],
        captured_at=_EPOCH + said["t"] * _MICROSECOND,
        camera_id=said["c"],
        investigation_id=uuid.UUID(said["i"]),
        account_id=said["a"],
    )
