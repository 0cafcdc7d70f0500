"""Grey backgrounds: procedural textures, lettering and cut-outs of licensed frames."""

import cv2
import numpy as np
from numpy.typing import NDArray

from training.sources import Frame

Grey = NDArray[np.uint8]
Rng = np.random.Generator

_WORDS = "TAXI VAN SPORT 4X4 TURBO DIESEL GTI POLICE BUS STOP SLOW CITY EXPRESS FORD 24H SALE EXIT"
_FONTS = (
    cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX, cv2.FONT_HERSHEY_COMPLEX,
    cv2.FONT_HERSHEY_TRIPLEX, cv2.FONT_HERSHEY_SCRIPT_SIMPLEX,
)  # fmt: skip


def texture(height: int, width: int, rng: Rng) -> Grey:
    """Return a soft random texture with a few edges, uint8 [height, width]."""
    size = (int(rng.integers(1, 6)), int(rng.integers(1, 8)))
    coarse = rng.uniform(0, 255, size).astype(np.float32)
    base = rng.uniform(0, 230)
    coarse = base + (coarse - 127) * np.float32(rng.uniform(0.05, 0.7))
    image = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR))
    if rng.random() < 0.4:
        noise = rng.standard_normal((height, width), dtype=np.float32)
        image = image + noise * np.float32(rng.uniform(2, 25))
    grey = np.clip(image, 0, 255).astype(np.uint8)
    for _ in range(int(rng.integers(0, 4))):
        shade = int(rng.integers(0, 256))
        x, y = int(rng.integers(-5, width)), int(rng.integers(-5, height))
        if rng.random() < 0.5:
            end = (x + int(rng.integers(3, width + 4)), y + int(rng.integers(2, height + 3)))
            cv2.rectangle(grey, (x, y), end, shade, -1 if rng.random() < 0.6 else 1)
        else:
            end = (int(rng.integers(0, width)), int(rng.integers(0, height)))
            cv2.line(grey, (x, y), end, shade, int(rng.integers(1, 5)), cv2.LINE_AA)
    return grey


def words(rng: Rng) -> str:
    """Return lettering that is no mark: a word, a sign's measure, a web or telephone line."""
    known = _WORDS.split()
    draw = rng.random()
    if draw < 0.35:
        return known[int(rng.integers(len(known)))]
    if draw < 0.55:
        unit = ("m", "t", "km", " mph", "h", "kg", "%", " min")[int(rng.integers(8))]
        number = f"{rng.uniform(1, 60):.1f}" if rng.random() < 0.5 else str(rng.integers(1, 99))
        lead = ("HEIGHT ", "MAX ", "LIMIT ", "", "EXIT ", "No ")[int(rng.integers(6))]
        return lead + number + unit
    low = "abcdefghijklmnopqrstuvwxyz"
    name = "".join(low[i] for i in rng.integers(0, 26, int(rng.integers(4, 12))))
    if draw < 0.7:
        return f"{name}.co.uk" if rng.random() < 0.5 else f"www.{name}.com"
    if draw < 0.8:
        return f"0{rng.integers(100, 9999)} {rng.integers(100000, 999999)}"
    return name.upper() if rng.random() < 0.5 else name.capitalize()


def lettering(image: Grey, rng: Rng) -> None:
    """Write words that are no mark on the picture, in one or two lines, in place."""
    height, width = image.shape
    font = _FONTS[int(rng.integers(len(_FONTS)))]
    lines = 2 if rng.random() < 0.25 else 1
    scale = height * rng.uniform(0.25, 0.75) / (22 * lines)
    shade = int(rng.integers(0, 256))
    thick = max(1, round(scale * rng.uniform(1, 3.5)))
    x = int(rng.uniform(-0.2, 0.4) * width)
    for line in range(lines):
        y = int(height * (line + rng.uniform(0.6, 0.9)) / lines)
        cv2.putText(image, words(rng), (x, y), font, scale, shade, thick, cv2.LINE_AA)


def sign(image: Grey, rng: Rng) -> None:
    """Cover the picture with an even sign that has lettering on it, in place."""
    image[:] = int(rng.integers(0, 256))
    lettering(image, rng)


