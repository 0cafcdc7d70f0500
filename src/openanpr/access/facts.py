"""Frozen records that a decision is made from: person, question, purpose, authority.

Times are aware datetimes; a naive one is a mistake of the program and raises ``ValueError``.
Periods are half-open: ``start`` is in them and ``end`` is not. In every scope ``None`` means "not
limited" and an empty set means "nothing". Marks are as ``openanpr.vrm`` normalises them (upper
case, no spaces).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from openanpr.access.profile import Band, Profile
from openanpr.access.scope import Scope, ScopePart, joined
from openanpr.access.vocabulary import Appointment, Category, Rank, Role, SearchKind, Training

__all__ = [
    "Actor",
    "AlertFacts",
    "AppointmentFacts",
    "Band",
    "CameraCaseFacts",
    "CheckFacts",
    "FigureFacts",
    "GrantFacts",
    "GrantRequest",
    "InvestigationFacts",
    "ListChangeFacts",
    "Profile",
    "ProfileChangeFacts",
    "RightsFacts",
    "Scope",
    "ScopePart",
    "SearchQuery",
]


def _require_aware(**times: datetime | None) -> None:
    for name, value in times.items():
        if value is not None and value.utcoffset() is None:
            raise ValueError(f"{name} has no time zone; give an aware datetime")


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person who asks, as they stand at the moment of the question.

    ``person_id`` is the human being, ``user_id`` one of their accounts: four eyes are counted in
    persons. ``areas`` are the alert areas of their posting. ``covert_right`` opens covert cameras
    and entries.
    """

    person_id: str
    user_id: str
    force: str
    unit: str
    rank: Rank
    roles: frozenset[Role]
    training: Training
    location_right: bool = False
    areas: frozenset[str] = frozenset()
    covert_right: bool = False
    vetted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigationFacts:
    """What a search is for, and how far that purpose reaches.

    ``has_holds``: reads are kept past retention for this investigation (a CPIA hold).
    """

    reference: str
    category: Category
    open: bool
    member_person_ids: frozenset[str]
    vrms: frozenset[str] | None = None
    camera_areas: frozenset[str] | None = None
    start: datetime | None = None
    end: datetime | None = None
    has_holds: bool = False

    def __post_init__(self) -> None:
        _require_aware(start=self.start, end=self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantFacts:
    """An authorisation as given: by whom, for which reads, and while it lives.

    ``start``/``end`` bound the captures it opens; ``valid_from``/``expires_at`` bound its own life.
    ``person_ids`` are those who may use it (``None``: the investigation's team).
    """

    grant_id: str
    investigation_reference: str
    authoriser_person_id: str
    authoriser_rank: Rank
    valid_from: datetime
    expires_at: datetime
    start: datetime
    end: datetime
    requester_person_id: str | None = None
    requester_unit: str | None = None
    authoriser_unit: str | None = None
    revoked_at: datetime | None = None
    vrms: frozenset[str] | None = None
    camera_areas: frozenset[str] | None = None
    person_ids: frozenset[str] | None = None

    def __post_init__(self) -> None:
        _require_aware(
            valid_from=self.valid_from,
            expires_at=self.expires_at,
            start=self.start,
            end=self.end,
            revoked_at=self.revoked_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What a person asks to see. ``vrm`` and ``vrms`` unite; everything else narrows further.

    ``pattern`` is part of a mark, ``near`` a mark whose possible misreads are wanted,
    ``companions_of`` one whose company is. ``windows`` are the stretches of captures wanted within
    ``[start, end)`` (none given: all of it). ``reason`` is the searcher's own words.
    ``earlier_searches`` counts those for the mark that the profile's rule on following counts, and
    ``surveillance`` says under whose authority it is followed, or why none is needed.
    """

    kind: SearchKind
    start: datetime
    end: datetime
    reason: str
    vrm: str | None = None
    vrms: frozenset[str] | None = None
    pattern: str | None = None
    near: str | None = None
    companions_of: str | None = None
    camera_areas: frozenset[str] | None = None
    camera_ids: frozenset[str] | None = None
    windows: tuple[tuple[datetime, datetime], ...] = ()
    earlier_searches: int = 0
    surveillance: str = ""

    def __post_init__(self) -> None:
        _require_aware(start=self.start, end=self.end)
        for start, end in self.windows:
            _require_aware(start=start, end=end)

    @property
    def marks(self) -> frozenset[str] | None:
        """The marks asked for; ``None`` when the question is not for whole marks alone."""
        if self.vrm is None:
            return self.vrms
        return (self.vrms or frozenset()) | {self.vrm}

    @property
    def periods(self) -> tuple[tuple[datetime, datetime], ...]:
        """The captures wanted, oldest first: the windows within the period, joined."""
        cut = ((max(low, self.start), min(high, self.end)) for low, high in self.windows)
        wanted = [one for one in cut if one[0] < one[1]]
        return joined(wanted) if self.windows else ((self.start, self.end),)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertFacts:
    """An alert and those it was routed to: units by name, or areas in which units work.

    An alert with neither is routed to nobody. ``covert``: its list entry must never reach a patrol.
    """

    force: str
    captured_at: datetime
    units: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    covert: bool = False

    def __post_init__(self) -> None:
        _require_aware(captured_at=self.captured_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRequest:
    """A request for an authorisation, as the authorising officer finds it."""

    investigation_reference: str
    category: Category
    requester_person_id: str
    requester_unit: str
    force: str
    reason: str
    start: datetime
    end: datetime
    expires_at: datetime
    team_person_ids: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        _require_aware(start=self.start, end=self.end, expires_at=self.expires_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListChangeFacts:
    """A change of a vehicle-of-interest list.

    ``proposed_by_person_id`` is ``None`` while the change is only being proposed; once set, the
    actor is the one who would put it in force. ``second_person`` says that this list's changes
    need two people. ``matching``: which marks an entry stands for; of a pattern,
    ``pattern_characters`` are given.
    """

    force: str
    kind: Literal["add", "change", "remove", "review"]
    reason: str
    weed_at: datetime | None
    second_person: bool = False
    proposed_by_person_id: str | None = None
    in_force: bool = True
    matching: Literal["exact", "near", "pattern"] = "exact"
    pattern_characters: int = 0

    def __post_init__(self) -> None:
        _require_aware(weed_at=self.weed_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileChangeFacts:
    """A change of the profile in force: proposed by one person, confirmed by another."""

    proposed_by_person_id: str | None
    effective_at: datetime
    reason: str

    def __post_init__(self) -> None:
        _require_aware(effective_at=self.effective_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentFacts:
    """An act on the account of ``person_id``; ``role`` where a role is given.

    ``in_force``: it would take effect now; otherwise it is only being proposed.
    """

    act: Appointment
    role: Role | None
    person_id: str
    force: str
    proposed_by_person_id: str | None
    in_force: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsFacts:
    """An information request: it opens the reads it concerns to its rights officer."""

    reference: str
    open: bool
    identity_checked: bool
    officer_person_ids: frozenset[str]
    vrms: frozenset[str]
    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        _require_aware(start=self.start, end=self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFacts:
    """What an accuracy check would show beside the plate patch."""

    shows_place: bool
    shows_time: bool
    shows_overview: bool
    allows_look_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFacts:
    """A count that somebody asks for, and the door by which it would leave."""

    published: bool
    period_end: datetime
    whole_force: bool
    small_numbers_protected: bool

    def __post_init__(self) -> None:
        _require_aware(period_end=self.period_end)


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraCaseFacts:
    """The case for a camera, as whoever decides it finds it.

    ``author_person_ids`` wrote or signed any part of it. ``exceptional``: on none of its grounds is
    a camera usual at such a place. ``review_at`` is ``None`` where the answer is to be no.
    """

    force: str
    author_person_ids: frozenset[str]
    reason: str
    exceptional: bool
    complete: bool
    review_at: datetime | None

    def __post_init__(self) -> None:
        _require_aware(review_at=self.review_at)
