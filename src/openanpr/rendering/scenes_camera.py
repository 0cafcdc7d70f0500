"""The cameras of the demo world: where they look from, the road before them and the light."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Light = Literal["day", "dusk", "night"]
Scenery = Literal["fen", "town", "moving"]

WIDTH: Final = 1280
HEIGHT: Final = 720


@dataclass(frozen=True, slots=True)
class View:
    """A pinhole camera above the road. Metres, radians; world: x right, y ahead, z up."""

    height: float
    pitch: float  # downwards
    focal: float  # pixels

    def project(self, points: Points) -> tuple[Points, Points]:
        """Return the picture places [..., 2] and the depths [...] of world points [..., 3]."""
        cos, sin = np.cos(self.pitch), np.sin(self.pitch)
        rise = points[..., 2] - self.height
        depth = np.maximum(points[..., 1] * cos - rise * sin, 0.3)
        up = points[..., 1] * sin + rise * cos
        places = np.stack(
            (
                WIDTH / 2 + self.focal * points[..., 0] / depth,
                HEIGHT / 2 - self.focal * up / depth,
            ),
            axis=-1,
        )
        return places, depth

    @property
    def horizon(self) -> float:
        """The picture row of the horizon."""
        return HEIGHT / 2 - self.focal * float(np.tan(self.pitch))

    def ground(self) -> tuple[Points, Points, Points]:
        """Return x, y [h, w] where each pixel's ray meets the ground, and metres a pixel there.

        Pixels at or above the horizon get a ground 400 m away.
        """
        cols = (np.arange(WIDTH) - WIDTH / 2 + 0.5) / self.focal
        rows = (np.arange(HEIGHT) - HEIGHT / 2 + 0.5) / self.focal
        cos, sin = np.cos(self.pitch), np.sin(self.pitch)
        drop = np.maximum(rows * cos + sin, self.height / 400)
        depth = self.height / drop
        ahead = depth * (cos - rows * sin)
        x = depth[:, None] * cols[None, :]
        y = np.broadcast_to(ahead[:, None], x.shape)
        return x, y, np.broadcast_to((depth / self.focal)[:, None], x.shape)


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane's middle in metres right of the camera, and whether its traffic approaches."""

    x: float
    approaching: bool


@dataclass(frozen=True, slots=True)
class CameraStyle:
    """What a demo camera sees when no vehicle passes."""

    name: str
    view: View
    light: Light
    scenery: Scenery
    lanes: tuple[Lane, ...]
    left_edge: float  # of the carriageway, metres from the camera
    right_edge: float
    centre_line: float
    nearest: float = 9.5  # metres ahead where a vehicle leaves the picture
    farthest: float = 34.0

    @property
    def moving(self) -> bool:
        """Whether the camera rides in a vehicle."""
        return self.scenery == "moving"


def _fixed(name: str, light: Light, scenery: Scenery, *, approaching: bool) -> CameraStyle:
    # Traffic keeps left: what comes towards the camera is on the right of the picture.
    side = 1.0 if approaching else -1.0
    return CameraStyle(
        name=name,
        view=View(height=2.75, pitch=float(np.radians(5.6)), focal=2150.0),
        light=light,
        scenery=scenery,
        lanes=(Lane(0.75 * side, approaching), Lane(-2.75 * side, not approaching)),
        left_edge=min(2.7 * side, -4.6 * side),
        right_edge=max(2.7 * side, -4.6 * side),
        centre_line=-1.0 * side,
    )


def _moving(name: str, light: Light) -> CameraStyle:
    return CameraStyle(
        name=name,
        view=View(height=1.32, pitch=float(np.radians(1.6)), focal=1550.0),
        light=light,
        scenery="moving",
        lanes=(Lane(-0.1, approaching=False), Lane(3.3, approaching=True)),
        left_edge=-1.95,
        right_edge=5.1,
        centre_line=1.6,
        nearest=9.0,
        farthest=30.0,
    )


CAMERA_STYLES: Final[dict[str, CameraStyle]] = {
    style.name: style
    for style in (
        _fixed("drove-north", "day", "fen", approaching=True),
        _fixed("drove-south", "day", "fen", approaching=False),
        _fixed("drove-dusk", "dusk", "fen", approaching=False),
        _fixed("quay-street", "night", "town", approaching=True),
        _moving("patrol", "dusk"),
        _moving("patrol-day", "day"),
    )
}


def camera_style(name: str) -> CameraStyle:
    """Return a demo camera's style. Raises ValueError for a name that is none of theirs."""
    style = CAMERA_STYLES.get(name)
    if style is None:
        raise ValueError(f"no demo camera is called {name!r}; there are {', '.join(CAMERA_STYLES)}")
    return style
