"""What stands on a plate beside its mark: bands, borders, seals, screws, dealer lines, dirt."""

import cv2
import numpy as np
from numpy.typing import NDArray

from openanpr.rendering.layout import Layout
from openanpr.rendering.styles import Colour, PlateStyle

Image = NDArray[np.uint8]

_BAND_COLOURS: dict[str, Colour] = {
    "blue": (150, 60, 10),
    "blue-right": (150, 60, 10),
    "blue-both": (150, 60, 10),
    "green": (70, 130, 10),
    "flag": (225, 225, 230),
    "red-white": (50, 40, 190),
}
_FONTS = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX, cv2.FONT_HERSHEY_PLAIN)


def band_widths(style: PlateStyle) -> tuple[float, float]:
    """Return the millimetres that the bands take at the left and at the right."""
    if style.band == "none" or style.layout == "motorcycle":
        return 0.0, 0.0
    size = 42.0 if style.country == "GB" else 40.0
    if style.band == "blue-both":
        return size, size
    return (0.0, size) if style.band == "blue-right" else (size, 0.0)


def draw_under(canvas: Image, layout: Layout, style: PlateStyle, rng: np.random.Generator) -> None:
    """Draw bands and border, before the mark."""
    left, right = band_widths(style)
    scale = style.scale
    if left:
        _band(canvas[:, : round(left * scale)], style, style.band_text, rng)
    if right:
        _band(canvas[:, canvas.shape[1] - round(right * scale) :], style, "", rng)
    if style.border:
        thick = max(1, round(style.border * scale))
        inset = thick // 2 + round(rng.uniform(0, 4) * scale)
        end = (canvas.shape[1] - 1 - inset, canvas.shape[0] - 1 - inset)
        cv2.rectangle(canvas, (inset, inset), end, style.ink, thick, cv2.LINE_AA)


def draw_over(canvas: Image, layout: Layout, style: PlateStyle, rng: np.random.Generator) -> None:
    """Draw what hides or neighbours the mark: separators, screws, dealer line, dirt."""
    for x, y in layout.gaps:
        _separator(canvas, (x * style.scale, y * style.scale), style, rng)
    if style.dealer:
        _dealer(canvas, style, rng)
    if style.screws:
        _screws(canvas, layout, style, rng)
    if style.dirt > 0.05:
        _dirt(canvas, style, rng)


