"""Draw one number plate, flat, seen from the front."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from openanpr.rendering import furniture
from openanpr.rendering.faces import alphabet
from openanpr.rendering.glyphs import glyph_mask
from openanpr.rendering.layout import Layout, Spacing, place, split_groups, split_lines
from openanpr.rendering.styles import PlateStyle

Image = NDArray[np.uint8]

# Glyphs are drawn once at this size and shrunk for each plate.
_CUT = 0.75


@dataclass(frozen=True, slots=True)
class CharacterBox:
    """A character and its box in pixels of the rendered plate."""

    char: str
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class RenderedPlate:
    """A drawn plate: `image` uint8 [h, w, 3] BGR, characters in reading order, line count."""

    image: Image
    characters: tuple[CharacterBox, ...]
    lines: int


def render_plate(
    vrm: str,
    *,
    style: PlateStyle,
    rng: np.random.Generator,
    groups: tuple[int, ...] | None = None,
) -> RenderedPlate:
    """Draw `vrm` in `style`; `rng` places what no rule fixes (dirt, screws, stickers).

    `groups` gives the lengths of the groups where country and mark do not say them. The same
    arguments and generator state give the same pixels. Raises ValueError for an empty mark or
    a character outside 0-9 and A-Z.
    """
    if not vrm or not all("0" <= c <= "9" or "A" <= c <= "Z" for c in vrm):
        raise ValueError("a plate needs one or more of the characters 0-9 and A-Z")
    layout = _layout(vrm, style, groups)
    scale = style.scale
    height, width = round(layout.height * scale), round(layout.width * scale)
    canvas = np.empty((height, width, 3), np.uint8)
    canvas[:] = style.background
    furniture.draw_under(canvas, layout, style, rng)
    mask = _text_mask(layout, style, (height, width))
    _ink(canvas, mask, style)
    furniture.draw_over(canvas, layout, style, rng)
    boxes = tuple(
        CharacterBox(c.char, c.x * scale, c.y * scale, c.w * scale, c.h * scale)
        for c in layout.characters
    )
    return RenderedPlate(canvas, boxes, layout.lines)


def _layout(vrm: str, style: PlateStyle, lengths: tuple[int, ...] | None) -> Layout:
    face = alphabet(style.face, style.variant)
    factor = style.glyph_scale
    face = replace(
        face,
        width=face.width * factor * style.squeeze,
        height=face.height * factor,
        stroke=face.stroke * factor * style.squeeze,
    )
    one = style.layout == "one-line"
    left, right = furniture.band_widths(style)
    groups = split_groups(vrm, style.country, lengths)
    lines = split_lines(groups, 1 if one else 2)
    motorcycle = style.layout == "motorcycle"
    spacing = Spacing(
        char=style.char_gap * (10 / 11 if motorcycle else 1),
        group=style.group_gap,
        line=13.0 if motorcycle else 19.0,
        margin_x=13.0 + style.border,
        margin_y=(14.0 if motorcycle else 15.0) + style.border / 2,
        band_left=left,
        band_right=right,
        min_width={"one-line": 520.0, "two-line": 280.0, "motorcycle": 215.0}[style.layout],
    )
    return place(lines, face, spacing)


def _text_mask(layout: Layout, style: PlateStyle, shape: tuple[int, int]) -> Image:
    mask = np.zeros(shape, np.uint8)
    scale = style.scale
    for item in layout.characters:
        glyph = glyph_mask(style.face, style.variant, item.char, max(_CUT, scale))
        x, y = round(item.x * scale), round(item.y * scale)
        w, h = max(1, round(item.w * scale)), max(1, round(item.h * scale))
        w, h = min(w, shape[1] - x), min(h, shape[0] - y)
        if w < 1 or h < 1:
            continue
        mask[y : y + h, x : x + w] = cv2.resize(glyph, (w, h), interpolation=cv2.INTER_AREA)
    return mask


def _ink(canvas: Image, mask: Image, style: PlateStyle) -> None:
    scale = style.scale
    if style.ink_style == "raised":
        step = max(1, round(3 * scale))
        shadow = np.zeros_like(mask)
        shadow[step:, step:] = mask[:-step, :-step] // 2
        mix(canvas, shadow, (90, 90, 90))
    elif style.ink_style == "outlined":
        size = max(3, round(4 * scale) | 1)
        wide = cv2.dilate(mask, np.ones((size, size), np.uint8)) // 2
        mix(canvas, wide.astype(np.uint8), (110, 110, 110))
    mix(canvas, mask, style.ink)
    if style.ink_style == "hatched":
        rows = np.arange(mask.shape[0])[:, None] + np.arange(mask.shape[1])[None, :]
        pitch = max(3, round(5 * scale))
        mix(canvas, ((rows % pitch < pitch // 2) * (mask // 3)).astype(np.uint8), (110, 110, 110))
    elif style.ink_style == "graded":
        size = max(3, round(6 * scale) | 1)
        inner = cv2.erode(mask, np.ones((size, size), np.uint8)) // 2
        mix(canvas, inner.astype(np.uint8), (120, 120, 120))


def mix(canvas: Image, mask: Image, colour: tuple[int, int, int]) -> None:
    """Blend one colour into `canvas` [h, w, 3] where `mask` [h, w] covers it, in place."""
    cover = mask.astype(np.float32)[..., None] * np.float32(1 / 255)
    ink = np.array(colour, np.float32)
    canvas[:] = (canvas + (ink - canvas) * cover + 0.5).astype(np.uint8)
