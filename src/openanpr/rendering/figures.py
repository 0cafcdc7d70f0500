"""The figures 0-9 as strokes of our own, by the parameters of a pen."""

from collections.abc import Callable

import numpy as np

from openanpr.rendering.pen import Pen
from openanpr.rendering.strokes import Path, closed, fillet


def _0(p: Pen) -> list[Path]:
    radius = p.radius if p.face.zero != "oval" else max(p.radius, p.width)
    paths = [closed(p.left, p.top, p.right, p.bottom, radius)]
    if p.face.zero == "slashed":
        paths.append(p.line((p.left, p.bottom), (p.right, p.top)))
    return paths


def _1(p: Pen) -> list[Path]:
    if p.face.one == "bar":
        return [p.stem(p.centre)]
    if p.face.one == "flag":
        return [p.stem(p.right), p.line((-2, p.height * 0.27), (p.right, p.stroke * 0.35))]
    return [p.stem(p.centre), p.bar(p.bottom), p.line((0, p.height * 0.24), (p.centre, p.top))]


def _2(p: Pen) -> list[Path]:
    r = min(p.radius, (p.right - p.left) / 2)
    return [
        fillet(
            [
                (p.left, p.top + p.hook),
                (p.left, p.top),
                (p.right, p.top),
                (p.right, p.middle + p.height * 0.02),
                (p.left, p.bottom),
            ],
            r,
        ),
        p.bar(p.bottom),
    ]


def _3(p: Pen) -> list[Path]:
    r = min(p.radius, (p.middle - p.top) / 2)
    inner = p.width * 0.35
    upper = p.right - p.width * p.face.bowl
    lower = fillet(
        [
            (inner, p.middle),
            (p.right, p.middle),
            (p.right, p.bottom),
            (p.left, p.bottom),
            (p.left, p.bottom - p.hook),
        ],
        r,
    )
    if p.face.flat_three:
        return [
            p.bar(p.top, 0, p.right + p.stroke * 0.4),
            p.line((p.right, p.top), (inner, p.middle)),
            lower,
        ]
    return [
        fillet(
            [
                (p.left, p.top + p.hook),
                (p.left, p.top),
                (upper, p.top),
                (upper, p.middle),
                (inner, p.middle),
            ],
            r,
        ),
        lower,
    ]


def _4(p: Pen) -> list[Path]:
    stem = p.width * 0.7
    shelf = p.height * 0.72
    if p.face.four_open:
        return [
            p.line((p.width * 0.35, -2), (p.left, shelf)),
            p.bar(shelf),
            p.line((stem, p.height * 0.4), (stem, p.height + 1)),
        ]
    return [p.stem(stem), p.bar(shelf), p.line((stem, -p.stroke * 0.1), (p.left * 0.8, shelf))]


def _5(p: Pen) -> list[Path]:
    waist = p.height * 0.44
    r = min(p.radius, (p.bottom - waist) / 2)
    return [
        p.bar(p.top, 0, p.width * 0.95),
        p.line((p.left, 0), (p.left, waist + p.stroke * 0.5)),
        fillet(
            [
                (0, waist),
                (p.right, waist),
                (p.right, p.bottom),
                (p.left, p.bottom),
                (p.left, p.bottom - p.hook),
            ],
            r,
        ),
    ]


def _6(p: Pen) -> list[Path]:
    waist = p.height * 0.45
    r = min(p.radius, (p.bottom - waist) / 2)
    bowl = closed(p.left, waist, p.right, p.bottom, r)
    if p.face.six_straight:
        return [bowl, p.line((p.width * 0.7, -2), (p.left, (waist + p.bottom) / 2))]
    return [
        bowl,
        fillet(
            [
                (p.right, p.top + p.hook),
                (p.right, p.top),
                (p.left, p.top),
                (p.left, (waist + p.bottom) / 2),
            ],
            min(p.radius, (p.right - p.left) / 2),
        ),
    ]


def _7(p: Pen) -> list[Path]:
    foot = p.width * 0.38
    return [
        p.bar(p.top, -1, p.right + p.stroke * 0.2),
        p.line((p.right, p.top * 0.6), (p.right, p.top * 1.6), (foot, p.height + 4)),
    ]


def _8(p: Pen) -> list[Path]:
    r = min(p.radius, (p.middle - p.top) / 2)
    inset = p.width * p.face.bowl
    return [
        closed(p.left + inset, p.top, p.right - inset, p.middle, r),
        closed(p.left, p.middle, p.right, p.bottom, r),
    ]


def _9(p: Pen) -> list[Path]:
    size = np.array([p.width, p.height])
    return [size - path for path in _6(p)]


SHAPES: dict[str, Callable[[Pen], list[Path]]] = {
    "0": _0,
    "1": _1,
    "2": _2,
    "3": _3,
    "4": _4,
    "5": _5,
    "6": _6,
    "7": _7,
    "8": _8,
    "9": _9,
}
