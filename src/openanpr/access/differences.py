"""What would change from one profile to another, setting by setting, in plain words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta

from openanpr.access.appointments import HOUSE as APPOINTMENTS
from openanpr.access.explain import CATEGORY_WORDS, RANK_WORDS
from openanpr.access.profile import Band, MisuseRule, NearRule, Profile, SearchRule
from openanpr.access.vocabulary import Category, Counting, Demand, NotBy

ABSENT = "not there"
NOBODY = "nobody"
_NOT_BY = {
    NotBy.SELF: "the person who asks",
    NotBy.OWN_UNIT: "an officer of the unit that asks",
    NotBy.TEAM_MEMBER: "a member of the team",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One setting: what it is about, and what it says before and after."""

    what: str
    before: str
    after: str


def differences(old: Profile, new: Profile) -> tuple[Difference, ...]:
    """Every setting on which the two differ, in the order of the tables; name and title apart."""
    before, after = settings_of(old), settings_of(new)
    names = [*before, *(name for name in after if name not in before)]
    return tuple(
        Difference(name, before.get(name, ABSENT), after.get(name, ABSENT))
        for name in names
        if before.get(name) != after.get(name)
    )


def settings_of(profile: Profile) -> Mapping[str, str]:
    """Every setting that decides something, in words."""
    found = {
        "Reads are kept for": str(profile.retention),
        "Ages are counted by": "the instant" if profile.counting is Counting.INSTANTS else "days",
        "A read may be ahead of the clock by": _length(profile.clock_tolerance),
    }
    for band in profile.bands:
        found |= _band(band)
    for action, rule in profile.actions.items():
        found[f"{_capital(action)}: roles"] = _list(rule.roles) or NOBODY
        found[f"{_capital(action)}: valid training"] = "needed" if rule.trained else "not needed"
    for kind, search in profile.searches.items():
        found |= _search(_capital(kind), search)
    for place, near in profile.near.items():
        found |= _near(_plain(place), near)
    if profile.following is not None:
        within = _length(profile.following.within)
        found["One mark is followed by"] = f"{profile.following.searches} searches in {within}"
    for sign, misuse in profile.misuse.items():
        found[f"{_capital(sign)}, a sign of misuse"] = _misuse(misuse)
    found["The case for a camera is decided by"] = RANK_WORDS[profile.camera_cases.decided_by]
    found["The case for an exceptional camera is decided by"] = RANK_WORDS[
        profile.camera_cases.exceptional_by
    ]
    found["Longest time to a camera's review"] = _length(profile.camera_cases.review)
    appointments = profile.appointments or APPOINTMENTS
    found["Two people for"] = _list(appointments.two_people) or "nothing"
    found["Roles that two people give"] = _list(appointments.two_people_roles) or "none"
    pairs = (
        " and ".join(sorted(_plain(one) for one in pair)) for pair in profile.incompatible_roles
    )
    found["Roles that nobody holds together"] = "; ".join(sorted(pairs))
    barred = [_NOT_BY[one] for one in NotBy if one in profile.authorisation.not_by]
    found["Who may not authorise"] = ", ".join(barred)
    found["Longest life of an authorisation"] = _length(profile.authorisation.longest)
    for field in fields(profile.limits):
        value = getattr(profile.limits, field.name)
        found[f"Limit: {_plain(field.name)}"] = (
            _length(value) if isinstance(value, timedelta) else str(value)
        )
    return found


def _band(band: Band) -> dict[str, str]:
    name = f"Reads of the band {band.name}"
    open_to = [CATEGORY_WORDS[one] for one in Category if one in band.categories]
    return {
        f"{name}: until the age of": str(band.until),
        f"{name}: open to": ", ".join(open_to) or NOBODY,
        f"{name}: authority of": RANK_WORDS[band.lowest_rank] if band.lowest_rank else "nobody",
        f"{name}: roles": _list(band.roles) if band.roles is not None else "as the action says",
    }


def _search(kind: str, rule: SearchRule) -> dict[str, str]:
    name = f"{kind} searches"
    return {
        f"{name}: roles": _list(rule.roles) or NOBODY,
        f"{name}: longest period": _length(rule.longest) if rule.longest else "any",
        f"{name}: least characters": str(rule.least_characters or "any"),
        f"{name}: most marks": str(rule.most_marks or "any"),
    }


def _near(place: str, rule: NearRule) -> dict[str, str]:
    name = f"Reads near a place of the kind {place}"
    open_to = [CATEGORY_WORDS[one] for one in Category if one in rule.categories]
    return {
        f"{name}: within": f"{rule.within_metres} metres",
        f"{name}: seen by searches": _list(rule.searches) or "of no kind",
        f"{name}: open to": ", ".join(open_to) or NOBODY,
        f"{name}: authority for the rest": RANK_WORDS[rule.lowest_rank]
        if rule.lowest_rank
        else NOBODY,
        f"{name}: pictures": "shown" if rule.pictures else "not shown",
        f"{name}: open for": str(rule.open_for or "as long as others"),
    }


DEMANDS = {
    Demand.TELL: "told to the auditor",
    Demand.ASK: "explained before the answer",
    Demand.HOLD: "explained, and released by a second person, before the answer",
}


def _misuse(rule: MisuseRule) -> str:
    return f"{DEMANDS[rule.demand]} (from {rule.least} in {_length(rule.within)})"


def _length(value: timedelta) -> str:
    seconds = int(value.total_seconds())
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")):
        if seconds % size == 0 and seconds >= size:
            number = seconds // size
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return "0 seconds"


def _plain(word: str) -> str:
    return str(word).replace("-", " ").replace("_", " ")


def _capital(word: str) -> str:
    return _plain(word).capitalize()


def _list(words: Iterable[str]) -> str:
    return ", ".join(sorted(_plain(word) for word in words))
