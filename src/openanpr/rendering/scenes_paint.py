"""A layer on which one vehicle is painted, finer than the picture, then laid over it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from openanpr.rendering.scenes_camera import HEIGHT, WIDTH, View

Floats = NDArray[np.float64]
Image = NDArray[np.uint8]
Colour = tuple[float, float, float]  # blue, green, red

_FINER = 2  # layer pixels a picture pixel
_SHIFT = 4
_SUB = 1 << _SHIFT


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the picture in whole pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def empty(self) -> bool:
        """Whether nothing of it lies in the picture."""
        return self.right - self.left < 2 or self.bottom - self.top < 2


def box_around(places: Floats, margin: float) -> Box:
    """Return the part of the picture that holds `places` [n, 2] and a margin in pixels."""
    low, high = places.min(axis=0) - margin, places.max(axis=0) + margin
    return Box(
        max(0, int(low[0])), max(0, int(low[1])),
        min(WIDTH, int(high[0]) + 1), min(HEIGHT, int(high[1]) + 1),
    )  # fmt: skip


class Layer:
    """Paints in world coordinates through a view onto a part of the picture."""

    def __init__(self, view: View, box: Box, origin: tuple[float, float]) -> None:
        self.view = view
        self.box = box
        self.origin = np.array((origin[0], origin[1], 0.0))
        size = (box.bottom - box.top) * _FINER, (box.right - box.left) * _FINER, 4
        self.pixels: Image = np.zeros(size, np.uint8)
        self._corner = np.array((box.left, box.top), np.float64)

    def places(self, points: Floats) -> Floats:
        """Return where vehicle points [..., 3] lie in the picture, in pixels."""
        return self.view.project(points + self.origin)[0]

    def _fine(self, points: Floats) -> NDArray[np.int32]:
        fine = (self.places(points) - self._corner) * _FINER * _SUB
        return np.clip(fine, -8e6, 8e6).astype(np.int32)

    def faces(self, corners: Floats, colours: Floats) -> None:
        """Paint four-cornered faces [n, 4, 3], the first farthest away, in colours [n, 3]."""
        shapes = self._fine(corners)
        tones = np.concatenate((colours, np.full((len(colours), 1), 255.0)), axis=1).tolist()
        pixels, paint = self.pixels, cv2.fillConvexPoly
        for shape, tone in zip(shapes, tones, strict=True):
            paint(pixels, shape, tone, 8, _SHIFT)

    def polygon(self, points: Floats, colour: Colour) -> None:
        """Paint an outline [n, 3], smooth at its edge."""
        cv2.fillPoly(self.pixels, [self._fine(points)], (*colour, 255.0), cv2.LINE_8, _SHIFT)

    def line(self, points: Floats, colour: Colour, width: float, *, closed: bool = False) -> None:
        """Paint a line [n, 3] of `width` metres, at least one fine pixel."""
        scale = self.scale_at(points[len(points) // 2])
        thick = max(1, round(width * scale * _FINER))
        cv2.polylines(
            self.pixels, [self._fine(points)], closed, (*colour, 255.0), thick, cv2.LINE_8, _SHIFT
        )

    def scale_at(self, point: Floats) -> float:
        """Return the pixels a metre at a vehicle point [3]."""
        return self.view.focal / float(self.view.project(point + self.origin)[1])

    def picture(self, image: Image, quad: Floats) -> Floats:
        """Paint a flat picture [h, w, 3] on the four corners [4, 3] (top left, then clockwise).

        Returns the corners' places in the picture [4, 2].
        """
        places = self.places(quad)
        fine = (places - self._corner) * _FINER
        height, width = image.shape[:2]
        wanted = float(np.linalg.norm(fine[1] - fine[0]))
        if wanted < width * 0.75:
            share = wanted / width
            size = (max(8, round(width * share)), max(3, round(height * share)))
            image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
            height, width = image.shape[:2]
        low = np.floor(fine.min(axis=0)).astype(int) - 1
        high = np.ceil(fine.max(axis=0)).astype(int) + 2
        low = np.maximum(low, 0)
        high = np.minimum(high, (self.pixels.shape[1], self.pixels.shape[0]))
        if (high - low < 2).any():
            return places
        source = np.array(((0, 0), (width, 0), (width, height), (0, height)), np.float32) - 0.5
        change = cv2.getPerspectiveTransform(source, (fine - low - 0.5).astype(np.float32))
        part = self.pixels[low[1] : high[1], low[0] : high[0]]
        size = (part.shape[1], part.shape[0])
        warped = cv2.warpPerspective(
            image, change, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        mask = np.zeros(part.shape[:2], np.uint8)
        shape = ((fine - low) * _SUB).astype(np.int32)
        cv2.fillConvexPoly(mask, shape, 255.0, cv2.LINE_8, _SHIFT)
        cv2.copyTo(np.dstack((warped, mask)), mask, part)
        return places

    def lay_over(self, picture: Image, *, soften: float) -> None:
        """Blend the layer into `picture` [h, w, 3] in place; `soften` blurs by that many pixels."""
        box = self.box
        size = (box.right - box.left, box.bottom - box.top)
        small = cv2.resize(self.pixels, size, interpolation=cv2.INTER_AREA)
        if soften > 0:
            small = cv2.GaussianBlur(small, (0, 0), soften)
        part = picture[box.top : box.bottom, box.left : box.right]
        cover = cv2.cvtColor(255 - small[:, :, 3], cv2.COLOR_GRAY2BGR)
        # The layer is black where nothing is painted: its colours are weighted by cover already.
        kept = cv2.multiply(part, cover, scale=1 / 255)
        cv2.add(kept, np.ascontiguousarray(small[:, :, :3]), dst=part)
