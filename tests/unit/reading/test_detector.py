"""From the detector's maps to boxes: peaks, repetitions, corners, letterbox and back."""

import itertools

import numpy as np
import pytest
from tests.unit.reading.fakes import (
    FakeDetectorNetwork,
    FakeRecogniserNetwork,
    fake_reader,
    scene,
)

from openanpr.reading.confirming import confirmed
from openanpr.reading.detector import (
    STRIP_OVERLAP,
    _trusted,
    distinct,
    overlap_of,
    peaks,
    strips,
)


def test_a_peak_becomes_a_box_and_corners_in_input_pixels() -> None:
    score, geometry = np.zeros((4, 6), np.float32), np.zeros((12, 4, 6), np.float32)
    score[2, 3], score[0, 1] = 0.8, 0.9
    geometry[:, 2, 3] = [10, 4, 12, 6, -10, -4, 12, -3, 11, 6, -9, 5]
    boxes, corners, scores = peaks(score, geometry, stride=8, threshold=0.4)
    assert scores.tolist() == pytest.approx([0.9, 0.8])
    assert boxes[1].tolist() == [18, 16, 40, 26]
    assert corners[1].tolist() == [[18, 16], [40, 17], [39, 26], [19, 25]]
    assert len(peaks(score, geometry, stride=8, threshold=0.85)[0]) == 1


def test_of_two_boxes_of_one_plate_the_surer_stays() -> None:
    boxes = np.array([[0, 0, 100, 20], [4, 1, 104, 21], [300, 0, 400, 20]], np.float32)
    assert distinct(boxes, np.array([0.5, 0.9, 0.4], np.float32), overlap=0.4) == [1, 2]
    assert overlap_of(boxes[0], boxes[0]) == pytest.approx(1)
    assert overlap_of(boxes[0], boxes[2]) == 0


@pytest.mark.parametrize("size", [(640, 384), (1280, 720), (640, 480), (320, 240), (400, 900)])
def test_a_plate_is_found_where_it_stands_at_any_size_of_frame(size: tuple[int, int]) -> None:
    x, y = size[0] // 3, size[1] // 2
    (found,) = fake_reader().detect(scene(("OA30AAA", x, y), size=size, width=96))
    assert abs(found.box.x - x) <= 4
    assert abs(found.box.y - y) <= 4
    assert abs(found.box.width - 96) <= 6
    assert abs(found.box.height - 24) <= 5


def test_the_input_has_the_shape_of_the_frame_and_grows_with_the_scale() -> None:
    network = FakeDetectorNetwork()
    reader = fake_reader(detector=network)
    reader.detect(scene(size=(1280, 720)))
    reader.detect(scene(size=(640, 480)))
    reader.detect(scene(size=(1280, 720)), scale=2)
    for width, height in network.sizes:
        assert width % 32 == 0
        assert height % 32 == 0
    assert network.sizes[0] == (640, 384)
    assert network.sizes[1] == (576, 448)
    strips_of_it = network.sizes[2:]
    assert sum(width for width, _ in strips_of_it) > 1200
    assert all(width * height < 2 * 640 * 384 for width, height in strips_of_it)


@pytest.mark.parametrize(("width", "count"), [(1024, 2), (1280, 3), (2560, 8)])
def test_strips_cover_the_field_and_share_what_a_plate_needs(width: int, count: int) -> None:
    found = strips(width, count)
    assert len(found) == count
    assert found[0][0] == 0
    assert found[-1][1] == width
    for (_, end), (start, _) in itertools.pairwise(found):
        assert end - start >= STRIP_OVERLAP


def test_a_plate_where_two_strips_meet_is_found_once_and_whole() -> None:
    (found,) = fake_reader().detect(scene(("OA30AAA", 600, 300), size=(1280, 720)), scale=2)
    assert abs(found.box.x - 600) <= 4
    assert abs(found.box.width - 120) <= 6


def test_what_the_recogniser_takes_for_no_plate_is_not_found() -> None:
    frame = scene(("OA30AAA", 200, 200))
    (found,) = fake_reader().find(frame)
    assert found.score > 0.9
    junk = fake_reader(recogniser=FakeRecogniserNetwork(readable=-9.0))
    assert junk.find(frame) == []
    assert len(junk.detect(frame)) == 1


def test_a_confirmed_score_rises_with_each_of_its_parts() -> None:
    steps = [0.0, 0.1, 0.4, 0.6, 0.9, 1.0]
    for lower, higher in itertools.pairwise(steps):
        assert confirmed(lower, 0.5) < confirmed(higher, 0.5)
        assert confirmed(0.5, lower) < confirmed(0.5, higher)
        assert 0 <= confirmed(lower, higher) <= 1


def test_folded_corners_give_way_to_the_box() -> None:
    box = np.array([0, 0, 100, 20], np.float32)
    good = np.array([[2, 0], [100, 3], [98, 20], [0, 17]], np.float32)
    crossed = good[[1, 0, 2, 3]]
    tiny = good * 0.1
    assert _trusted(good, box) is good
    upright = [[0, 0], [100, 0], [100, 20], [0, 20]]
    assert _trusted(crossed, box).tolist() == upright
    assert _trusted(tiny, box).tolist() == upright
