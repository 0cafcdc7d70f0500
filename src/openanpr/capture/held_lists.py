"""The lists that a patrol car holds: sealed on its disk, opened in memory, forgotten in time.

Sealed with AES-256-GCM under a key derived (HKDF-SHA256) from the agent's own private key: a copy
of the file, or of a disk from which the key was taken away, says nothing.
"""

import logging
import os
import secrets
import threading
import uuid
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from openanpr.vrm import canonical
from openanpr.wire.car_lists import CarEntry, CarLists, CarListsHeld, digest_of

_log = logging.getLogger(__name__)

_MAGIC: Final = b"OANPRCAR1"
_NONCE_BYTES: Final = 12


class _Held(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed. ``heard_at`` is the server's time at the last word from it."""

    heard_at: datetime
    keep_until: datetime
    parts: dict[str, tuple[CarEntry, ...]]


class HeldLists:
    """A car's lists. Safe to use from several threads."""

    def __init__(self, path: Path, *, key: Ed25519PrivateKey, reader: uuid.UUID) -> None:
        """Open what an earlier run sealed at ``path``; nothing is held where there is none."""
        self._path = path
        self._lock = threading.Lock()
        self._reader = reader.bytes
        self._cipher = AESGCM(
            HKDF(SHA256(), 32, salt=None, info=b"openanpr held lists v1").derive(
                key.private_bytes_raw()
            )
        )
        self._held: _Held | None = None
        self._by_mark: Mapping[str, tuple[CarEntry, ...]] = {}
        self._take(self._opened())

    def held(self, *, at: datetime) -> CarListsHeld:
        """What is held, as the back office is asked with."""
        self._forget_in_time(at)
        with self._lock:
            parts = {} if self._held is None else self._held.parts
            return CarListsHeld(parts={name: digest_of(part) for name, part in parts.items()})

    def update(self, told: CarLists, *, heard_at: datetime) -> bool:
        """Take in an answer; False where what came is not what its digests say."""
        for name, entries in told.entries.items():
            if digest_of(entries) != told.parts.get(name):
                return False
        with self._lock:
            known = {} if self._held is None else self._held.parts
            parts = {
                name: part for name, part in {**known, **told.entries}.items() if name in told.parts
            }
            held = _Held(heard_at=heard_at, keep_until=told.keep_until, parts=parts)
            self._seal(held)
            self._take(held)
        return True

    def match(self, vrm: str, *, at: datetime) -> tuple[CarEntry, ...]:
        """The entries that this mark meets now, the most urgent first."""
        self._forget_in_time(at)
        with self._lock:
            found = self._by_mark.get(canonical(vrm), ())
        now = self._not_before_heard(at)
        in_force = (entry for entry in found if entry.valid_from <= now < entry.until)
        return tuple(sorted(in_force, key=lambda entry: (entry.priority, entry.id)))

    def state(self, *, at: datetime) -> tuple[int, datetime | None, datetime | None]:
        """How many entries are held, when the back office was last heard, and until when."""
        self._forget_in_time(at)
        with self._lock:
            if self._held is None:
                return 0, None, None
            count = sum(len(part) for part in self._held.parts.values())
            return count, self._held.heard_at, self._held.keep_until

    def wipe(self) -> None:
        """Forget everything, on the disk too."""
        with self._lock:
            self._take(None)
            with suppress(FileNotFoundError):
                self._path.unlink()

    def _not_before_heard(self, at: datetime) -> datetime:
        """A clock that was set back must not lengthen what may be held."""
        held = self._held
        return at if held is None else max(at, held.heard_at)

    def _forget_in_time(self, at: datetime) -> None:
        held = self._held
        if held is not None and self._not_before_heard(at) >= held.keep_until:
            _log.warning("the lists held are too old and were forgotten")
            self.wipe()

    def _take(self, held: _Held | None) -> None:
        by_mark: dict[str, list[CarEntry]] = defaultdict(list)
        for part in () if held is None else held.parts.values():
            for entry in part:
                by_mark[canonical(entry.vrm)].append(entry)
        self._held = held
        self._by_mark = {mark: tuple(entries) for mark, entries in by_mark.items()}

    def _seal(self, held: _Held) -> None:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, msgspec.msgpack.encode(held), self._reader)
        beside = self._path.with_suffix(".new")
        beside.touch(mode=0o600)
        with beside.open("wb") as file:
            file.write(_MAGIC + nonce + sealed)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)

    def _opened(self) -> _Held | None:
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return None
        body = data.removeprefix(_MAGIC)
        nonce, sealed = body[:_NONCE_BYTES], body[_NONCE_BYTES:]
        try:
            plain = self._cipher.decrypt(nonce, sealed, self._reader)
            return msgspec.msgpack.decode(plain, type=_Held)
        except (InvalidTag, ValueError, msgspec.DecodeError):
            _log.error("the lists held in %s cannot be opened; they are asked for anew", self._path)
            return None
