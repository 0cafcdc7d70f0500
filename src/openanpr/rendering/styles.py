"""What a plate looks like: country, layout, colours, band, border, face and its variant."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from openanpr.rendering.faces import DEMO_VARIANTS, TRAINING_VARIANTS, Face

Colour = tuple[int, int, int]  # blue, green, red
LayoutName = Literal["one-line", "two-line", "motorcycle"]
Band = Literal["none", "blue", "blue-right", "blue-both", "green", "flag", "red-white"]
Separator = Literal["none", "dash", "dot", "seal", "seals", "crest", "sticker"]
Ink = Literal["solid", "raised", "outlined", "hatched", "graded"]

WHITE: Colour = (236, 238, 238)
YELLOW: Colour = (20, 190, 240)
DUTCH_YELLOW: Colour = (20, 175, 245)
BLACK: Colour = (22, 20, 20)
SILVER: Colour = (200, 203, 205)
RED: Colour = (40, 30, 170)
GREEN: Colour = (70, 120, 20)

COUNTRIES = (
    "GB", "IE", "FR", "DE", "NL", "BE", "ES", "PL", "RO", "SK", "CZ", "IT", "PT", "HU", "LT",
    "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlateStyle:
    """Everything but the mark. Lengths in millimetres, colours BGR 0..255."""

    country: str = "GB"
    layout: LayoutName = "one-line"
    background: Colour = WHITE
    ink: Colour = BLACK
    ink_style: Ink = "solid"
    band: Band = "none"
    band_text: str = ""
    border: float = 0.0
    face: Face = "charles-wright"
    variant: int = 0
    glyph_scale: float = 1.0  # 64/79 on British motorcycles
    char_gap: float = 11.0
    group_gap: float = 33.0
    separator: Separator = "none"
    dealer: str = ""
    screws: int = 0
    dirt: float = 0.0  # 0 clean .. 1 hard to read
    corner: float = 12.0  # radius of the plate's corners
    squeeze: float = 1.0  # width of glyphs against the published width
    scale: float = 1.0  # pixels a millimetre

    @property
    def for_demo(self) -> bool:
        """Whether the style belongs to the demo and must never be trained on."""
        return self.variant in DEMO_VARIANTS


_DEMO: tuple[PlateStyle, ...] = (
    PlateStyle(variant=900, band="blue", band_text="UK", dealer="HARTWELL OF FENBRIDGE"),
    PlateStyle(variant=901, background=YELLOW, border=2.5, dealer="OPEN ANPR MOTORS"),
    PlateStyle(variant=902, band="green", band_text="UK"),
    PlateStyle(variant=903, background=YELLOW, band="blue", band_text="GB", screws=2),
    PlateStyle(variant=900, background=YELLOW, layout="two-line", border=2.0),
    PlateStyle(variant=902, background=BLACK, ink=SILVER, border=3.0),
)


def demo_style(number: int) -> PlateStyle:
    """Return one of the demo's styles (taken modulo their count); none is ever trained on."""
    return _DEMO[number % len(_DEMO)]


def demo_pair(number: int) -> tuple[PlateStyle, PlateStyle]:
    """Return a vehicle's front (white) and rear (yellow) demo styles, of one variant."""
    front = (_DEMO[0], _DEMO[2])[number % 2]
    return front, replace(front, background=YELLOW)


def random_style(rng: np.random.Generator, *, country: str = "GB") -> PlateStyle:
    """Return a random style of `country` for training; its variant is never a demo one."""
    style = _british(rng) if country == "GB" else _neighbour(rng, country)
    if style.for_demo:
        raise AssertionError("a training style must not use a variant kept for the demo")
    return style


def _variant(rng: np.random.Generator) -> int:
    return int(rng.integers(TRAINING_VARIANTS.start, TRAINING_VARIANTS.stop))


_DEALERS = (
    "", "", "", "MOTORS OF TOWN", "WWW CARS CO", "GARAGE 01234 567890", "AUTO PLATES LTD",
    "SALES AND SERVICE", "CITY VANS 0800 111222", "BSAU145D", "PREMIER CARS",
)  # fmt: skip


def _near(rng: np.random.Generator, colour: Colour, by: float = 18.0) -> Colour:
    shade = rng.normal(0, by)
    b, g, r = (int(np.clip(c + shade + rng.normal(0, by / 3), 0, 255)) for c in colour)
    return b, g, r


