"""Lists that a patrol car holds, so that it matches without the network, and what it alerted to.

A car posts to `/v1/car-lists` what it holds and gets what differs; to `/v1/car-alerts` what its
crew was shown. Entries are dealt into 256 parts by their mark; equal digests mean equal parts.
"""

import hashlib
import uuid
from collections.abc import Iterable
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from openanpr.vrm import canonical
from openanpr.wire.reads import Instant, Mark

HELD_SCHEMA: Final = "openanpr.car-lists-held.v1"
LISTS_SCHEMA: Final = "openanpr.car-lists.v1"
ALERTS_SCHEMA: Final = "openanpr.car-alerts.v1"

Part = Annotated[str, Meta(pattern=r"^[0-9a-f]{2}$(?!\n)")]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$(?!\n)")]


class CarEntry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A vehicle of interest as a crew may see it. `priority` 1 is the most urgent."""

    id: uuid.UUID
    vrm: Mark
    action: str
    priority: int
    list_name: str
    reason: str
    valid_from: Instant
    until: Instant
    warning_markers: tuple[str, ...] = ()
    make: str = ""
    model: str = ""
    colour: str = ""
    information: str = ""


class CarListsHeld(Struct, frozen=True, kw_only=True):
    """What a car holds: the digest of each part that is not empty."""

    parts: Annotated[dict[Part, Digest], Meta(max_length=256)]
    schema: Literal["openanpr.car-lists-held.v1"] = HELD_SCHEMA


class CarLists(Struct, frozen=True, kw_only=True):
    """The digests of all parts as they are now, and the entries of those that differ.

    Not all that differ need come at once: the car asks again while `more`. It forgets everything
    at `keep_until`, unless it hears again before.
    """

    keep_until: Instant
    parts: dict[Part, Digest]
    entries: dict[Part, tuple[CarEntry, ...]]
    more: bool = False
    schema: Literal["openanpr.car-lists.v1"] = LISTS_SCHEMA


class CarAlert(Struct, frozen=True, kw_only=True):
    """One alert that a car gave by itself: which read met which entry, and when it was shown."""

    id: uuid.UUID
    read: uuid.UUID
    entry: uuid.UUID
    shown_at: Instant


class CarAlerts(Struct, frozen=True, kw_only=True):
    """Alerts of a car, told when the network is back."""

    alerts: Annotated[tuple[CarAlert, ...], Meta(min_length=1, max_length=100)]
    schema: Literal["openanpr.car-alerts.v1"] = ALERTS_SCHEMA


class CarAlertsAck(Struct, frozen=True, kw_only=True):
    """How many alerts were written down."""

    noted: int


def part_of(vrm: str) -> str:
    """The part, 00 to ff, that an entry with this mark belongs to; folded marks share theirs."""
    return hashlib.sha256(canonical(vrm).encode()).hexdigest()[:2]


def digest_of(entries: Iterable[CarEntry]) -> str:
    """What two equal parts have in common, whatever the order of their entries."""
    whole = hashlib.sha256()
    for entry in sorted(entries, key=lambda entry: entry.id):
        whole.update(hashlib.sha256(msgspec.json.encode(entry)).digest())
    return whole.hexdigest()[:32]
