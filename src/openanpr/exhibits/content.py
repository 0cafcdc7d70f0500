"""What a pack is made from: everything that it says, before it is written in any form.

Plain data, so that a pack can be made later, by another process, from exactly what was recorded.
"""

from datetime import datetime
from typing import Final

import msgspec

from openanpr.search.exporting import ExportedRead

LIMITS: Final = (
    "A read is what a system took a number plate to say. It shows a plate, not who drove, and a "
    "plate may be false, cloned or misread: compare each with its picture.",
    "That a vehicle was not read does not show that it was not there: cameras miss vehicles, and "
    "the table of cameras says when each was known not to be watching.",
    "Times are those of the camera's reader in UTC. How far its clock was off when that was last "
    "measured is in the table of cameras and, where it was measured, with the read.",
    "A reader's confidence is its own estimate. It is no finding that the mark is right.",
)


class PackedRead(msgspec.Struct, frozen=True, kw_only=True):
    """One read: as in every export, and what the pack adds. Pictures are named by the hash kept."""

    line: ExportedRead
    clock_offset_ms: float | None
    patch: str | None
    overview: str | None
    patch_received: str | None
    overview_received: str | None
    alternatives: list[tuple[str, float]]
    second_readings: list[str]


class PackedCamera(msgspec.Struct, frozen=True, kw_only=True):
    """One camera: its state and clock at the time of making, its known gaps in the period."""

    name: str
    area: str
    state: str
    fault: str
    last_heard_at: str
    clock_offset_ms: float | None
    gaps: list[tuple[str, str, str]]


class PackedGrant(msgspec.Struct, frozen=True, kw_only=True):
    """One authorisation that the decision rested on."""

    grant: str
    authoriser: str
    rank: str
    valid_from: str
    expires_at: str
    captures_from: str
    captures_to: str


class PackedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A list entry that a read matched, as it stood at that moment."""

    read_id: str
    how: str
    snapshot: int
    entry: dict[str, object]


class PackedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the continuity."""

    at: str
    by: str
    what: str
    note: str


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """All of it. Times are ISO 8601 in UTC; ``audit`` are rows as in an export of the audit."""

    exhibit_id: str
    reference: str
    edition: str
    jurisdiction: str
    investigation: str
    category: str
    force: str
    maker: str
    maker_rank: str
    maker_unit: str
    trained_until: str
    recipient: str
    reason: str
    marking: str
    made_at: str
    zone: str
    captured_from: str
    captured_to: str
    asked: str
    profile: str
    allowed: list[str]
    picked: int
    export: int
    digest: str
    exact: bool
    reads: list[PackedRead]
    cameras: list[PackedCamera]
    grants: list[PackedGrant]
    entries: list[PackedEntry]
    audit: list[dict[str, object]]
    continuity: list[PackedEvent]
    disclosure_body: str
    complaints_body: str


def shown(moment: str) -> str:
    """An instant of the content as a paper shows it: to the millisecond, in UTC."""
    if not moment:
        return ""
    at = datetime.fromisoformat(moment)
    return f"{at:%Y-%m-%d %H:%M:%S}.{at.microsecond // 1000:03d}"


def encoded(content: Content) -> bytes:
    """The content as JSON."""
    return msgspec.json.encode(content)


def decoded(data: bytes) -> Content:
    """The content of ``encoded``. Raises ``msgspec.ValidationError``."""
    return msgspec.json.decode(data, type=Content)
