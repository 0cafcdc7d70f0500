"""From a paper to its file, by Typst, in this process: nothing is fetched, nothing lies on disk."""

import base64
import json
import re
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

import typst

from openanpr.imaging import PictureProblem, probe
from openanpr.papers.blocks import (
    Block,
    Bullets,
    Drawing,
    Facts,
    Heading,
    NewPage,
    Notice,
    Photograph,
    Rows,
    Text,
)
from openanpr.papers.paper import Paper

# XML 1.0 and PDF text know no control characters but these.
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_OUTSIDE: Final = re.compile(r"""(?:href|src)\s*=\s*["'](?!data:image/|\#)|url\(\s*["']?(?!\#)""")
_MIME: Final = {"JPEG": "image/jpeg", "PNG": "image/png"}


class PaperProblem(ValueError):
    """A paper that cannot be printed. The message says which part and why."""


def to_pdf(paper: Paper) -> bytes:
    """The paper as a tagged PDF. Raises PaperProblem."""
    made = _compiled(paper, "pdf")
    return b"".join(made) if isinstance(made, list) else made


def to_png(paper: Paper, *, ppi: float = 60) -> list[bytes]:
    """Each page as a PNG, to look at. Raises PaperProblem."""
    pages = _compiled(paper, "png", ppi=ppi)
    return pages if isinstance(pages, list) else [pages]


def _compiled(
    paper: Paper, form: Literal["pdf", "png"], ppi: float | None = None
) -> bytes | list[bytes]:
    if paper.made_at.tzinfo is None:
        raise PaperProblem("the paper's date has no time zone")
    try:
        made = typst.compile(
            _look(),
            format=form,
            ppi=ppi,
            font_paths=_fonts(),
            sys_inputs={"paper": json.dumps(_as_data(paper))},
            timestamp=int(paper.made_at.timestamp()),
        )
    except typst.TypstError as error:
        raise PaperProblem(f"the paper cannot be set: {error.message}") from error
    if made is None:
        raise PaperProblem("the paper came out empty")
    return made


@cache
def _look() -> bytes:
    return files("openanpr.papers").joinpath("paper.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """Only the fonts in the library: a paper looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def _as_data(paper: Paper) -> dict[str, Any]:
    made = paper.made_at
    return {
        "title": _clean(paper.title) or "Untitled",
        "subtitle": _clean(paper.subtitle),
        "force": _clean(paper.force),
        "reference": _clean(paper.reference),
        "marking": _clean(paper.marking),
        "watermark": _clean(paper.watermark),
        "language": paper.language,
        "made": f"{made.day} {made:%B %Y, %H:%M} {made.tzname() or ''}".rstrip(),
        "date": [made.year, made.month, made.day],
        "blocks": [_block(block) for block in paper.blocks],
    }


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Rows():
            return _rows(block)
        case Photograph(data, said, caption, width_mm):
            return _figure(_wrapped(data), said, caption, width_mm)
        case Drawing(svg, said, caption, width_mm):
            if _OUTSIDE.search(svg):
                raise PaperProblem("a drawing refers to something outside itself")
            return _figure(svg, said, caption, width_mm)
        case NewPage():
            return {"kind": "new-page"}
        case _:
            return _words(block)


def _words(block: Heading | Text | Notice | Bullets | Facts) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            if not 1 <= level <= 4:
                raise PaperProblem(f"a heading has level {level}; 1 to 4 are possible")
            return {"kind": "heading", "text": _clean(text), "level": level}
        case Text(text):
            return {"kind": "text", "text": _clean(text)}
        case Notice(text):
            return {"kind": "notice", "text": _clean(text)}
        case Bullets(items):
            return {"kind": "bullets", "items": [_clean(item) for item in items]}
        case Facts(pairs):
            return {"kind": "facts", "pairs": [[_clean(a), _clean(b)] for a, b in pairs]}


def _rows(block: Rows) -> dict[str, Any]:
    columns = len(block.header)
    if not columns:
        raise PaperProblem("a table has no columns")
    for number, row in enumerate(block.rows, start=1):
        if len(row) != columns:
            raise PaperProblem(f"row {number} of a table has {len(row)} cells, not {columns}")
    if block.widths and len(block.widths) != columns:
        raise PaperProblem(f"a table has {columns} columns and {len(block.widths)} widths")
    return {
        "kind": "rows",
        "header": [_clean(cell) for cell in block.header],
        "rows": [[_clean(cell) for cell in row] for row in block.rows],
        "caption": _clean(block.caption),
        "widths": list(block.widths),
        "fixed": list(block.fixed),
    }


def _figure(svg: str, said: str, caption: str, width_mm: float) -> dict[str, Any]:
    if not said.strip():
        raise PaperProblem("a picture has no text for those who cannot see it")
    return {
        "kind": "figure",
        "svg": svg,
        "said": _clean(said),
        "caption": _clean(caption),
        "width": min(width_mm, 165.0),
    }


def _wrapped(data: bytes) -> str:
    """A photograph inside a drawing of its size: so it travels as text, and never lies on disk."""
    try:
        kind = probe(data)
    except PictureProblem as problem:
        raise PaperProblem(f"a picture cannot be printed: {problem}") from problem
    mime = _MIME.get(kind.format)
    if mime is None:
        raise PaperProblem(f"a picture is {kind.format}; only JPEG and PNG can be printed")
    size = f'width="{kind.width}" height="{kind.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {kind.width} {kind.height}" {size}>'
        f'<image {size} href="data:{mime};base64,{base64.b64encode(data).decode()}"/></svg>'
    )
