"""What a paper is built from. Each block is data; how it looks stands in `paper.typ`."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. Level 1 is a chapter of the paper; a level follows its parent (1, then 2)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. Line breaks in it are kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short sentences."""

    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that must not be missed: a limit, a warning, what was left out."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, two columns without lines: who, when, why."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table; the header is repeated on each page. Every row has as many cells as the header.

    ``widths`` are relative shares of the line, one a column; without them columns fit their text.
    ``fixed`` names columns (from 0) set in equal-width letters: marks, hashes, references.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    widths: Sequence[float] = ()
    fixed: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Photograph:
    """A picture as JPEG or PNG bytes. ``said`` is its text for those who cannot see it."""

    data: bytes
    said: str
    caption: str = ""
    width_mm: float = 80


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart or map as SVG text without outside references. ``said`` as for a photograph."""

    svg: str
    said: str
    caption: str = ""
    width_mm: float = 165


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page."""


Block = Heading | Text | Bullets | Notice | Facts | Rows | Photograph | Drawing | NewPage
