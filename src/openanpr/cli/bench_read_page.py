"""The page of ``openanpr bench read --page``: the figures, and the misread pictures worst first.

One file with everything in it: no script, and nothing is asked of any other place.
"""

import base64
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from openanpr.cli.bench_read_measuring import Misread, Told
from openanpr.cli.markup import Markup, element, joined
from openanpr.imaging import (
    EncodeProblem,
    Film,
    JpegLimits,
    Label,
    Picture,
    PictureProblem,
    annotated,
    crop,
    encode_jpeg,
    load,
    resize,
)
from openanpr.reading.looks import corners_of
from openanpr.vrm import display

MOST_PICTURES: Final = 200
_OVERVIEW: Final = JpegLimits(width=640, height=480, max_bytes=40_000)
_PATCH: Final = JpegLimits(width=320, height=160, max_bytes=12_000)
_PATCH_WIDTH: Final = 240
_MARGIN: Final = 0.2
_POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_STYLE: Final = Markup("""
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 1rem; }
table { border-collapse: collapse; margin: 0 0 1.5rem; }
caption { font-weight: 600; padding: .25rem 0; text-align: left; }
th, td { border-bottom: 1px solid #767676; padding: .25rem .75rem .25rem 0; text-align: left; }
td.number, th.number { font-variant-numeric: tabular-nums; text-align: right; }
.scroll { overflow-x: auto; }
.mark { font-family: ui-monospace, monospace; font-weight: 600; }
article { border-top: 3px solid #767676; margin-top: 2rem; padding-top: .5rem; }
h3 { overflow-wrap: anywhere; }
figure { display: inline-block; margin: 0 1rem 1rem 0; vertical-align: top; }
img { display: block; height: auto; max-width: 100%; }
""")


def page_of(folder: Path, misread: Sequence[Misread], result: Mapping[str, Any]) -> str:
    """The whole page; `misread` comes worst first, and its pictures are loaded from `folder`."""
    sets = result["sets"]
    body = [
        element("h1", "How the plates were read"),
        element(
            "p",
            f"Folder {folder.name or folder.resolve().name}, models {result['model']},"
            f" at most {result['peak_memory_mb']} MB of memory.",
        ),
        element("h2", "Figures"),
        _summary(sets),
        *(part for kind, figures in sets.items() for part in _details(kind, figures)),
        element("h2", "Misread, worst first"),
        *_cases(folder, misread),
    ]
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"Plates read by models {result['model']}"),
        element("style", _STYLE),
    )
    main = element("body", element("main", *body))
    return f"<!DOCTYPE html>\n{element('html', head, main, lang='en-GB')}\n"


def _summary(sets: Mapping[str, Mapping[str, Any]]) -> Markup:
    columns = [
        "Set", "Pictures", "Plates", "Exact", "With O=0 and I=1", "Unread", "Repeated",
        "Junk a picture", "Calibration error (95 %)", "CPU ms: mean", "half under", "95 % under",
        "99 % under",
    ]  # fmt: skip
    rows = []
    for kind, told in sets.items():
        bounds, times = told["calibration_interval"], told["cpu_ms_percentiles"]
        between = f" ({bounds[0]:.3f} to {bounds[1]:.3f})" if bounds else ""
        rows.append(
            [
                kind, str(told["images"]), str(told["plates"]),
                f"{told['exact']} ({told['exact_share']:.1%})",
                f"{told['folded']} ({told['folded_share']:.1%})",
                str(told["unread"]), str(told["repeated"]), f"{told['junk_per_image']:.3f}",
                f"{told['calibration_error']:.3f}{between}", f"{told['cpu_ms']:.1f}",
                *(f"{times[part]:.1f}" if times else "" for part in ("p50", "p95", "p99")),
            ]
        )  # fmt: skip
    return _table("All sets (CPU time is for each picture, or each frame of a film)", columns, rows)


def _details(kind: str, figures: Mapping[str, Any]) -> Iterable[Markup]:
    if figures["reads"]:
        yield _table(
            f"{kind}: how sure the readings were, and how often right",
            ["Confidence", "Readings", "Mean confidence", "Right"],
            [
                [
                    f"{each['low']:.0%} to {each['high']:.0%}",
                    str(each["readings"]),
                    f"{each['confidence']:.1%}",
                    f"{each['right']:.1%}",
                ]
                for each in figures["reliability"]
                if each["readings"]
            ],
        )
    wrong = {
        shown: row for shown, row in figures["characters"].items() if row["right"] < row["shown"]
    }
    if wrong:
        yield _table(
            f"{kind}: characters not read right, of plates that were read",
            ["Shown", "Times", "Right", "Left out", "Read as"],
            [
                [
                    shown, str(row["shown"]), str(row["right"]), str(row["left_out"]),
                    ", ".join(f"{told} {count}x" for told, count in row["read_as"].items()),
                ]
                for shown, row in wrong.items()
            ],
        )  # fmt: skip


