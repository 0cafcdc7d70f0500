"""Bank holidays of the United Kingdom's nations, by rule: pure functions of the year.

The days are those of the Banking and Financial Dealings Act 1971, schedule 1, with the common-law
holidays Good Friday and Christmas Day and those that are proclaimed each year. A day proclaimed for
once (a jubilee) is a setting: no rule foretells it.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

DAY: Final = timedelta(days=1)
_MONDAY: Final = 0
_SATURDAY: Final = 5


class Nation(StrEnum):
    """Where a bank holiday is kept."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


ALL_NATIONS: Final = frozenset(Nation)


@lru_cache(maxsize=64)
def bank_holidays(year: int, nation: Nation) -> frozenset[date]:
    """The bank holidays of one year; a fixed day at a weekend is kept on the next free weekday."""
    easter = easter_sunday(year)
    moving = {easter - 2 * DAY, _first_monday(year, 5), _last_monday(year, 5)}
    fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    if nation is Nation.SCOTLAND:
        moving.add(_first_monday(year, 8))
        fixed += [date(year, 1, 2), date(year, 11, 30)]
    else:
        moving |= {easter + DAY, _last_monday(year, 8)}
    if nation is Nation.NORTHERN_IRELAND:
        fixed += [date(year, 3, 17), date(year, 7, 12)]
    return frozenset(moving) | _kept_on(fixed)


def is_working_day(
    day: date, *, nations: frozenset[Nation] = ALL_NATIONS, further: frozenset[date] = frozenset()
) -> bool:
    """Whether ``day`` is none of Saturday, Sunday, ``further``, or a holiday in any nation."""
    if day.weekday() >= _SATURDAY or day in further:
        return False
    return not any(day in bank_holidays(day.year, nation) for nation in nations)


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's reckoning)."""
    golden, century, of_century = year % 19, year // 100, year % 100
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _kept_on(fixed: Iterable[date]) -> frozenset[date]:
    days = sorted(fixed)
    kept = {day for day in days if day.weekday() < _SATURDAY}
    for day in (one for one in days if one.weekday() >= _SATURDAY):
        while day.weekday() >= _SATURDAY or day in kept:
            day += DAY
        kept.add(day)
    return frozenset(kept)


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + (_MONDAY - first.weekday()) % 7 * DAY


def _last_monday(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return _first_monday(following.year, following.month) - 7 * DAY
