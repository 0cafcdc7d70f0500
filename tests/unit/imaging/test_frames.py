"""Crops, warps, limits of JPEG files, and drawing."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openanpr.imaging import (
    OVERVIEW_LIMITS,
    EncodeProblem,
    JpegLimits,
    Label,
    annotated,
    crop,
    decode,
    encode_jpeg,
    fit_within,
    grey,
    grown,
    letterbox,
    overview_jpeg,
    patch_jpeg,
    probe,
    rectify,
    reencode,
    resize,
    sharpness,
)


def noise(width: int, height: int) -> np.ndarray:
    return np.random.default_rng(3).integers(0, 255, (height, width, 3), dtype=np.uint8)


@given(
    st.integers(-50, 150),
    st.integers(-50, 150),
    st.integers(1, 200),
    st.integers(1, 200),
    st.floats(0, 0.5),
)
def test_a_crop_is_never_empty(x: int, y: int, width: int, height: int, margin: float) -> None:
    part = crop(noise(100, 80), x=x, y=y, width=width, height=height, margin=margin)
    assert part.size > 0


def test_a_crop_is_the_part_in_its_box() -> None:
    picture = noise(100, 80)
    assert np.array_equal(crop(picture, x=10, y=20, width=30, height=5), picture[20:25, 10:40])


def test_a_letterbox_keeps_the_shape_and_pads_with_grey() -> None:
    field, scale = letterbox(np.zeros((720, 1280), dtype=np.uint8), width=640, height=384)
    assert scale == 0.5
    assert field.shape == (384, 640)
    assert field[:360].max() == 0
    assert set(np.unique(field[360:])) == {114}


def test_fitting_shrinks_and_never_grows() -> None:
    assert fit_within(noise(400, 100), width=120, height=60).shape == (30, 120, 3)
    assert fit_within(noise(40, 10), width=120, height=60).shape == (10, 40, 3)


def test_a_slanted_plate_is_straightened() -> None:
    # Four shades in the quarters of a slanted plate must lie in the quarters of the result.
    flat = np.kron(np.array([[20, 90], [160, 230]], dtype=np.uint8), np.ones((24, 72), np.uint8))
    corners = np.array([[60, 40], [300, 90], [290, 170], [50, 110]], dtype=np.float32)
    source = np.array([[0, 0], [144, 0], [144, 48], [0, 48]], dtype=np.float32)
    scene = cv2.warpPerspective(flat, cv2.getPerspectiveTransform(source, corners), (400, 240))
    straight = rectify(np.asarray(scene, np.uint8), corners, width=144, height=48)
    for row, column, shade in [(12, 36, 20), (12, 108, 90), (36, 36, 160), (36, 108, 230)]:
        assert abs(int(straight[row, column]) - shade) < 6


def test_a_plate_that_fills_the_picture_is_averaged_not_sampled() -> None:
    # Lines of one pixel would alias to black or white; their average is grey.
    stripes = np.zeros((480, 1440), dtype=np.uint8)
    stripes[:, ::2] = 255
    whole = np.array([[0, 0], [1440, 0], [1440, 480], [0, 480]], dtype=np.float32)
    flat = rectify(stripes, whole, width=144, height=48)
    assert abs(float(flat[8:-8, 8:-8].mean()) - 127.5) < 8
    assert float(flat[8:-8, 8:-8].std()) < 12


def test_a_quadrilateral_grows_on_each_side() -> None:
    square = np.array([[10, 10], [110, 10], [110, 60], [10, 60]], dtype=np.float32)
    expected = [[4, 7], [116, 7], [116, 63], [4, 63]]
    assert np.allclose(grown(square, share=0.06), expected)


def test_a_patch_and_an_overview_keep_their_limits() -> None:
    patch = patch_jpeg(noise(400, 100))
    assert len(patch) <= 3_000
    assert probe(patch).width <= 120
    assert probe(patch).height <= 60
    overview = overview_jpeg(noise(1920, 1080))
    assert len(overview) <= OVERVIEW_LIMITS.max_bytes
    calm = np.full((720, 1280, 3), 90, dtype=np.uint8)
    assert probe(overview_jpeg(calm)).width == 1280


def test_an_impossible_limit_is_an_error() -> None:
    with pytest.raises(EncodeProblem):
        encode_jpeg(noise(64, 64), limits=JpegLimits(width=64, height=64, max_bytes=20))


def test_encoding_again_drops_the_metadata_of_the_source() -> None:
    done, data = cv2.imencode(".jpg", noise(64, 48))
    assert done
    comment = b"\xff\xfe\x00\x0fcamera at home"[:17]
    tagged = data.tobytes()[:2] + comment[:4] + b"camera at hom" + data.tobytes()[2:]
    assert b"camera" in tagged
    clean = reencode(tagged, limits=OVERVIEW_LIMITS)
    assert b"camera" not in clean
    assert decode(clean).shape == (48, 64, 3)


def test_sharpness_falls_when_a_picture_is_blurred() -> None:
    sharp = resize(noise(48, 16), width=144, height=48)
    blurred = np.asarray(cv2.GaussianBlur(sharp, (0, 0), 3), np.uint8)
    assert sharpness(sharp) > 2 * sharpness(blurred)


def test_labels_are_drawn_on_a_copy_even_at_the_edge() -> None:
    picture = np.zeros((90, 160, 3), dtype=np.uint8)
    corners = np.array([[120, 0], [159, 0], [159, 12], [120, 12]], dtype=np.float32)
    drawn = annotated(grey(picture), [Label(corners, "OA30 AAA")])
    assert drawn.shape == picture.shape
    assert drawn.any()
    assert not picture.any()
