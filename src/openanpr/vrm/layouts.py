"""Layouts of registration marks by country and era, with how plausible each is on these roads.

The British ones are Table A of Schedule 3 to SI 2001/561 in today's customary letters; a weight
is the rough share of plates of that layout where it is at home, never a reason to refuse a mark.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from openanpr.vrm.mark import Vrm, normalise

NOT_ISSUED_FACTOR: Final = 0.3


@dataclass(frozen=True, slots=True)
class Layout:
    """One form of mark. `pattern`'s groups are the parts that a plate shows apart."""

    name: str
    country: str
    pattern: re.Pattern[str]
    weight: float
    separator: str = " "


def _layout(name: str, country: str, pattern: str, weight: float, separator: str = " ") -> Layout:
    return Layout(name, country, re.compile(f"(?:{pattern})\\Z"), weight, separator)


_COUNTIES_IE: Final = (
    "CE|CN|CW|DL|KE|KK|KY|LD|LH|LK|LM|LS|MH|MN|MO|OY|RN|SO|TN|TS|TE|WD|WH|WX|WW|C|D|G|L|T|W"
)
_COUNTIES_RO: Final = (
    "AB|AG|AR|BC|BH|BN|BR|BT|BV|BZ|CJ|CL|CS|CT|CV|DB|DJ|GJ|GL|GR|HD|HR|IF|IL|IS|MH|MM|MS|NT|OT|PH"
    "|SB|SJ|SM|SV|TL|TM|TR|VL|VN|VS"
)
_NL: Final = "[BCDFGHJKLMNPRSTVWXYZ]"
_PL: Final = "[ACE-HJ-NP-Y]"

