"""Reading a profile table (TOML) and checking it, before any decision meets it.

A profile may be stricter than the house, never laxer: the older the band the fewer categories and
the higher the rank, nobody authorises themselves, and system managers and auditors get no reads.
"""

import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Final

from openanpr.access.appointments import APPOINTING, HOUSE_RULE
from openanpr.access.bands import RESERVED_NAMES
from openanpr.access.profile import (
    ActionRule,
    AppointmentRules,
    AuthorisationRules,
    Band,
    CameraCaseRules,
    FollowingRule,
    Limits,
    MisuseRule,
    NearRule,
    Profile,
    SearchRule,
    Span,
)
from openanpr.access.tables import ProfileError, Table
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

__all__ = [
    "DEFAULT",
    "ProfileError",
    "load_profile",
    "parse_profile",
    "shipped_names",
    "shipped_profile",
    "shipped_toml",
]

DEFAULT = "essex-2y"
_SHIPPED = files("openanpr.access") / "profiles"
_NEVER_READ = frozenset(
    {Role.SYSTEM_MANAGER, Role.AUDITOR, Role.CAMERA_MANAGER, Role.PROFESSIONAL_STANDARDS}
)
_ADDED_LATER: Final = frozenset({Action.LIST_MATCHING})
# What a profile of before says nothing of, and an installation must go on doing.
_BY_THE_HOUSE: Final = {
    Action.APPOINT: HOUSE_RULE,
    Action.CAMERA_CHANGE: ActionRule(roles=frozenset({Role.CAMERA_MANAGER}), trained=False),
    Action.CAMERA_STOP: ActionRule(
        roles=frozenset({Role.AUTHORISER, Role.DATA_PROTECTION_OFFICER}), trained=False
    ),
    Action.CAMERA_ASSESSMENT: ActionRule(
        roles=frozenset({Role.DATA_PROTECTION_OFFICER}), trained=False
    ),
    Action.CAMERA_DECISION: ActionRule(roles=frozenset({Role.AUTHORISER}), trained=True),
}
_READING = frozenset(
    {
        Action.SEARCH,
        Action.VIEW,
        Action.IMAGE,
        Action.EXPORT,
        Action.ALERT,
        Action.RIGHTS,
        Action.CHECK,
    }
)


