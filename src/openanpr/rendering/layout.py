"""How the characters of a mark stand on a plate: groups, lines, places in millimetres."""

import re
from dataclasses import dataclass

from openanpr.rendering.faces import Alphabet
from openanpr.rendering.glyphs import glyph_width

# Group patterns by country, first match wins; every capture group stands apart.
_GROUPS: dict[str, tuple[str, ...]] = {
    "GB": (
        r"([A-Z]{2}\d\d)([A-Z]{3})",
        r"([A-Z]\d{1,3})([A-Z]{3})",
        r"([A-Z]{3})(\d{1,3}[A-Z])",
        r"(\d{3})([DX])(\d{3})",
        r"(\d\d)([A-Z]{2})(\d\d)",
        r"([A-Z]{2})(\d\d)([A-Z]{2})",
    ),
    "IE": (r"(\d{2,3})([A-Z]{1,2})(\d{1,6})",),
    "FR": (r"([A-Z]{2})(\d{3})([A-Z]{2})", r"(\d{1,4})([A-Z]{2,3})(\d\d)"),
    "ES": (r"(\d{4})([A-Z]{3})",),
    "BE": (r"(\d)([A-Z]{3})(\d{3})", r"([A-Z]{3})(\d{3})"),
    "SK": (r"([A-Z]{2})(\d{3}[A-Z]{2})",),
    "CZ": (r"(\d[A-Z]\d)(\d{4})",),
    "IT": (r"([A-Z]{2})(\d{3}[A-Z]{2})",),
    "RO": (r"(B)(\d{2,3})([A-Z]{3})", r"([A-Z]{2})(\d\d)([A-Z]{3})"),
    "NL": (r"([A-Z]{2})([A-Z]{2})(\d\d)", r"(\d\d)([A-Z]{2})([A-Z]{2})"),
}
_RUNS = re.compile(r"[A-Z]+|\d+")


@dataclass(frozen=True, slots=True)
class Placed:
    """A character and its box on the plate, in millimetres."""

    char: str
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Characters in reading order, group gaps (x, y of their middles) and the plate's size."""

    characters: tuple[Placed, ...]
    gaps: tuple[tuple[float, float], ...]
    width: float
    height: float
    lines: int


def split_groups(vrm: str, country: str, lengths: tuple[int, ...] | None = None) -> tuple[str, ...]:
    """Return the groups in which `vrm` is written in `country`.

    `lengths` says them outright where the mark alone does not (German district codes).
    Raises ValueError when `lengths` do not add up to the mark.
    """
    if lengths is not None:
        if sum(lengths) != len(vrm):
            raise ValueError("group lengths do not add up to the mark")
        ends = [sum(lengths[: i + 1]) for i in range(len(lengths))]
        return tuple(vrm[end - size : end] for end, size in zip(ends, lengths, strict=True))
    for pattern in _GROUPS.get(country, ()):
        found = re.fullmatch(pattern, vrm)
        if found:
            return found.groups()
    return tuple(_RUNS.findall(vrm))


def split_lines(groups: tuple[str, ...], lines: int) -> tuple[tuple[str, ...], ...]:
    """Return the groups of each line: the first group above, or the first two where it is short."""
    if lines == 1 or len(groups) < 2:
        return (groups,)
    cut = 1 if len(groups) == 2 or len(groups[0]) > 1 else 2
    return (groups[:cut], groups[cut:])


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distances in millimetres; `band` is what a country band takes at the left and right."""

    char: float = 11.0
    group: float = 33.0
    line: float = 19.0
    margin_x: float = 15.0
    margin_y: float = 16.0
    band_left: float = 0.0
    band_right: float = 0.0
    min_width: float = 520.0


def place(lines: tuple[tuple[str, ...], ...], face: Alphabet, spacing: Spacing) -> Layout:
    """Return where each character stands, centred between the bands."""
    widths = [_line_width(groups, face, spacing) for groups in lines]
    bands = spacing.band_left + spacing.band_right
    width = max(spacing.min_width, max(widths) + bands + 2 * spacing.margin_x)
    height = len(lines) * face.height + (len(lines) - 1) * spacing.line + 2 * spacing.margin_y
    characters: list[Placed] = []
    gaps: list[tuple[float, float]] = []
    y = spacing.margin_y
    for groups, line_width in zip(lines, widths, strict=True):
        x = spacing.band_left + (width - bands - line_width) / 2
        for index, group in enumerate(groups):
            if index:
                gaps.append((x - spacing.char + (spacing.group) / 2, y + face.height / 2))
                x += spacing.group - spacing.char
            for char in group:
                size = glyph_width(char, face)
                characters.append(Placed(char, x, y, size, face.height))
                x += size + spacing.char
        y += face.height + spacing.line
    return Layout(tuple(characters), tuple(gaps), width, height, len(lines))


def _line_width(groups: tuple[str, ...], face: Alphabet, spacing: Spacing) -> float:
    total = 0.0
    for group in groups:
        total += sum(glyph_width(char, face) + spacing.char for char in group) - spacing.char
    return total + (len(groups) - 1) * spacing.group