LAYOUTS: Final[tuple[Layout, ...]] = (
    _layout("current", "GB", "([A-HJ-PR-Y]{2}[0-9]{2})([A-HJ-PR-Z]{3})", 1.0),
    _layout("prefix", "GB", "([A-HJ-NPR-TV-Y][1-9][0-9]{0,2})([A-HJ-PR-Y]{3})", 0.5),
    _layout("suffix", "GB", "([A-HJ-PR-Y]{3})([1-9][0-9]{0,2}[A-HJ-NPR-TV-Y])", 0.25),
    _layout("age uncertain", "GB", "(Q[1-9][0-9]{0,2})([A-HJ-PR-Y]{3})", 0.1),
    _layout("dateless", "GB", "([A-HJ-PR-Z]{1,3})([1-9][0-9]{0,2})", 0.2),
    _layout("dateless, four digits", "GB", "([A-HJ-PR-Z]{1,2})([1-9][0-9]{3})", 0.1),
    _layout("dateless reversed", "GB", "([1-9][0-9]{0,2})([A-HJ-PR-Z]{1,3})", 0.2),
    _layout("dateless reversed, four digits", "GB", "([1-9][0-9]{3})([A-HJ-PR-Z]{1,2})", 0.1),
    _layout("Northern Ireland", "GB", "((?=[A-Z]*[IZ])[A-PR-Z]{3})([1-9][0-9]{0,3})", 0.35),
    _layout("Northern Ireland reversed", "GB", "([1-9][0-9]{0,3})((?=[A-Z]*[IZ])[A-PR-Z]{3})", 0.1),
    _layout(
        "Northern Ireland, two letters",
        "GB",
        "((?=[A-Z]?[IZ])[A-PR-Z]{2})([1-9][0-9]{0,3})",
        0.03,
    ),
    _layout("diplomatic", "GB", "([0-9]{3})([DX])([0-9]{3})", 0.05),
    _layout("military", "GB", "([0-9]{2})([A-Z]{2})([0-9]{2})", 0.05),
    _layout("military, letters first", "GB", "([A-Z]{2})([0-9]{2})([A-Z]{2})", 0.05),
    _layout("trade", "GB", "([0-9]{5})", 0.02),
    _layout("Jersey", "GB", "(J)([1-9][0-9]{0,5})", 0.05),
    _layout("Guernsey", "GB", "([1-9][0-9]{3,4})", 0.02),
    _layout("Isle of Man", "GB", "([A-Z]?MN|MAN)([1-9][0-9]{0,3}[A-Z]?)", 0.05),
    _layout("Ireland", "IE", f"([0-9]{{2}}[12]?)({_COUNTIES_IE})([1-9][0-9]{{0,5}})", 1.0, "-"),
    _layout("France", "FR", "([A-HJ-NP-TV-Z]{2})([0-9]{3})([A-HJ-NP-TV-Z]{2})", 1.0, "-"),
    _layout("France to 2009", "FR", "([1-9][0-9]{0,3})([A-Z]{2,3})([0-9]{2}|2[AB])", 0.2),
    _layout("Germany", "DE", "([A-Z]{1,3}?)([A-Z]{1,2})([1-9][0-9]{0,3}[EH]?)", 1.0),
    _layout("Netherlands 1", "NL", f"({_NL}{{2}})([0-9]{{2}})([0-9]{{2}})", 0.2, "-"),
    _layout("Netherlands 2", "NL", f"([0-9]{{2}})([0-9]{{2}})({_NL}{{2}})", 0.2, "-"),
    _layout("Netherlands 3", "NL", f"([0-9]{{2}})({_NL}{{2}})([0-9]{{2}})", 0.3, "-"),
    _layout("Netherlands 4", "NL", f"({_NL}{{2}})([0-9]{{2}})({_NL}{{2}})", 0.8, "-"),
    _layout("Netherlands 5", "NL", f"({_NL}{{2}})({_NL}{{2}})([0-9]{{2}})", 0.8, "-"),
    _layout("Netherlands 6", "NL", f"([0-9]{{2}})({_NL}{{2}})({_NL}{{2}})", 1.0, "-"),
    _layout("Netherlands 7", "NL", f"([0-9]{{2}})({_NL}{{3}})([0-9])", 1.0, "-"),
    _layout("Netherlands 8", "NL", f"([0-9])({_NL}{{3}})([0-9]{{2}})", 1.0, "-"),
    _layout("Netherlands 9", "NL", f"({_NL}{{2}})([0-9]{{3}})({_NL})", 1.0, "-"),
    _layout("Netherlands 10", "NL", f"({_NL})([0-9]{{3}})({_NL}{{2}})", 1.0, "-"),
    _layout("Netherlands 11", "NL", f"({_NL}{{3}})([0-9]{{2}})({_NL})", 0.6, "-"),
    _layout("Netherlands 12", "NL", f"({_NL})([0-9]{{2}})({_NL}{{3}})", 0.4, "-"),
    _layout("Netherlands 13", "NL", f"([0-9])({_NL}{{2}})([0-9]{{3}})", 0.6, "-"),
    _layout("Netherlands 14", "NL", f"([0-9]{{3}})({_NL}{{2}})([0-9])", 0.4, "-"),
    _layout("Belgium", "BE", "([1-9])([A-Z]{3})([0-9]{3})", 1.0, "-"),
    _layout("Belgium to 2010", "BE", "([A-Z]{3})([0-9]{3})", 0.3, "-"),
    _layout("Belgium to 2008", "BE", "([0-9]{3})([A-Z]{3})", 0.1, "-"),
    _layout("Spain", "ES", "([0-9]{4})([BCDFGHJ-NPR-TV-Z]{3})", 1.0),
    _layout("Spain to 2000", "ES", "([A-Z]{1,2})([0-9]{4})([A-Z]{1,2})", 0.3, "-"),
    _layout("Poland", "PL", "([BCDEFGKLNOPRSTWZ][A-Z]{1,2})([0-9]{5}|[0-9]{4}[A-Z])", 1.0),
    _layout("Poland, letters last", "PL", f"([BCDEFGKLNOPRSTWZ][A-Z])([0-9]{{3}}{_PL}{{2}})", 1.0),
    _layout(
        "Poland, letters first",
        "PL",
        f"([BCDEFGKLNOPRSTWZ][A-Z]{{2}})({_PL}[0-9]{{3}}|[0-9]{{2}}{_PL}{{2}}|[0-9]{_PL}[0-9]{{2}}"
        f"|[0-9]{{2}}{_PL}[0-9]|[0-9]{_PL}{{2}}[0-9]|{_PL}{{2}}[0-9]{{2}}|{_PL}[0-9]{{2}}{_PL}"
        f"|{_PL}[0-9]{_PL}[0-9])",
        1.0,
    ),
    _layout("Romania, Bucharest", "RO", "(B)([0-9]{2,3})([A-PR-Z]{3})", 1.0),
    _layout("Romania", "RO", f"({_COUNTIES_RO})([0-9]{{2}})([A-PR-Z]{{3}})", 1.0),
    _layout("Slovakia", "SK", "([A-Z]{2})([0-9]{3})([A-Z]{2})", 1.0),
    _layout("Czechia", "CZ", "([1-9][ABCEHJKLMPSTUZ][0-9A-Z])([0-9]{4})", 1.0),
    _layout("Czechia to 2001", "CZ", "([A-Z]{2,3})([0-9]{2})([0-9]{2})", 0.1, "-"),
)


def layouts_of(vrm: str | Vrm) -> Iterator[Layout]:
    """Each layout that the mark fits; a mark may fit several, or none and still be real."""
    text = normalise(str(vrm))
    return (layout for layout in LAYOUTS if layout.pattern.match(text))


@lru_cache(maxsize=64)
def age_codes_at(day: datetime.date) -> frozenset[str]:
    """The age codes of current-style British marks that had been issued on `day`."""
    codes = set()
    for year in range(2001, min(day.year, 2050) + 1):
        if year >= 2002 and day >= datetime.date(year, 3, 1):
            codes.add(f"{year % 100:02d}")
        if day >= datetime.date(year, 9, 1):
            codes.add(f"{year % 100 + 50:02d}")
    return frozenset(codes)


def plausibility(vrm: str | Vrm, layout: Layout, *, day: datetime.date | None = None) -> float:
    """The weight of `layout` for this mark, less where its age code was not issued by `day`."""
    text = str(vrm)
    if day is not None and layout.name == "current" and text[2:4] not in age_codes_at(day):
        return layout.weight * NOT_ISSUED_FACTOR
    return layout.weight


def display(vrm: str | Vrm, *, country: str | None = None) -> str:
    """The mark spaced as on its plate (`AB12 CDE`); unchanged where no layout says how."""
    text = normalise(str(vrm))
    fitting = [found for found in layouts_of(text) if found.country == (country or "GB")]
    if not fitting:
        return text
    best = max(fitting, key=lambda layout: layout.weight)
    match = best.pattern.match(text)
    return best.separator.join(match.groups()) if match else text
