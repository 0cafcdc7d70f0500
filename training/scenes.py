"""Training scenes of the detector: frames and drawn streets with plates pasted into them."""

import cv2
import numpy as np
from numpy.typing import NDArray

from training import backgrounds, conditions
from training.pasting import paste
from training.scene import HEIGHT, WIDTH, Grey, Rng, Scene
from training.scene_effects import enlarged, lamps, shift
from training.sources import Frame

__all__ = ["HEIGHT", "WIDTH", "Scene", "random_scene", "vehicle"]


def random_scene(rng: Rng, frames: list[Frame]) -> Scene:
    """Return a random scene with none, one or several plates."""
    if frames and rng.random() < 0.7:
        scene = _from_frame(frames[int(rng.integers(len(frames)))], rng)
        spots: list[tuple[float, float, float]] = []
        if rng.random() < 0.5:
            _change_plates(scene, rng)
    else:
        scene = Scene(_street(rng))
        spots = [vehicle(scene.image, rng) for _ in range(int(rng.choice([0, 1, 1, 2])))]
    for _ in range(int(rng.choice([0, 0, 1, 2, 3, 5]))):
        _distract(scene, rng)
    count = len(spots) + int(rng.choice([0, 1, 1, 2, 3]))
    for index in range(count):
        paste(scene, rng, spots[index] if index < len(spots) else None)
    for share, change in ((0.35, shift), (0.3, lamps), (0.35, enlarged)):
        if rng.random() < share:
            change(scene, rng)
    if rng.random() < 0.15:
        scene.image = conditions.night(
            scene.image.astype(np.float32), rng, float(rng.uniform(0.3, 0.8))
        )
        return scene
    picture = scene.image.astype(np.float32)
    if rng.random() < 0.6:
        picture = conditions.light(picture, rng)
    if rng.random() < 0.5:
        picture = conditions.lens(picture, rng, strength=float(rng.uniform(0.2, 0.8)))
    scene.image = conditions.sensor(picture, rng)
    return scene


def _from_frame(frame: Frame, rng: Rng) -> Scene:
    rows, columns = frame.grey.shape
    zoom = float(np.exp(rng.uniform(np.log(0.35), np.log(1.8))))
    h, w = min(rows, int(HEIGHT / zoom)), min(columns, int(WIDTH / zoom))
    draw = rng.random()
    wanted = frame.others if len(frame.others) and draw < 0.3 else frame.boxes
    if draw < 0.75 and len(wanted):
        box = wanted[int(rng.integers(len(wanted)))]
        x = int(np.clip(box[0] + box[2] / 2 - w * rng.uniform(0.15, 0.85), 0, columns - w))
        y = int(np.clip(box[1] + box[3] / 2 - h * rng.uniform(0.15, 0.85), 0, rows - h))
    else:
        x, y = int(rng.integers(0, columns - w + 1)), int(rng.integers(0, rows - h + 1))
    flags = cv2.INTER_AREA if zoom < 1 else cv2.INTER_LINEAR
    scale = min(WIDTH / w, HEIGHT / h)
    size = (max(1, round(w * scale)), max(1, round(h * scale)))
    cut = cv2.resize(frame.grey[y : y + h, x : x + w], size, interpolation=flags)
    image = np.full((HEIGHT, WIDTH), 114, np.uint8)
    image[: size[1], : size[0]] = cut
    scene = Scene(image)
    for left, top, width, height in frame.boxes:
        _keep_real(scene, np.array([left - x, top - y, width, height]) * scale)
    for box in frame.unsure:
        scene.ignored.append(tuple((box - [x, y, 0, 0]) * scale))
    if rng.random() < 0.5:
        _mirror(scene)
    return scene


def _change_plates(scene: Scene, rng: Rng) -> None:
    """Put rendered plates over real ones: as varied as we like, where plates truly are."""
    real, scene.boxes, scene.corners = scene.boxes, [], []
    for x, y, w, h in real:
        before = len(scene.boxes)
        paste(scene, rng, (x + w / 2, y + h / 2, w * 1.05), height=h * 1.05)
        if len(scene.boxes) == before:
            scene.ignored.append((x, y, w, h))


def _keep_real(scene: Scene, box: NDArray[np.float64]) -> None:
    left, top, width, height = (float(v) for v in box)
    right, bottom = left + width, top + height
    if right < 1 or bottom < 1 or left > WIDTH - 1 or top > HEIGHT - 1:
        return
    inside = left > -2 and top > -2 and right < WIDTH + 2 and bottom < HEIGHT + 2
    if inside and width > 11:
        scene.boxes.append((left, top, width, height))
        scene.corners.append(None)
    else:
        scene.ignored.append((left, top, width, height))


def _mirror(scene: Scene) -> None:
    scene.image = np.ascontiguousarray(scene.image[:, ::-1])
    scene.boxes = [(WIDTH - x - w, y, w, h) for x, y, w, h in scene.boxes]
    scene.ignored = [(WIDTH - x - w, y, w, h) for x, y, w, h in scene.ignored]


