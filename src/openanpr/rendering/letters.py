"""The letters A-Z as strokes of our own, by the parameters of a pen."""

from collections.abc import Callable

from openanpr.rendering.pen import Pen
from openanpr.rendering.strokes import Path, closed, fillet


def _a(p: Pen) -> list[Path]:
    flat = p.face.a_flat * p.width / 2
    inset = p.stroke * 0.52
    rise = p.height * 0.1
    slope = (p.centre - flat - inset) / p.height
    left = p.line((inset - slope * rise, p.height + rise), (p.centre - flat, -rise * 0.0 - 1))
    right = p.line((p.width - inset + slope * rise, p.height + rise), (p.centre + flat, -1))
    paths = [left, right, p.bar(p.height * 0.7, p.width * 0.25, p.width * 0.75)]
    if flat:
        paths.append(p.bar(p.top, p.centre - flat, p.centre + flat))
    return paths


def _b(p: Pen) -> list[Path]:
    upper = p.right - p.width * p.face.bowl
    r = min(p.radius, (p.middle - p.top) / 2)
    return [
        p.stem(),
        fillet([(0, p.top), (upper, p.top), (upper, p.middle), (p.left, p.middle)], r),
        fillet([(p.left, p.middle), (p.right, p.middle), (p.right, p.bottom), (0, p.bottom)], r),
    ]


def _c(p: Pen) -> list[Path]:
    end = p.top + p.hook
    low = p.bottom - p.hook
    return [
        fillet(
            [
                (p.right, end),
                (p.right, p.top),
                (p.left, p.top),
                (p.left, p.bottom),
                (p.right, p.bottom),
                (p.right, low),
            ],
            min(p.radius, (p.right - p.left) / 2),
        )
    ]


def _d(p: Pen) -> list[Path]:
    return [
        p.stem(),
        fillet(
            [(0, p.top), (p.right, p.top), (p.right, p.bottom), (0, p.bottom)],
            min(p.radius, p.right - p.left),
        ),
    ]


def _e(p: Pen) -> list[Path]:
    return [p.stem(), p.bar(p.top), p.bar(p.bottom), p.bar(p.middle, 0, p.width * 0.92)]


def _f(p: Pen) -> list[Path]:
    return [p.stem(), p.bar(p.top), p.bar(p.middle, 0, p.width * 0.9)]


def _g(p: Pen) -> list[Path]:
    r = min(p.radius, (p.right - p.left) / 2)
    shelf = p.middle + p.height * 0.04
    return [
        fillet(
            [
                (p.right, p.top + p.hook),
                (p.right, p.top),
                (p.left, p.top),
                (p.left, p.bottom),
                (p.right, p.bottom),
                (p.right, shelf, 0),
                (p.centre, shelf),
            ],
            r,
        ),
        p.bar(shelf, p.centre, p.width + 1),
    ]


def _h(p: Pen) -> list[Path]:
    return [p.stem(), p.stem(p.right), p.bar(p.middle)]


def _i(p: Pen) -> list[Path]:
    paths = [p.stem(p.centre)]
    if p.face.letter_i == "serif":
        paths += [p.bar(p.top), p.bar(p.bottom)]
    return paths


def _j(p: Pen) -> list[Path]:
    return [
        fillet(
            [
                (p.right, -1),
                (p.right, p.bottom),
                (p.left, p.bottom),
                (p.left, p.bottom - p.hook * 1.3),
            ],
            min(p.radius, (p.right - p.left) / 2),
        )
    ]


def _k(p: Pen) -> list[Path]:
    reach = p.stroke * 0.62
    join = (p.left + p.stroke * 0.3, p.height * 0.6)
    foot = p.left + (p.width - p.left) * 0.35
    return [
        p.stem(),
        p.line(join, (p.width - reach + 4, -4)),
        p.line((foot, p.height * 0.42), (p.width - reach + 4, p.height + 4)),
    ]


def _l(p: Pen) -> list[Path]:
    return [p.stem(), p.bar(p.bottom)]


def _m(p: Pen) -> list[Path]:
    depth = p.height * p.face.m_vertex
    lift = p.stroke * 0.4
    return [
        p.stem(),
        p.stem(p.right),
        p.line((p.left - 1, -lift), (p.centre, depth), (p.right + 1, -lift)),
    ]


