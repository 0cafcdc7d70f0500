"""A force's rules as data: what one profile table holds once it is read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from openanpr.access.vocabulary import (
    Action,
    Appointment,
    Category,
    Counting,
    Demand,
    Misuse,
    NotBy,
    PlaceKind,
    Rank,
    Role,
    SearchKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A length of time by the calendar: whole days or whole months, never both."""

    days: int = 0
    months: int = 0

    def __str__(self) -> str:
        if self.days:
            return f"{self.days} day{'' if self.days == 1 else 's'}"
        return f"{self.months} month{'' if self.months == 1 else 's'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Reads whose age is under ``until`` and at least the ``until`` of the band before.

    ``lowest_rank`` is the lowest rank that may authorise looking here; ``None``: nobody need be
    asked. ``roles`` narrows who may look here further than the action's own roles do; ``None``:
    it does not.
    """

    name: str
    until: Span
    categories: frozenset[Category]
    lowest_rank: Rank | None = None
    roles: frozenset[Role] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRule:
    """Who may do one action at all, before anything else is asked."""

    roles: frozenset[Role]
    trained: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRule:
    """One kind of search: whose it is beside ``actions.search``, and its bounds where it has any.

    ``longest`` bounds the captures of one search, ``least_characters`` what must be given of a
    part of a mark, ``most_marks`` a list of marks.
    """

    roles: frozenset[Role]
    longest: timedelta | None = None
    least_characters: int | None = None
    most_marks: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowingRule:
    """One mark searched for ``searches`` times within ``within`` is being followed."""

    searches: int
    within: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class NearRule:
    """What holds for reads of cameras within so many metres of a kind of sensitive place.

    ``searches`` of these kinds, for investigations of these ``categories``, see them; everything
    else takes an authorisation of ``lowest_rank`` (``None``: nobody can give it). They are open for
    ``open_for`` after capture; ``None``: as long as others.
    """

    within_metres: int
    searches: frozenset[SearchKind]
    categories: frozenset[Category]
    lowest_rank: Rank | None
    pictures: bool
    open_for: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MisuseRule:
    """What one sign of misuse takes before the answer, and from when on it is one.

    ``least`` and ``within`` bound the signs that count something: so many, in that time.
    """

    demand: Demand
    least: int = 1
    within: timedelta = timedelta(days=28)


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraCaseRules:
    """The lowest rank that decides the case for a camera, and the longest time to its review.

    ``exceptional_by`` is asked for where none of the grounds makes a camera usual at such a place.
    """

    decided_by: Rank = Rank.CHIEF_OFFICER
    exceptional_by: Rank = Rank.CHIEF_OFFICER
    review: timedelta = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisationRules:
    """Who may not authorise, and the longest life of an authorisation."""

    not_by: frozenset[NotBy]
    longest: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentRules:
    """Which acts on accounts take two people; of giving a role, only these roles do."""

    two_people: frozenset[Appointment]
    two_people_roles: frozenset[Role]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The profile's plain numbers: how much, how long, how large."""

    search_rows: int
    export_rows: int
    alert_window: timedelta
    figure_delay: timedelta
    list_entry_longest: timedelta
    profile_change_notice: timedelta
    plate_image_bytes: int
    overview_image_bytes: int
    session_idle: timedelta
    session_longest: timedelta
    step_up: timedelta = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One force's rules. Bands stand youngest first; the last one ends at ``retention``."""

    name: str
    version: str
    title: str
    source: str
    counting: Counting
    clock_tolerance: timedelta
    retention: Span
    bands: tuple[Band, ...]
    actions: Mapping[Action, ActionRule]
    incompatible_roles: frozenset[frozenset[Role]]
    authorisation: AuthorisationRules
    limits: Limits
    searches: Mapping[SearchKind, SearchRule] = field(default_factory=dict)
    following: FollowingRule | None = None
    near: Mapping[PlaceKind, NearRule] = field(default_factory=dict)
    misuse: Mapping[Misuse, MisuseRule] = field(default_factory=dict)
    camera_cases: CameraCaseRules = field(default_factory=CameraCaseRules)
    appointments: AppointmentRules | None = None

    @property
    def label(self) -> str:
        """How decisions, audit rows and pages name this profile: ``name@version``."""
        return f"{self.name}@{self.version}"

    def band_named(self, name: str) -> Band | None:
        """The band of that name, if there is one."""
        return next((band for band in self.bands if band.name == name), None)
