"""One camera of a register as a line of text cells: read and judged by itself. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Final

from openanpr.cameras.vocabulary import Carrier

COLUMNS: Final = (
    *("feed", "source", "number", "name", "carrier", "area"),
    *("site_code", "site_name", "latitude", "longitude", "covert", "callsign"),
    *("direction", "lanes", "view", "owner", "shared_with"),
)
ONLY_OUT: Final = ("state", "authority_ends")
LONGEST: Final = 300
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_TRUTH: Final = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """A camera as a register has it. A place is given for one at a site, a call sign for others."""

    feed: int
    source: int
    number: int
    name: str
    carrier: Carrier
    area: str
    site_code: str = ""
    site_name: str = ""
    latitude: float | None = None
    longitude: float | None = None
    covert: bool = False
    callsign: str = ""
    direction: str = ""
    lanes: str = ""
    view: str = ""
    owner: str = ""
    shared_with: str = ""

    @property
    def key(self) -> str:
        """The camera's name on the wire."""
        return f"{self.feed}/{self.source}/{self.number}"


def read_line(cells: Mapping[str, str]) -> tuple[RegisterLine | None, tuple[str, ...]]:
    """The line, or every reason why it is wrong, each a sentence."""
    given = {name: plain_cell(cells.get(name) or "") for name in COLUMNS}
    wrong = [
        f"{name} is longer than {LONGEST} characters."
        for name in COLUMNS
        if len(given[name]) > LONGEST
    ]
    whole = {name: _whole(given[name], name, wrong) for name in ("feed", "source", "number")}
    wrong += [f"{name} is missing." for name in ("name", "area") if not given[name]]
    carrier = _carrier(given["carrier"], wrong)
    rides = carrier is Carrier.IN_VEHICLE
    wrong += _place_problems(given, rides=rides)
    latitude = _degrees(given["latitude"], "latitude", 90, wrong)
    longitude = _degrees(given["longitude"], "longitude", 180, wrong)
    covert = _TRUTH.get(given["covert"].lower() or "no")
    if covert is None:
        wrong.append("covert must be yes or no.")
    if wrong:
        return None, tuple(wrong)
    texts = ("site_code", "site_name", "callsign", "direction", "lanes", "view", "owner")
    line = RegisterLine(
        feed=whole["feed"],
        source=whole["source"],
        number=whole["number"],
        name=given["name"],
        carrier=carrier,
        area=given["area"],
        latitude=latitude,
        longitude=longitude,
        covert=bool(covert),
        shared_with=given["shared_with"],
        **{name: given[name] for name in texts},
    )
    return line, ()


def safe_cell(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def plain_cell(cell: str) -> str:
    """The text of a cell, without the apostrophe that ``safe_cell`` has put before it."""
    guarded = cell.startswith("'") and cell[1:].startswith(_STARTS_A_FORMULA)
    return (cell[1:] if guarded else cell).strip()


def _whole(text: str, name: str, wrong: list[str]) -> int:
    if text.isascii() and text.isdigit() and len(text) <= len("999999999"):
        return int(text)
    wrong.append(f"{name} must be a whole number from 0 up.")
    return 0


def _carrier(text: str, wrong: list[str]) -> Carrier:
    if text in set(Carrier):
        return Carrier(text)
    wrong.append(f"carrier must be one of {', '.join(Carrier)}.")
    return Carrier.FIXED


def _degrees(text: str, name: str, most: int, wrong: list[str]) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value) or abs(value) > most:
        wrong.append(f"{name} must be degrees from -{most} to {most}, such as 51.75.")
        return None
    return value


def _place_problems(given: Mapping[str, str], *, rides: bool) -> list[str]:
    place = ("site_code", "site_name", "latitude", "longitude")
    if rides:
        wrong = [
            f"{name} is given, and a camera in a vehicle has none." for name in place if given[name]
        ]
        return wrong if given["callsign"] else [*wrong, "callsign is missing."]
    if given["callsign"]:
        return ["callsign is given, and only a camera in a vehicle has one."]
    return [] if given["site_code"] else ["site_code is missing."]
