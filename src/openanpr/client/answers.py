"""What calls give. Times are aware; places are there as far as the person may know them."""

from datetime import datetime
from uuid import UUID

import msgspec


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """Whom the token acts for, and whether results may leave by it now."""

    person: str
    force: str
    unit: str
    roles: tuple[str, ...]
    program: str
    may_take_out: bool


class Investigation(msgspec.Struct, frozen=True, kw_only=True):
    """An investigation of the person's team."""

    reference: str
    category: str
    title: str
    state: str


class Authorisation(msgspec.Struct, frozen=True, kw_only=True):
    """One request for authority and what came of it; ``marks`` ``None``: any."""

    id: UUID
    state: str
    asked_at: datetime
    captures_from: datetime
    captures_to: datetime
    marks: tuple[str, ...] | None
    valid_from: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None


class FoundRead(msgspec.Struct, frozen=True, kw_only=True):
    """One read. ``pick`` names it for an exhibit, for an hour."""

    id: UUID
    captured_at: datetime
    mark: str
    first_read_as: str
    confidence: float
    area: str
    site: str | None
    latitude: float | None
    longitude: float | None
    direction: str
    came_late: bool
    reader_model: str
    second_readings: tuple[str, ...]
    pick: str


class SearchPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a search, newest reads first.

    ``answer`` is ``allow`` or ``partial``, and ``allowed`` says part by part what that means;
    ``coverage`` says what could have been found. ``after`` is empty on the last page.
    """

    search: UUID
    answer: str
    allowed: tuple[str, ...]
    asked: str
    audit_row: int
    profile: str
    reads: tuple[FoundRead, ...]
    truncated: bool
    after: str
    coverage: tuple[str, ...]


class Exhibit(msgspec.Struct, frozen=True, kw_only=True):
    """An exhibit's record; its pack can be fetched while ``state`` is ``ready``."""

    id: UUID
    investigation: str
    reference: str | None
    state: str
    edition: str
    recipient: str
    reads: int | None
    audit_row: int | None
    pack_sha256: str
    pack_bytes: int | None
