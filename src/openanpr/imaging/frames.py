"""The array that every picture is here, and its plain geometry: crop, resize, letterbox, warp."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]
"""A picture: uint8, [height, width, 3] in BGR order or [height, width] in grey."""

Corners = npt.NDArray[np.float32]
"""Four points [4, 2] as x, y in pixels: top left, top right, bottom right, bottom left."""

PADDING_GREY: Final = 114


def as_picture(array: npt.NDArray[np.generic]) -> Picture:
    """`array` as uint8, as every function here gives it."""
    return np.asarray(array, dtype=np.uint8)


def grey(picture: Picture) -> Picture:
    """The picture in grey [height, width]; the same array where it is grey already."""
    if picture.ndim == 2:
        return picture
    return as_picture(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))


def colour(picture: Picture) -> Picture:
    """The picture in BGR [height, width, 3]; the same array where it is in colour already."""
    if picture.ndim == 3:
        return picture
    return as_picture(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR))


def resize(picture: Picture, *, width: int, height: int) -> Picture:
    """The picture stretched to `width` x `height` pixels, averaged where it shrinks."""
    shrinks = width * height < picture.shape[0] * picture.shape[1]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return as_picture(cv2.resize(picture, (width, height), interpolation=how))


def fit_within(picture: Picture, *, width: int, height: int) -> Picture:
    """The picture shrunk, never grown, to fit into `width` x `height` with its shape kept."""
    scale = min(width / picture.shape[1], height / picture.shape[0], 1.0)
    if scale == 1.0:
        return picture
    return resize(
        picture,
        width=max(1, round(picture.shape[1] * scale)),
        height=max(1, round(picture.shape[0] * scale)),
    )


def letterbox(picture: Picture, *, width: int, height: int) -> tuple[Picture, float]:
    """The picture at the top left of a grey `width` x `height` field, and the scale it took."""
    scale = min(width / picture.shape[1], height / picture.shape[0])
    inner_width = min(width, max(1, round(picture.shape[1] * scale)))
    inner_height = min(height, max(1, round(picture.shape[0] * scale)))
    field = np.full((height, width, *picture.shape[2:]), PADDING_GREY, dtype=np.uint8)
    field[:inner_height, :inner_width] = resize(picture, width=inner_width, height=inner_height)
    return field, scale


def crop(
    picture: Picture, *, x: int, y: int, width: int, height: int, margin: float = 0
) -> Picture:
    """The part of the picture in a box, grown by `margin` of its size and cut to the picture.

    At least one pixel, even for a box outside the picture.
    """
    grow_x, grow_y = round(width * margin), round(height * margin)
    left = min(max(0, x - grow_x), picture.shape[1] - 1)
    top = min(max(0, y - grow_y), picture.shape[0] - 1)
    right = max(left + 1, min(picture.shape[1], x + width + grow_x))
    bottom = max(top + 1, min(picture.shape[0], y + height + grow_y))
    return picture[top:bottom, left:right]


def grown(corners: Corners, *, share: float) -> Corners:
    """A quadrilateral with each side moved outwards by `share` of its width or height."""
    top_left, top_right, bottom_right, bottom_left = corners.astype(np.float32)
    across_top, across_bottom = (top_right - top_left) * share, (bottom_right - bottom_left) * share
    down_left, down_right = (bottom_left - top_left) * share, (bottom_right - top_right) * share
    return np.stack(
        [
            top_left - across_top - down_left,
            top_right + across_top - down_right,
            bottom_right + across_bottom + down_right,
            bottom_left - across_bottom + down_left,
        ]
    ).astype(np.float32)


def rectify(picture: Picture, corners: Corners, *, width: int, height: int) -> Picture:
    """What lies in a quadrilateral, stretched to an upright `width` x `height` picture."""
    left, top = np.floor(corners.min(axis=0)).astype(int) - 2
    right, bottom = np.ceil(corners.max(axis=0)).astype(int) + 3
    part = crop(picture, x=int(left), y=int(top), width=int(right - left), height=int(bottom - top))
    points = corners - np.array([max(0, left), max(0, top)], dtype=np.float32)
    # A perspective warp samples single pixels: a large plate is averaged down first.
    factor = max(1, int(min(part.shape[1] / width, part.shape[0] / height)))
    if factor > 1:
        part = resize(part, width=part.shape[1] // factor, height=part.shape[0] // factor)
        points = (points / factor).astype(np.float32)
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32) - 0.5
    transform = cv2.getPerspectiveTransform((points - 0.5).astype(np.float32), target)
    return as_picture(
        cv2.warpPerspective(
            part,
            transform,
            (width, height),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
    )


def sharpness(picture: Picture) -> float:
    """How sharp a picture is: the variance of its Laplacian over its contrast, 0 upwards."""
    shades = grey(picture)
    contrast = float(shades.std()) + 8.0
    return float(cv2.Laplacian(shades, cv2.CV_32F).std()) / contrast
