"""What travels: every field typed and bounded, so that a wrong call is answered in words."""

import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, StringConstraints

_FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LAST: Final = datetime(2100, 1, 1, tzinfo=UTC)


def _sound(text: str) -> str:
    """Text that can be stored: no control characters, no halves of characters."""
    if any(unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\t" for one in text):
        raise ValueError("it holds characters that are no text")
    return text


def _moment(value: datetime) -> datetime:
    if not _FIRST <= value < _LAST:
        raise ValueError("it is not between the years 2000 and 2100")
    return value


_STRIPPED: Final = StringConstraints(strip_whitespace=True, min_length=1)
Words = Annotated[str, _STRIPPED, StringConstraints(max_length=1000), AfterValidator(_sound)]
Mark = Annotated[str, _STRIPPED, StringConstraints(max_length=20), AfterValidator(_sound)]
Reference = Annotated[str, _STRIPPED, StringConstraints(max_length=100), AfterValidator(_sound)]
Name = Annotated[str, _STRIPPED, StringConstraints(max_length=200), AfterValidator(_sound)]
Moment = Annotated[AwareDatetime, AfterValidator(_moment)]
CameraNumber = Annotated[int, Field(ge=1, le=2**31 - 1)]


class _Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """Why a call was not answered. ``reasons`` are those of the access policy, in words."""

    detail: str
    reasons: list[str] = []


class Me(Schema):
    """Whom the token acts for, and what it may do now."""

    person: str
    force: str
    unit: str
    roles: list[str]
    program: str
    may_take_out: bool


class InvestigationOut(Schema):
    """An investigation of the person's team."""

    reference: str
    category: str
    title: str
    state: str


class AuthorisationOut(Schema):
    """One request for authority and what came of it."""

    id: UUID
    state: str
    asked_at: datetime
    captures_from: datetime
    captures_to: datetime
    marks: list[str] | None
    valid_from: datetime | None = None
    expires_at: datetime | None = None
    revoked_at: datetime | None = None


class SearchIn(_Strict):
    """A question: of one mark, several, part of one, or of cameras. Half-open period."""

    investigation: Reference
    reason: Words
    kind: Literal["mark", "marks", "part", "place"]
    captured_from: Moment
    captured_to: Moment
    mark: Mark | None = None
    marks: list[Mark] | None = Field(default=None, max_length=2000)
    pattern: Mark | None = None
    cameras: list[CameraNumber] | None = Field(default=None, max_length=1000)
    areas: list[Reference] | None = Field(default=None, max_length=100)
    look_alikes: bool = True
    misreads: bool = False
    surveillance: Annotated[str, StringConstraints(max_length=500), AfterValidator(_sound)] = ""
    most: int = Field(default=200, ge=1, le=200)


class MoreIn(_Strict):
    """The next page of a search of one's own."""

    search: UUID
    after: Annotated[str, StringConstraints(max_length=500)]


class ReadOut(Schema):
    """One read. ``pick`` names it for an exhibit, for an hour. Places as far as one may know."""

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
    second_readings: list[str]
    pick: str


class SearchOut(Schema):
    """What was found, what was allowed, and what nothing found would mean."""

    search: UUID
    answer: str
    allowed: list[str]
    asked: str
    audit_row: int
    profile: str
    reads: list[ReadOut]
    truncated: bool
    after: str
    coverage: list[str]


class ExhibitIn(_Strict):
    """Reads picked from results, and for whom and why a pack is made of them."""

    investigation: Reference
    reason: Words
    recipient: Name
    edition: Literal["open", "sensitive"] = "open"
    jurisdiction: Literal["england-and-wales", "scotland", "northern-ireland"] | None = None
    initials: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,5}$")]
    keep_days: int | None = Field(default=None, ge=1, le=3650)
    picks: list[Annotated[str, StringConstraints(max_length=1000)]] = Field(
        min_length=1, max_length=1000
    )


class ExhibitOut(Schema):
    """An exhibit: its record, and whether its pack is ready."""

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