def grille(image: Grey, rng: Rng) -> None:
    """Draw bars, rings or slats, as on a radiator, in place."""
    height, width = image.shape
    shade = int(rng.integers(0, 256))
    if rng.random() < 0.5:
        step = int(rng.integers(3, 14))
        for y in range(int(rng.integers(0, step)), height, step):
            cv2.line(image, (0, y), (width, y), shade, max(1, step // 3))
    elif rng.random() < 0.5:
        step = int(rng.integers(4, 16))
        for x in range(int(rng.integers(0, step)), width, step):
            cv2.line(image, (x, 0), (x, height), shade, max(1, step // 3))
    else:
        for _ in range(int(rng.integers(1, 5))):
            at = (int(rng.integers(0, width)), int(rng.integers(0, height)))
            radius = int(rng.integers(2, max(3, height // 2)))
            cv2.circle(image, at, radius, shade, int(rng.integers(1, 4)), cv2.LINE_AA)


def spots(image: Grey, rng: Rng) -> None:
    """Draw a row of lamps or lit letters, as reversing lamps and reflections make, in place."""
    height, width = image.shape
    image[:] = (image * rng.uniform(0.2, 1.0)).astype(np.uint8)
    count = int(rng.integers(2, 7))
    row = height * rng.uniform(0.3, 0.7)
    for x in np.linspace(width * 0.1, width * 0.9, count) + rng.normal(0, 0.03 * width, count):
        axes = (max(1, int(width * rng.uniform(0.02, 0.09))), max(1, int(height * 0.16)))
        at = (int(x), int(row + rng.normal(0, 0.08 * height)))
        cv2.ellipse(image, at, axes, 0, 0, 360, int(rng.integers(120, 256)), -1, cv2.LINE_AA)


def facade(image: Grey, rng: Rng) -> None:
    """Draw rows of windows, bricks, stripes or twigs, in place."""
    height, width = image.shape
    image[:] = int(rng.integers(0, 256))
    shade = int(rng.integers(0, 256))
    draw = rng.random()
    if draw < 0.4:
        columns, rows = int(rng.integers(3, 12)), int(rng.integers(1, 5))
        fill = rng.uniform(0.3, 0.8)
        for row in range(rows):
            for column in range(columns):
                x, y = int(column * width / columns), int(row * height / rows)
                end = (x + int(fill * width / columns), y + int(fill * height / rows))
                cv2.rectangle(image, (x, y), end, shade, -1)
    elif draw < 0.7:
        step, lean = int(rng.integers(3, 16)), int(rng.integers(-height, height + 1))
        for x in range(-height, width + height, 2 * step):
            cv2.line(image, (x, 0), (x + lean, height), shade, step)
    else:
        for _ in range(int(rng.integers(10, 50))):
            one = (int(rng.integers(0, width)), int(rng.integers(0, height)))
            two = (one[0] + int(rng.normal(0, 0.2 * width)), one[1] + int(rng.normal(0, height)))
            cv2.line(image, one, two, int(rng.integers(0, 256)), 1, cv2.LINE_AA)


def patch(frames: list[Frame], height: int, width: int, rng: Rng) -> Grey:
    """Return a background patch: of a frame away from its plates, or procedural."""
    if frames and rng.random() < 0.6:
        found = _from_frame(frames[int(rng.integers(len(frames)))], height, width, rng)
        if found is not None:
            return found
    return texture(height, width, rng)


def _from_frame(frame: Frame, height: int, width: int, rng: Rng) -> Grey | None:
    rows, columns = frame.grey.shape
    for _ in range(3):
        zoom = rng.uniform(0.5, 2.0)
        h, w = min(rows, max(4, int(height * zoom))), min(columns, max(4, int(width * zoom)))
        x, y = int(rng.integers(0, columns - w + 1)), int(rng.integers(0, rows - h + 1))
        if not overlaps(frame.boxes, x, y, w, h):
            cut = cv2.resize(
                frame.grey[y : y + h, x : x + w], (width, height), interpolation=cv2.INTER_AREA
            )
            return np.asarray(cut, np.uint8)
    return None


def overlaps(boxes: NDArray[np.float64], x: float, y: float, w: float, h: float) -> bool:
    """Return whether any of `boxes` [n, 4] touches the rectangle."""
    if not len(boxes):
        return False
    inside = (
        (boxes[:, 0] < x + w) & (boxes[:, 0] + boxes[:, 2] > x)
        & (boxes[:, 1] < y + h) & (boxes[:, 1] + boxes[:, 3] > y)
    )  # fmt: skip
    return bool(inside.any())