def _band(part: NDArray[np.uint8], style: PlateStyle, text: str, rng: np.random.Generator) -> None:
    height, width = part.shape[:2]
    if not width:
        return
    part[:] = _BAND_COLOURS[style.band]
    if style.band in ("flag", "red-white"):
        middle = (width // 2, height // 3)
        arm = max(1, width // 7)
        cv2.rectangle(part, (0, middle[1] - arm), (width, middle[1] + arm), (40, 30, 200), -1)
        cv2.rectangle(
            part, (middle[0] - arm, 0), (middle[0] + arm, height * 2 // 3), (40, 30, 200), -1
        )
    elif style.band != "green":
        radius = width * 0.28
        for step in range(12):
            angle = step * np.pi / 6
            x = width / 2 + radius * np.cos(angle)
            y = height * 0.3 + radius * np.sin(angle)
            cv2.circle(part, (round(x), round(y)), max(1, width // 22), (60, 215, 245), -1)
    if text:
        colour = (40, 30, 40) if style.band == "flag" else (245, 245, 245)
        scale = width / (24.0 * max(2, len(text)))
        cv2.putText(
            part,
            text,
            (round(width * 0.1), round(height * 0.86)),
            _FONTS[0],
            scale,
            colour,
            max(1, round(scale * 2)),
            cv2.LINE_AA,
        )


def _separator(
    canvas: Image, at: tuple[float, float], style: PlateStyle, rng: np.random.Generator
) -> None:
    scale, gap = style.scale, style.group_gap
    x, y = at
    kind = style.separator
    if kind == "dash":
        half, thick = gap * 0.25 * scale, max(1, round(9 * scale))
        cv2.line(canvas, (round(x - half), round(y)), (round(x + half), round(y)), style.ink, thick)
    elif kind == "dot":
        cv2.circle(
            canvas, (round(x), round(y)), max(1, round(5 * scale)), style.ink, -1, cv2.LINE_AA
        )
    elif kind in ("seal", "seals"):
        radius = max(2, round(min(gap * 0.42, 20) * scale))
        places = (y,) if kind == "seal" else (y - radius * 1.1, y + radius * 1.1)
        for row in places:
            _seal(canvas, (round(x), round(row)), radius, rng)
    elif kind == "crest":
        size = min(gap * 0.4, 18) * scale
        points = np.array(
            [
                [x - size, y - size],
                [x + size, y - size],
                [x + size, y + size * 0.3],
                [x, y + size * 1.2],
                [x - size, y + size * 0.3],
            ],
            np.int32,
        )
        cv2.fillConvexPoly(canvas, points, _bright(rng), cv2.LINE_AA)
        cv2.polylines(canvas, [points], isClosed=True, color=(60, 50, 50), lineType=cv2.LINE_AA)
    elif kind == "sticker":
        size = min(gap * 0.4, 16) * scale
        row = y + rng.uniform(-20, 20) * scale
        cv2.rectangle(
            canvas,
            (round(x - size), round(row - size)),
            (round(x + size), round(row + size)),
            _bright(rng),
            -1,
        )


def _bright(rng: np.random.Generator) -> Colour:
    b, g, r = (int(v) for v in rng.integers(30, 240, 3))
    return b, g, r


def _seal(canvas: Image, at: tuple[int, int], radius: int, rng: np.random.Generator) -> None:
    cv2.circle(canvas, at, radius, _bright(rng), -1, cv2.LINE_AA)
    cv2.circle(canvas, at, max(1, round(radius * 0.6)), _bright(rng), -1, cv2.LINE_AA)
    if rng.random() < 0.5:
        cv2.circle(canvas, at, radius, (50, 50, 50), 1, cv2.LINE_AA)


def _dealer(canvas: Image, style: PlateStyle, rng: np.random.Generator) -> None:
    height, width = canvas.shape[:2]
    size = 0.28 * style.scale * rng.uniform(0.8, 1.3)
    top = rng.random() < 0.12
    y = round(height * 0.09) if top else round(height - 3 * style.scale)
    x = round(width * rng.uniform(0.3, 0.55))
    cv2.putText(canvas, style.dealer, (x, y), _FONTS[0], size, style.ink, 1, cv2.LINE_AA)


def _screws(canvas: Image, layout: Layout, style: PlateStyle, rng: np.random.Generator) -> None:
    height, width = canvas.shape[:2]
    radius = max(1, round(rng.uniform(4, 8) * style.scale))
    fill = _bright(rng) if rng.random() < 0.5 else style.background
    inset = rng.uniform(0.05, 0.25)
    level = 0.5 if style.screws == 2 and rng.random() < 0.3 else float(rng.uniform(0.1, 0.9))
    rows = (0.12, 0.88) if style.screws == 4 else (level,)
    for row in rows:
        for column in (inset, 1 - inset):
            at = (round(width * column), round(height * row))
            cv2.circle(canvas, at, radius, fill, -1, cv2.LINE_AA)
            cv2.circle(canvas, at, radius, (80, 80, 80), 1, cv2.LINE_AA)


def _dirt(canvas: Image, style: PlateStyle, rng: np.random.Generator) -> None:
    height, width = canvas.shape[:2]
    coarse = rng.random((5, 12)).astype(np.float32)
    cover = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    cover = np.clip((cover - 1 + style.dirt * 0.8) * 1.2, 0, 0.75)[..., None]
    mud = np.array([60, 80, 95], np.float32) * rng.uniform(0.5, 1.6)
    canvas[:] = (canvas * (1 - cover) + mud * cover).astype(np.uint8)
    for _ in range(int(style.dirt * 10)):
        at = (int(rng.integers(0, width)), int(rng.integers(0, height)))
        radius = max(1, round(rng.uniform(1, 5) * style.scale))
        cv2.circle(canvas, at, radius, (50, 60, 70), -1, cv2.LINE_AA)