def shipped_names() -> tuple[str, ...]:
    """The names of the profiles that come with the program."""
    found = (entry.name for entry in _SHIPPED.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


@cache
def shipped_profile(name: str) -> Profile:
    """A profile that comes with the program. Raises ``ProfileError`` for an unknown name."""
    if name not in shipped_names():
        raise ProfileError(
            f"There is no profile named {name!r}. Use one of {', '.join(shipped_names())}, "
            "or give the path of a TOML file."
        )
    return parse_profile(shipped_toml(name), source=name)


def shipped_toml(name: str) -> str:
    """The text of the table of a profile that comes with the program."""
    return (_SHIPPED / f"{name}.toml").read_text(encoding="utf-8")


def load_profile(name_or_path: str) -> Profile:
    """A shipped profile by name, or one's own by its path. Raises ``ProfileError``."""
    if name_or_path in shipped_names():
        return shipped_profile(name_or_path)
    path = Path(name_or_path)
    if path.suffix != ".toml" and not path.is_file():
        return shipped_profile(name_or_path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(
            f"The profile file {name_or_path} can't be read. Check that it exists and is text."
        ) from error
    return parse_profile(text, source=name_or_path)


def parse_profile(text: str, *, source: str) -> Profile:
    """A checked profile from TOML text; ``source`` names it in errors. Raises ``ProfileError``."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"The profile {source} is not valid TOML: {error}.") from error
    try:
        return _profile(Table(table, ""))
    except ProfileError as error:
        raise ProfileError(f"The profile {source} can't be used: {error}") from error


def _profile(table: Table) -> Profile:
    profile = Profile(
        name=table.text("name"),
        version=table.text("version"),
        title=table.text("title"),
        source=table.text("source"),
        counting=table.word("counting", Counting),
        clock_tolerance=table.seconds("clock_tolerance_seconds"),
        retention=table.span("retention"),
        bands=tuple(_band(row) for row in table.rows("bands")),
        actions=_actions(table.table("actions")),
        incompatible_roles=_pairs(table),
        authorisation=_authorisation(table.table("authorisation")),
        limits=_limits(table.table("limits")),
        searches=_searches(table.table("searches")) if table.has("searches") else {},
        following=_following(table.table("following")) if table.has("following") else None,
        near=_near(table.table("near")) if table.has("near") else {},
        misuse=_misuse(table.table("misuse")) if table.has("misuse") else {},
        camera_cases=_camera_cases(table),
        appointments=_appointments(table.table("appointments"))
        if table.has("appointments")
        else None,
    )
    table.done()
    _check_bands(profile)
    _check_actions(profile)
    return profile


def _band(row: Table) -> Band:
    band = Band(
        name=row.text("name"),
        until=row.span("until"),
        categories=row.words("categories", Category),
        lowest_rank=row.word("lowest_rank", Rank) if row.has("lowest_rank") else None,
        roles=row.words("roles", Role) if row.has("roles") else None,
    )
    row.done()
    return band


def _actions(table: Table) -> MappingProxyType[Action, ActionRule]:
    rules: dict[Action, ActionRule] = {}
    for action in Action:
        if action in _ADDED_LATER and not table.has(action):
            continue  # nobody may, as a profile of before says nothing of it
        if action in _BY_THE_HOUSE and not table.has(action):
            rules[action] = _BY_THE_HOUSE[action]
            continue
        row = table.table(action)
        rules[action] = ActionRule(roles=row.words("roles", Role), trained=row.truth("trained"))
        row.done()
    table.done()
    return MappingProxyType(rules)


_KINDS_ADDED_LATER: Final = frozenset(
    {
        SearchKind.LINKED,
        SearchKind.MOVEMENTS,
        SearchKind.CLONES,
        SearchKind.ONWARD,
        SearchKind.ROUTE,
    }
)


def _searches(table: Table) -> MappingProxyType[SearchKind, SearchRule]:
    rules = {}
    for kind in SearchKind:
        if kind in _KINDS_ADDED_LATER and not table.has(kind):
            continue  # the house's rule stands, as a profile of before says nothing of it
        row = table.table(kind)
        rules[kind] = SearchRule(
            roles=row.words("roles", Role),
            longest=row.hours("longest_hours") if row.has("longest_hours") else None,
            least_characters=row.number("least_characters")
            if row.has("least_characters")
            else None,
            most_marks=row.number("most_marks") if row.has("most_marks") else None,
        )
        row.done()
    table.done()
    return MappingProxyType(rules)


def _near(table: Table) -> MappingProxyType[PlaceKind, NearRule]:
    rules = {}
    for kind in PlaceKind:
        if not table.has(kind):
            continue  # reads near such places are like any others
        row = table.table(kind)
        rules[kind] = NearRule(
            within_metres=row.number("within_metres"),
            searches=row.words("searches", SearchKind),
            categories=row.words("categories", Category),
            lowest_rank=row.word("authorised_by", Rank) if row.has("authorised_by") else None,
            pictures=row.truth("pictures"),
            open_for=Span(days=row.number("open_days")) if row.has("open_days") else None,
        )
        row.done()
    table.done()
    return MappingProxyType(rules)


def _following(table: Table) -> FollowingRule:
    rule = FollowingRule(searches=table.number("searches"), within=table.days("days"))
    table.done()
    return rule


def _misuse(table: Table) -> MappingProxyType[Misuse, MisuseRule]:
    rules = {}
    for sign in Misuse:
        if not table.has(sign):
            continue  # nothing is asked for
        row = table.table(sign)
        house = MisuseRule(demand=row.word("demand", Demand))
        rules[sign] = MisuseRule(
            demand=house.demand,
            least=row.number("least") if row.has("least") else house.least,
            within=row.days("days") if row.has("days") else house.within,
        )
        row.done()
    table.done()
    return MappingProxyType(rules)


def _camera_cases(table: Table) -> CameraCaseRules:
    if not table.has("camera_cases"):
        return CameraCaseRules()
    row = table.table("camera_cases")
    rules = CameraCaseRules(
        decided_by=row.word("decided_by", Rank),
        exceptional_by=row.word("exceptional_by", Rank),
        review=row.days("review_days"),
    )
    row.done()
    if rules.exceptional_by < rules.decided_by:
        raise ProfileError("camera_cases.exceptional_by can't be below camera_cases.decided_by.")
    return rules


def _appointments(table: Table) -> AppointmentRules:
    rules = AppointmentRules(
        two_people=table.words("two_people", Appointment),
        two_people_roles=table.words("two_people_roles", Role),
    )
    table.done()
    return rules


def _pairs(table: Table) -> frozenset[frozenset[Role]]:
    found = set()
    for row in table.rows("incompatible_roles"):
        roles = row.words("roles", Role)
        row.done()
        if len(roles) != 2:
            raise ProfileError(f"{row.place('roles')} must name two roles.")
        found.add(roles)
    return frozenset(found)


def _authorisation(table: Table) -> AuthorisationRules:
    rules = AuthorisationRules(
        not_by=table.words("not_by", NotBy), longest=table.days("longest_days")
    )
    table.done()
    if NotBy.SELF not in rules.not_by:
        raise ProfileError('authorisation.not_by must name "self": nobody authorises themselves.')
    return rules


def _limits(table: Table) -> Limits:
    limits = Limits(
        search_rows=table.number("search_rows"),
        export_rows=table.number("export_rows"),
        alert_window=table.hours("alert_window_hours"),
        figure_delay=table.hours("figure_delay_hours"),
        list_entry_longest=table.days("list_entry_longest_days"),
        profile_change_notice=table.hours("profile_change_notice_hours"),
        plate_image_bytes=table.number("plate_image_bytes"),
        overview_image_bytes=table.number("overview_image_bytes"),
        session_idle=table.minutes("session_idle_minutes"),
        session_longest=table.hours("session_longest_hours"),
        **({"step_up": table.minutes("step_up_minutes")} if table.has("step_up_minutes") else {}),
    )
    table.done()
    return limits


def _check_bands(profile: Profile) -> None:
    names = [band.name for band in profile.bands]
    if len(set(names)) < len(names) or RESERVED_NAMES & set(names):
        raise ProfileError(
            f"every band needs a name of its own, and none of {', '.join(sorted(RESERVED_NAMES))}."
        )
    if profile.bands[-1].until != profile.retention:
        raise ProfileError("the last band must end where retention ends; make the two equal.")
    for younger, older in pairwise(profile.bands):
        _check_neighbours(younger, older)
    for band in profile.bands:
        if Category.NONE in band.categories:
            raise ProfileError(f'band {band.name}: "none" is no category to look for; remove it.')


def _check_neighbours(younger: Band, older: Band) -> None:
    if not _surely_shorter(younger.until, older.until):
        raise ProfileError(f"band {older.name} must end later than band {younger.name}.")
    if not older.categories <= younger.categories:
        raise ProfileError(
            f"band {older.name} allows a category that band {younger.name} doesn't: "
            "older reads never need less."
        )
    if younger.lowest_rank and (not older.lowest_rank or older.lowest_rank < younger.lowest_rank):
        raise ProfileError(
            f"band {older.name} asks for a lower rank than band {younger.name}: "
            "older reads never need less."
        )
    if younger.roles is not None and (older.roles is None or not older.roles <= younger.roles):
        raise ProfileError(
            f"band {older.name} is open to a role that band {younger.name} isn't: "
            "older reads never need less."
        )


def _check_actions(profile: Profile) -> None:
    strange = sorted(profile.actions[Action.APPOINT].roles - APPOINTING)
    if strange:
        raise ProfileError(f"actions.appoint.roles can't name {strange[0]}: it appoints nobody.")
    for action in sorted(_READING):
        rule = profile.actions[action]
        refused = sorted(rule.roles & _NEVER_READ)
        if refused:
            raise ProfileError(f"actions.{action}.roles can't name {refused[0]}: it reads nothing.")
        if not rule.trained:
            raise ProfileError(f"actions.{action}.trained must be true: nobody reads untrained.")


def _surely_shorter(one: Span, other: Span) -> bool:
    """Whether the first span is shorter than the second whatever months they fall in."""
    if bool(one.days) == bool(other.days):
        return (one.days, one.months) < (other.days, other.months)
    longest = one.days + 366 * (one.months // 12) + 31 * (one.months % 12)
    shortest = other.days + 365 * (other.months // 12) + 28 * (other.months % 12)
    return longest < shortest