def _cases(folder: Path, misread: Sequence[Misread]) -> Iterable[Markup]:
    if not misread:
        yield element("p", "Every plate was read exactly, and nothing else.")
    for number, found in enumerate(misread[:MOST_PICTURES], start=1):
        yield _case(number, folder, found)
    if len(misread) > MOST_PICTURES:
        left = len(misread) - MOST_PICTURES
        yield element("p", f"{left} more were misread; --format json names all of them.")


def _case(number: int, folder: Path, found: Misread) -> Markup:
    shown = ", ".join(display(plate) for plate in found.plates) or "no plate"
    missed = ", ".join(display(plate) for plate in found.missed) or "none"
    told = [
        element("li", *_reading(each, right=each.text.vrm in found.plates))
        for each in found.readings
    ]
    return element(
        "article",
        element("h3", f"{number}. {found.name}"),
        element("p", "Truth: ", element("span", shown, class_="mark"), f". Missed: {missed}."),
        element("ul", *told) if told else element("p", "Nothing was read."),
        *_pictures(folder, found),
    )


def _reading(told: Told, *, right: bool) -> Iterable[str]:
    text = told.text
    yield "Right: " if right else "Wrong: "
    yield element("span", display(text.vrm, country=text.country), class_="mark")
    yield f", {text.confidence:.1%} sure, country {text.country or 'unknown'}, raw {text.raw}."
    others = ", ".join(f"{each.vrm} {each.confidence:.1%}" for each in text.candidates[1:])
    if others:
        yield f" Or {others}."


def _pictures(folder: Path, found: Misread) -> Iterable[Markup]:
    try:
        pictures = _loaded(folder / found.name, found)
    except PictureProblem as problem:
        yield element("p", f"The picture can't be shown: {problem}.")
        return
    for frame, picture in pictures.items():
        told = [each for each in found.readings if each.frame == frame]
        where = f", frame {frame}" if found.kind == "films" else ""
        labels = [Label(corners_of(each.box), "") for each in told] if found.kind != "crops" else []
        yield _figure(
            annotated(picture, labels), _OVERVIEW, f"{found.name}{where}", "The picture as read"
        )
        if found.kind != "crops":
            for each in told:
                yield _figure(
                    _patch(picture, each), _PATCH, f"Plate read as {each.text.vrm}", "Its plate"
                )


def _loaded(path: Path, found: Misread) -> dict[int, Picture]:
    if found.kind != "films":
        return {0: load(path)}
    film = Film(path)
    wanted = {each.frame for each in found.readings} or {film.length // 2}
    shown: dict[int, Picture] = {}
    for frame in film.frames():
        if frame.index in wanted:
            shown[frame.index] = frame.picture
        if len(shown) == len(wanted):
            break
    return shown


def _patch(picture: Picture, told: Told) -> Picture:
    box = told.box
    cut = crop(picture, x=box.x, y=box.y, width=box.width, height=box.height, margin=_MARGIN)
    height, width = cut.shape[:2]
    if width >= _PATCH_WIDTH:
        return cut
    return resize(cut, width=_PATCH_WIDTH, height=max(1, round(height * _PATCH_WIDTH / width)))


def _figure(picture: Picture, limits: JpegLimits, says: str, caption: str) -> Markup:
    try:
        data = encode_jpeg(picture, limits=limits)
    except EncodeProblem as problem:
        return element("p", f"The picture can't be shown: {problem}.")
    source = "data:image/jpeg;base64," + base64.b64encode(data).decode("ascii")
    return element(
        "figure",
        element("img", src=source, alt=says),
        element("figcaption", caption),
    )


def _table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    head = element("tr", *(element("th", name, scope="col") for name in columns))
    body = [
        element(
            "tr",
            element("th", row[0], scope="row"),
            *(element("td", value, class_="number") for value in row[1:]),
        )
        for row in rows
    ]
    table = element(
        "table",
        element("caption", caption),
        element("thead", head),
        joined(element("tbody", *body)),
    )
    return element("div", table, class_="scroll", tabindex=0, role="region", aria_label=caption)
