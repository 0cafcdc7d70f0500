"""Short-lived tickets with which a browser opens the live stream.

The stream is another origin, which the session's cookie never reaches, so the address carries a
ticket instead. It is encrypted, since an address may end in a log and the session's key must not.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

import msgspec
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

LIFE: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Ticket:
    """Whose stream it opens, and the session that must still live."""

    user_id: int
    session_key: str


def issue(ticket: Ticket, *, at: datetime) -> str:
    """The ticket as text for an address, good for a minute from ``at``."""
    body = msgspec.json.encode(ticket)
    return _cipher().encrypt_at_time(body, int(at.timestamp())).decode("ascii")


def verify(text: str, *, at: datetime) -> Ticket | None:
    """The ticket in ``text``; ``None`` when it is not ours or no longer good."""
    try:
        body = _cipher().decrypt_at_time(
            text.encode(), ttl=int(LIFE.total_seconds()), current_time=int(at.timestamp())
        )
        return msgspec.json.decode(body, type=Ticket)
    except (InvalidToken, msgspec.DecodeError):
        return None


@lru_cache(maxsize=1)
def _cipher() -> Fernet:
    key = hashlib.sha256(b"openanpr live ticket\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