def _n(p: Pen) -> list[Path]:
    return [p.stem(), p.stem(p.right), p.line((p.left - 1, -1), (p.right + 1, p.height + 1))]


def _o(p: Pen) -> list[Path]:
    return [closed(p.left, p.top, p.right, p.bottom, p.radius)]


def _p(p: Pen) -> list[Path]:
    low = p.middle + p.height * 0.05
    return [
        p.stem(),
        fillet(
            [(0, p.top), (p.right, p.top), (p.right, low), (0, low)],
            min(p.radius, (low - p.top) / 2),
        ),
    ]


def _q(p: Pen) -> list[Path]:
    size = p.height * p.face.q_tail
    return [
        *_o(p),
        p.line((p.width - size * 1.25, p.height - size * 1.3), (p.width + 2, p.height + 2)),
    ]


def _r(p: Pen) -> list[Path]:
    low = p.middle + p.height * 0.03
    reach = p.stroke * 0.55
    return [
        p.stem(),
        fillet(
            [(0, p.top), (p.right, p.top), (p.right, low), (0, low)],
            min(p.radius, (low - p.top) / 2),
        ),
        p.line((p.width * p.face.leg, low), (p.width - reach + 3, p.height + 4)),
    ]


def _s(p: Pen) -> list[Path]:
    r = min(p.radius, (p.middle - p.top) / 2, (p.right - p.left) / 2)
    return [
        fillet(
            [
                (p.right, p.top + p.hook),
                (p.right, p.top),
                (p.left, p.top),
                (p.left, p.middle),
                (p.right, p.middle),
                (p.right, p.bottom),
                (p.left, p.bottom),
                (p.left, p.bottom - p.hook),
            ],
            r,
        )
    ]


def _t(p: Pen) -> list[Path]:
    return [p.stem(p.centre), p.bar(p.top)]


def _u(p: Pen) -> list[Path]:
    return [
        fillet(
            [(p.left, -1), (p.left, p.bottom), (p.right, p.bottom), (p.right, -1)],
            min(p.radius, (p.right - p.left) / 2),
        )
    ]


def _v(p: Pen) -> list[Path]:
    inset = p.stroke * 0.52
    return [
        p.line((inset - 2, -4), (p.centre, p.height - p.stroke * 0.1), (p.width - inset + 2, -4)),
        p.line((p.centre, p.height - p.stroke), (p.centre, p.height)),
    ]


def _w(p: Pen) -> list[Path]:
    if p.face.w_vertex < 0.55:
        inset, foot = p.stroke * 0.45, p.width * 0.27
    else:
        inset, foot = p.stroke * 0.42, p.width * 0.28
    top = p.height * (1 - p.face.w_vertex)
    return [
        p.line((inset, -3), (foot, p.height + 2)),
        p.line((p.width - inset, -3), (p.width - foot, p.height + 2)),
        p.line((foot, p.height + 2), (p.centre, top), (p.width - foot, p.height + 2)),
    ]


def _x(p: Pen) -> list[Path]:
    inset = p.stroke * 0.6
    return [
        p.line((inset - 3, -4), (p.width - inset + 3, p.height + 4)),
        p.line((p.width - inset + 3, -4), (inset - 3, p.height + 4)),
    ]


def _y(p: Pen) -> list[Path]:
    inset = p.stroke * 0.52
    fork = p.height * 0.55
    return [
        p.line((inset - 3, -4), (p.centre, fork), (p.width - inset + 3, -4)),
        p.line((p.centre, fork - 2), (p.centre, p.height + 1)),
    ]


def _z(p: Pen) -> list[Path]:
    inset = p.stroke * 0.6
    return [p.bar(p.top), p.bar(p.bottom), p.line((p.width - inset, p.top), (inset, p.bottom))]


SHAPES: dict[str, Callable[[Pen], list[Path]]] = {
    "A": _a,
    "B": _b,
    "C": _c,
    "D": _d,
    "E": _e,
    "F": _f,
    "G": _g,
    "H": _h,
    "I": _i,
    "J": _j,
    "K": _k,
    "L": _l,
    "M": _m,
    "N": _n,
    "O": _o,
    "P": _p,
    "Q": _q,
    "R": _r,
    "S": _s,
    "T": _t,
    "U": _u,
    "V": _v,
    "W": _w,
    "X": _x,
    "Y": _y,
    "Z": _z,
}
