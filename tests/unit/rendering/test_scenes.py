"""Rendered scenes: what is said of a frame is what stands in it."""

import cv2
import numpy as np
import pytest

from openanpr.rendering.scenes import Scene, Truth, Vehicle, VehiclePass, plate_of
from openanpr.rendering.scenes_body import KINDS, Kind
from openanpr.rendering.scenes_camera import CAMERA_STYLES, camera_style
from openanpr.rendering.scenes_vehicle import Look
from openanpr.vrm.fictional import marks

_MARKS = marks(41)
VEHICLE = Vehicle(next(_MARKS), Look("hatchback", "red", 1), plates=0)
OTHER = Vehicle(next(_MARKS), Look("van", "white", 2), plates=1)


def _truths(passing: VehiclePass, t: float) -> tuple[Truth, ...]:
    return passing.frame(t)[1]


def _rectified(image: np.ndarray, truth: Truth, size: tuple[int, int]) -> np.ndarray:
    target = np.array([[0, 0], [size[0], 0], size, [0, size[1]]], np.float32)
    change = cv2.getPerspectiveTransform(truth.quad.astype(np.float32), target)
    return cv2.warpPerspective(image, change, size)


@pytest.fixture(scope="module")
def scenes() -> dict[str, Scene]:
    """One scene a camera; their backgrounds are drawn once."""
    return {name: Scene(4, style) for name, style in CAMERA_STYLES.items()}


@pytest.mark.parametrize("name", list(CAMERA_STYLES))
def test_the_plate_stands_where_the_truth_says(scenes: dict[str, Scene], name: str) -> None:
    scene = scenes[name]
    passing = scene.passes([VEHICLE])
    nearest = passing.duration * {True: 0.93, False: 0.07}[scene.style.lanes[0].approaching]
    if scene.style.moving:
        nearest = passing.duration / 2
    image, (truth,) = passing.frame(nearest)

    assert truth.vrm == VEHICLE.vrm
    assert truth.inside
    size = (208, 44)
    drawn = cv2.resize(plate_of(VEHICLE, rear=not truth.approaching), size)
    seen = _rectified(image, truth, size)
    alike = np.corrcoef(
        *(cv2.cvtColor(p, cv2.COLOR_BGR2GRAY).ravel().astype(float) for p in (drawn, seen))
    )[0, 1]
    assert alike > 0.75


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rear", [False, True])
def test_every_shape_carries_its_plate_upright_and_whole(
    scenes: dict[str, Scene], kind: Kind, *, rear: bool
) -> None:
    scene = scenes["drove-south" if rear else "drove-north"]
    passing = scene.passes([Vehicle(VEHICLE.vrm, Look(kind, "blue", 3), plates=3)])
    (truth,) = _truths(passing, passing.duration * (0.1 if rear else 0.9))

    left, right = truth.quad[[0, 3]].mean(axis=0), truth.quad[[1, 2]].mean(axis=0)
    top, bottom = truth.quad[:2].mean(axis=0), truth.quad[2:].mean(axis=0)
    assert truth.inside
    assert right[0] - left[0] > 40  # a plate of two lines is narrow
    assert bottom[1] - top[1] > 10
    assert truth.approaching is not rear


def test_an_approaching_vehicle_grows_and_a_departing_one_shrinks(
    scenes: dict[str, Scene],
) -> None:
    for name, grows in (("drove-north", True), ("drove-south", False)):
        passing = scenes[name].passes([VEHICLE])
        (early,) = _truths(passing, 0.2 * passing.duration)
        (late,) = _truths(passing, 0.8 * passing.duration)
        widths = [float(np.ptp(truth.quad[:, 0])) for truth in (early, late)]
        assert (widths[1] > widths[0]) is grows


def test_two_vehicles_pass_at_once_in_their_own_lanes(scenes: dict[str, Scene]) -> None:
    passing = scenes["drove-north"].passes([VEHICLE, OTHER])
    truths = _truths(passing, passing.duration * 0.55)
    assert {truth.vrm for truth in truths} == {VEHICLE.vrm, OTHER.vrm}
    assert {truth.approaching for truth in truths} == {True, False}


def test_nobody_or_a_crowd_is_refused(scenes: dict[str, Scene]) -> None:
    for crowd in ([], [VEHICLE, OTHER, VEHICLE]):
        with pytest.raises(ValueError, match="one or two"):
            scenes["drove-north"].passes(crowd)


def test_the_same_seed_gives_the_same_frame() -> None:
    frames = [
        Scene(9, camera_style("drove-dusk")).passes([VEHICLE]).frame(0.4)[0] for _ in range(2)
    ]
    assert np.array_equal(*frames)


def test_the_background_is_not_touched_by_those_who_pass(scenes: dict[str, Scene]) -> None:
    scene = scenes["drove-north"]
    before = scene.background()
    scene.passes([VEHICLE]).frame(1.0)
    assert np.array_equal(before, scene.background())


def test_the_light_differs(scenes: dict[str, Scene]) -> None:
    shades = {name: float(scenes[name].background().mean()) for name in scenes}
    assert shades["drove-north"] > shades["drove-dusk"] > shades["quay-street"]


def test_a_moving_camera_moves_and_its_drive_repeats(scenes: dict[str, Scene]) -> None:
    scene = scenes["patrol"]
    assert not np.array_equal(scene.background(drive=0), scene.background(drive=3))
    assert np.array_equal(scene.background(drive=0), scene.background(drive=12))


def test_after_the_pass_nobody_is_there(scenes: dict[str, Scene]) -> None:
    passing = scenes["drove-north"].passes([VEHICLE])
    assert _truths(passing, passing.duration + 1) == ()


def test_demo_plates_are_in_styles_that_no_reader_is_trained_on() -> None:
    from openanpr.rendering.styles import demo_pair, demo_style

    for number in range(4):
        assert all(style.for_demo for style in demo_pair(number))
    assert demo_style(4).for_demo
    assert demo_style(4).layout == "two-line"


def test_an_unknown_camera_is_named() -> None:
    with pytest.raises(ValueError, match="no demo camera"):
        camera_style("moon")