def _british(rng: np.random.Generator) -> PlateStyle:
    layout: LayoutName = "one-line"
    draw = rng.random()
    if draw < 0.24:
        layout = "two-line"
    elif draw < 0.36:
        layout = "motorcycle"
    classic = rng.random() < 0.12
    if classic:
        background, ink = _near(rng, BLACK, 10), _near(rng, SILVER, 20)
    else:
        background = _near(rng, YELLOW if rng.random() < 0.5 else WHITE)
        ink = _near(rng, BLACK, 12)
        if rng.random() < 0.03:
            ink = _near(rng, RED, 12)
    band: Band = "none"
    text = ""
    if not classic and layout == "one-line" and rng.random() < 0.5:
        band = str(rng.choice(["blue", "blue", "blue", "green", "flag", "red-white"]))  # type: ignore[assignment]
        text = str(rng.choice(["GB", "GB", "UK", "GBM", "ENG", "SCO", "CYM"]))
    ink_style: Ink = "solid"
    if rng.random() < 0.22:
        ink_style = str(rng.choice(["raised", "raised", "outlined", "hatched", "graded"]))  # type: ignore[assignment]
    tight = rng.random() < 0.12
    return PlateStyle(
        country="GB",
        layout=layout,
        background=background,
        ink=ink,
        ink_style=ink_style,
        band=band,
        band_text=text,
        border=0.0 if rng.random() < 0.62 else float(rng.uniform(1.5, 4.0)),
        face="charles-wright" if rng.random() < 0.7 else "charles-wright-wide",
        variant=_variant(rng),
        glyph_scale=64 / 79 if layout == "motorcycle" else 1.0,
        char_gap=float(rng.uniform(6, 11) if tight else rng.uniform(10, 12.5)),
        group_gap=float(rng.uniform(8, 26) if tight else rng.uniform(26, 40)),
        separator="dash" if rng.random() < 0.04 else "none",
        dealer=str(rng.choice(_DEALERS)),
        screws=int(rng.choice([0, 0, 2, 2, 4])),
        dirt=float(rng.random() ** 4),
        corner=float(rng.uniform(4, 18)),
        squeeze=float(rng.uniform(0.86, 1.06)),
    )


@dataclass(frozen=True, slots=True)
class _Habit:
    """What a country's plates have in common."""

    faces: tuple[Face, ...]
    separators: tuple[Separator, ...]
    bands: tuple[Band, ...]
    code: str
    background: Colour = WHITE
    ink: Colour = BLACK
    border: bool = False
    two_line: float = 0.1


_HABITS: dict[str, _Habit] = {
    "IE": _Habit(("narrow", "engineering"), ("dash",), ("blue",), "IRL"),
    "FR": _Habit(("engineering", "narrow", "dutch"), ("dash",), ("blue-both", "blue"), "F"),
    "DE": _Habit(("anti-forgery", "anti-forgery", "engineering"), ("seals", "seal"), ("blue",),
                 "D", border=True, two_line=0.2),
    "NL": _Habit(("dutch", "round", "engineering"), ("dash",), ("blue", "blue", "none"), "NL",
                 background=DUTCH_YELLOW, two_line=0.08),
    "BE": _Habit(("engineering", "round"), ("dash", "none"), ("blue", "none"), "B",
                 ink=RED, border=True),
    "ES": _Habit(("engineering", "round"), ("none",), ("blue",), "E", border=True),
    "PL": _Habit(("engineering", "narrow"), ("sticker", "none"), ("blue",), "PL", border=True),
    "RO": _Habit(("engineering", "narrow"), ("none", "sticker"), ("blue",), "RO", border=True),
    "SK": _Habit(("anti-forgery", "engineering"), ("crest",), ("blue",), "SK", border=True),
    "CZ": _Habit(("engineering", "round"), ("seals", "sticker", "none"), ("blue",), "CZ",
                 border=True),
    "IT": _Habit(("engineering", "narrow"), ("none", "dot"), ("blue-both", "blue"), "I"),
    "PT": _Habit(("engineering", "narrow"), ("dash", "dot"), ("blue", "blue-both"), "P"),
    "HU": _Habit(("narrow", "engineering"), ("dash", "crest"), ("blue",), "H", border=True),
    "LT": _Habit(("narrow", "engineering"), ("sticker", "none"), ("blue",), "LT", border=True),
}  # fmt: skip
_ANY = _Habit(
    ("anti-forgery", "engineering", "dutch", "narrow", "round"),
    ("none", "dash", "dot", "seal", "seals", "crest", "sticker"),
    ("none", "blue", "flag"),
    "",
)


def _neighbour(rng: np.random.Generator, country: str) -> PlateStyle:
    habit = _HABITS.get(country, _ANY)
    if rng.random() < 0.12:
        habit = replace(_ANY, code=habit.code, background=habit.background, ink=habit.ink)
    two = rng.random() < habit.two_line
    codes = ("A", "HR", "SLO", "L", "CH", "DK", "S", "N", "BG", "LV", "EST", "SRB")
    return PlateStyle(
        country=country,
        layout="two-line" if two else "one-line",
        background=_near(rng, habit.background),
        ink=_near(rng, habit.ink, 12),
        ink_style="raised" if rng.random() < 0.12 else "solid",
        band=str(rng.choice(np.array(habit.bands))),  # type: ignore[arg-type]
        band_text=habit.code or str(rng.choice(codes)),
        border=float(rng.uniform(2, 5)) if (habit.border or rng.random() < 0.3) else 0.0,
        face=str(rng.choice(np.array(habit.faces))),  # type: ignore[arg-type]
        variant=_variant(rng),
        glyph_scale=float(rng.uniform(0.9, 1.06)),
        char_gap=float(rng.uniform(6, 14)),
        group_gap=float(rng.uniform(22, 60)),
        separator=str(rng.choice(np.array(habit.separators))),  # type: ignore[arg-type]
        dealer=str(rng.choice(_DEALERS)) if rng.random() < 0.4 else "",
        screws=int(rng.choice([0, 0, 2, 4])),
        dirt=float(rng.random() ** 4),
        corner=float(rng.uniform(3, 15)),
        squeeze=float(rng.uniform(0.88, 1.1)),
    )