def _street(rng: Rng) -> Grey:
    if rng.random() < 0.3:
        return backgrounds.texture(HEIGHT, WIDTH, rng)
    horizon = int(HEIGHT * rng.uniform(0.1, 0.6))
    sky, road = rng.uniform(0, 255), rng.uniform(10, 150)
    image = np.empty((HEIGHT, WIDTH), np.float32)
    image[:horizon] = sky + np.linspace(-20, 20, horizon, dtype=np.float32)[:, None]
    image[horizon:] = road + np.linspace(-25, 25, HEIGHT - horizon, dtype=np.float32)[:, None]
    image += rng.standard_normal(image.shape, dtype=np.float32) * np.float32(rng.uniform(0, 14))
    grey = np.clip(image, 0, 255).astype(np.uint8)
    for _ in range(int(rng.integers(0, 9))):
        x, shade = int(rng.integers(-20, WIDTH)), int(rng.integers(0, 256))
        if rng.random() < 0.5:
            top = int(rng.integers(-20, horizon + 1))
            end = (x + int(rng.integers(5, 110)), horizon)
            cv2.rectangle(grey, (x, top), end, shade, -1)
        else:
            end = (int(rng.integers(0, WIDTH)), horizon)
            cv2.line(grey, (x, HEIGHT), end, shade, int(rng.integers(1, 7)), cv2.LINE_AA)
    return grey


def vehicle(image: Grey, rng: Rng) -> tuple[float, float, float]:
    """Draw a car-like shape, in place; return where its plate goes: middle x, y and width."""
    height, width = image.shape
    size = float(np.exp(rng.uniform(np.log(70), np.log(1300))))
    cx, base = rng.uniform(0.1, 0.9) * width, rng.uniform(0.45, 1.1) * height
    tall = size * rng.uniform(0.5, 0.9)
    body = int(rng.integers(0, 240))
    dark = int(rng.integers(0, 60))

    def point(u: float, v: float) -> tuple[int, int]:
        return int(cx + u * size), int(base - v * tall)

    outline = [(-0.5, 0.08), (-0.5, 0.5), (-0.38, 0.62), (-0.3, 0.98), (0.3, 0.98),
               (0.38, 0.62), (0.5, 0.5), (0.5, 0.08)]  # fmt: skip
    cv2.fillPoly(image, [np.array([point(u, v) for u, v in outline])], body, cv2.LINE_AA)
    glass = [(-0.33, 0.62), (-0.27, 0.93), (0.27, 0.93), (0.33, 0.62)]
    cv2.fillPoly(image, [np.array([point(u, v) for u, v in glass])], dark, cv2.LINE_AA)
    for side in (-1, 1):
        lamp = point(side * rng.uniform(0.34, 0.42), rng.uniform(0.4, 0.52))
        axes = (max(1, int(size * 0.08)), max(1, int(tall * rng.uniform(0.04, 0.09))))
        cv2.ellipse(image, lamp, axes, 0, 0, 360, int(rng.integers(90, 256)), -1, cv2.LINE_AA)
        wheel = (max(1, int(size * 0.07)), max(1, int(tall * 0.12)))
        cv2.ellipse(image, point(side * 0.42, 0.08), wheel, 0, 0, 360, 15, -1, cv2.LINE_AA)
    if rng.random() < 0.6:
        u, v = rng.uniform(0.1, 0.28), rng.uniform(0.35, 0.45)
        cv2.rectangle(image, point(-u, v + 0.08), point(u, v), dark, -1)
        step = max(2, int(tall * 0.025))
        for y in range(point(0, v + 0.08)[1], point(0, v)[1], step):
            cv2.line(image, (point(-u, 0)[0], y), (point(u, 0)[0], y), body, 1)
    if rng.random() < 0.5:
        badge = max(1, int(size * rng.uniform(0.015, 0.05)))
        cv2.circle(image, point(0, rng.uniform(0.45, 0.58)), badge, 200, -1, cv2.LINE_AA)
    return cx + rng.normal(0, 0.03) * size, base - tall * rng.uniform(0.16, 0.38), size * 0.29


def _distract(scene: Scene, rng: Rng) -> None:
    width = int(np.exp(rng.uniform(np.log(14), np.log(180))))
    height = max(5, int(width / rng.uniform(0.8, 6)))
    x = int(rng.integers(-width // 3, WIDTH - width // 2))
    y = int(rng.integers(-height // 3, HEIGHT - height // 2))
    if not scene.free(x, y, width, height):
        return
    part = scene.image[max(0, y) : y + height, max(0, x) : x + width]
    if part.shape[0] < 4 or part.shape[1] < 6:
        return
    cut = np.ascontiguousarray(part)
    draw = rng.random()
    if draw < 0.3:
        backgrounds.sign(cut, rng)
    elif draw < 0.5:
        backgrounds.lettering(cut, rng)
    elif draw < 0.7:
        backgrounds.grille(cut, rng)
    elif draw < 0.85:
        backgrounds.spots(cut, rng)
    else:
        backgrounds.facade(cut, rng)
    part[:] = cut
