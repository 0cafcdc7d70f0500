"""What light, lens, motion and compression do to a small grey picture."""

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Rng = np.random.Generator


def to_grey(image: NDArray[np.uint8], rng: Rng) -> Grey:
    """Return a grey picture by random weights of the channels: eye, sensor or infra-red."""
    draw = rng.random()
    if draw < 0.55:
        weights = np.array([0.114, 0.587, 0.299])
    elif draw < 0.8:
        weights = rng.dirichlet([1.2, 3.0, 2.0])
    else:
        weights = np.array([0.02, 0.18, 0.8])
    return np.asarray(cv2.transform(image, weights[None].astype(np.float32)), np.uint8)


def light(image: NDArray[np.float32], rng: Rng) -> NDArray[np.float32]:
    """Return the picture (0..255) under a random light: slope, shadow, glare, exposure."""
    height, width = image.shape
    if rng.random() < 0.5:
        slope = rng.normal(0, 0.35)
        ramp = 1 + slope * np.linspace(-0.5, 0.5, width, dtype=np.float32)[None]
        rise = 1 + rng.normal(0, 0.25) * np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None]
        image = image * ramp * rise.astype(np.float32)
    if rng.random() < 0.15:
        image = _shadow(image, rng)
    if rng.random() < 0.12:
        image = _glare(image, rng)
    draw = rng.random()
    if draw < 0.22:  # dark: few levels left
        image = image * rng.uniform(0.1, 0.5) + rng.uniform(0, 25)
    elif draw < 0.30:  # washed out
        image = image * rng.uniform(0.25, 0.6) + rng.uniform(60, 150)
    elif draw < 0.38:  # overexposed
        image = image * rng.uniform(1.2, 1.9) + rng.uniform(0, 40)
    else:
        image = image * rng.uniform(0.6, 1.15) + rng.uniform(-15, 25)
    image = np.clip(image, 0, 255).astype(np.float32)
    if rng.random() < 0.4:
        gamma = float(np.exp(rng.normal(0, 0.35)))
        image = 255 * (image / 255) ** np.float32(gamma)
    return image


def _shadow(image: NDArray[np.float32], rng: Rng) -> NDArray[np.float32]:
    height, width = image.shape
    cover = np.ones((height, width), np.float32)
    at = rng.uniform(-0.2, 1.2, 2) * width
    side = -width if rng.random() < 0.5 else 2 * width
    points = np.array([[at[0], -2], [at[1], height + 2], [side, height + 2], [side, -2]], np.int32)
    cv2.fillConvexPoly(cover, points, float(rng.uniform(0.3, 0.8)))
    return image * cv2.GaussianBlur(cover, (0, 0), rng.uniform(0.5, 3)).astype(np.float32)


def _glare(image: NDArray[np.float32], rng: Rng) -> NDArray[np.float32]:
    height, width = image.shape
    x = np.arange(width, dtype=np.float32)[None] - np.float32(rng.uniform(-0.1, 1.1) * width)
    y = np.arange(height, dtype=np.float32)[:, None] - np.float32(rng.uniform(-0.2, 1.2) * height)
    size = np.float32(rng.uniform(0.15, 0.6) * width)
    return image + np.float32(rng.uniform(60, 240)) * np.exp(-(x * x + y * y) / (size * size))


def lens(image: NDArray[np.float32], rng: Rng, strength: float = 1.0) -> NDArray[np.float32]:
    """Return the picture out of focus or moved; `strength` scales the blur in pixels."""
    if rng.random() < 0.55:
        sigma = float(rng.gamma(2.0, 0.4) * strength)
        if sigma > 0.2:
            image = np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.float32)
    if rng.random() < 0.2:
        image = moved(image, rng, strength)
    return image


def moved(image: NDArray[np.float32], rng: Rng, strength: float = 1.0) -> NDArray[np.float32]:
    """Return the picture smeared along a straight line, as by movement."""
    length = int(rng.integers(2, 3 + round(5 * strength)))
    kernel = np.zeros((2 * length + 1, 2 * length + 1), np.float32)
    angle = rng.normal(0, 0.4) if rng.random() < 0.6 else rng.uniform(0, np.pi)
    dx, dy = np.cos(angle) * length / 2, np.sin(angle) * length / 2
    start = (round(length - dx), round(length - dy))
    end = (round(length + dx), round(length + dy))
    cv2.line(kernel, start, end, 1.0, 1)
    return np.asarray(cv2.filter2D(image, -1, kernel / kernel.sum()), np.float32)


def sensor(image: NDArray[np.float32], rng: Rng) -> Grey:
    """Return the picture with noise, sharpening and JPEG marks, as uint8."""
    if rng.random() < 0.6:
        sigma = float(rng.gamma(1.5, 3.0))
        noise = rng.standard_normal(image.shape, dtype=np.float32) * np.float32(sigma)
        if rng.random() < 0.35:
            noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), 0.7), np.float32) * 2
        image = image + noise
    if rng.random() < 0.15:
        soft = cv2.GaussianBlur(image, (0, 0), 1.0)
        image = image + np.float32(rng.uniform(0.3, 1.5)) * (image - soft)
    grey = np.clip(image, 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        grey = jpeg(grey, int(rng.integers(12, 90)))
    return grey


def night(image: NDArray[np.float32], rng: Rng, strength: float = 1.0) -> Grey:
    """Return the picture (0..255) as a hand-held or cheap camera takes it in the dark.

    Few levels, blur or movement, noise and compression come together there; drawn one by one,
    as in `light`, `lens` and `sensor`, they seldom do.
    """
    image = image * np.float32(rng.uniform(0.08, 0.42)) + np.float32(rng.uniform(0, 35))
    if rng.random() < 0.35:
        image = _glare(image, rng)
    sigma = float(rng.uniform(0.4, 1.5) * strength)
    image = np.asarray(cv2.GaussianBlur(image, (0, 0), max(0.3, sigma)), np.float32)
    if rng.random() < 0.5:
        image = moved(image, rng, strength)
    noise = rng.standard_normal(image.shape, dtype=np.float32) * np.float32(rng.uniform(1, 9))
    if rng.random() < 0.6:  # what the camera's own smoothing leaves of it
        noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), 0.8), np.float32) * 1.5
    grey = np.clip(image + noise, 0, 255).astype(np.uint8)
    if rng.random() < 0.75:
        grey = jpeg(grey, int(rng.integers(15, 70)))
    return grey


def infra_red(image: NDArray[np.float32], rng: Rng) -> NDArray[np.float32]:
    """Return the picture under an infra-red lamp: the plate shines, the rest falls back."""
    middle = float(np.quantile(image, 0.6))
    image = (image - middle) * np.float32(rng.uniform(1.2, 2.4)) + np.float32(rng.uniform(90, 220))
    bloom = np.clip(image - 215, 0, None)
    spread = cv2.GaussianBlur(bloom, (0, 0), float(rng.uniform(0.8, 3.0)))
    return np.asarray(np.clip(image + spread * np.float32(rng.uniform(0, 1.2)), 0, 255), np.float32)


def jpeg(image: Grey, quality: int) -> Grey:
    """Return the picture after JPEG compression at `quality`."""
    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)
