"""Following plates from frame to frame by motion, overlap and text."""

import math

from hypothesis import given
from hypothesis import strategies as st

from openanpr.reading.tracker import Followed, Motion, Sighting, alike, assign, overlap
from openanpr.reading.values import Box


def box(x: float, y: float, width: int = 80, height: int = 20) -> Box:
    return Box(round(x), round(y), width, height)


def moving(first: Box, second: Box) -> Motion:
    motion = Motion.of(first, 0.0)
    motion.follow(second, 0.1)
    return motion


def test_two_plates_that_cross_keep_their_own_tracks() -> None:
    right = moving(box(100, 100), box(130, 100))
    left = moving(box(200, 112), box(170, 112))
    tracks = [Followed(right, None), Followed(left, None)]
    seen = [Sighting(box(141, 112), None), Sighting(box(160, 100), None)]
    assert assign(tracks, seen, seconds=0.2) == {0: 1, 1: 0}


def test_a_plate_elsewhere_is_another_plate() -> None:
    track = Followed(moving(box(100, 100), box(110, 100)), None)
    assert assign([track], [Sighting(box(500, 300), None)], seconds=0.2) == {}
    assert assign([track], [Sighting(box(118, 100, 300, 80), None)], seconds=0.2) == {}


def test_a_stray_find_does_not_push_a_plate_off_its_track() -> None:
    plate = Followed(moving(box(300, 230, 150, 40), box(298, 230, 150, 40)), "OA30AAA")
    stray = Followed(Motion.of(box(480, 434, 95, 27), 0.1), None)
    seen = [Sighting(box(300, 232, 150, 40), "OA30AAA"), Sighting(box(199, 438, 71, 21), None)]
    assert assign([plate, stray], seen, seconds=0.2) == {0: 0}
    unread = [Sighting(item.box, None) for item in seen]
    assert assign([plate, stray], unread, seconds=0.2) == {0: 0}


def test_the_same_text_reaches_further_than_motion_alone() -> None:
    motion = Motion.of(box(100, 100), 0.0)
    far = box(600, 140)
    assert assign([Followed(motion, "OA30AAA")], [Sighting(far, None)], seconds=0.1) == {}
    told = [Sighting(far, "0A30AAA")]
    assert assign([Followed(motion, "OA30AAA")], told, seconds=0.1) == {0: 0}


def test_another_text_beside_the_track_is_another_vehicle() -> None:
    motion = Motion.of(box(100, 100), 0.0)
    beside = [Sighting(box(200, 100), "XK44LMN")]
    assert assign([Followed(motion, "OA30AAA")], beside, seconds=0.1) == {}


def test_readings_are_alike_by_folding_and_confusable_characters() -> None:
    assert alike("OA30AAA", "0A3OAAA")
    assert alike("OA30BAA", "OA308AA")
    assert alike("OA30BAA", "OA30XAA")
    assert not alike("OA30BAA", "OA34XAA")
    assert not alike("FAN1", "FAN2")
    assert alike("OA30AAA", "A30AAA")
    assert not alike("OA30AAA", "AAA")
    assert not alike(None, "OA30AAA")


def test_a_motion_predicts_and_does_not_trust_a_long_gap() -> None:
    motion = moving(box(100, 100), box(110, 100))
    assert math.isclose(motion.predicted(0.2)[0], 160)
    assert motion.predicted(60.0)[0] < 210
    assert motion.parked
    motion.follow(box(190, 100), 0.9)
    motion.follow(box(100, 100), 1.7)
    assert not motion.parked


@given(st.integers(0, 400), st.integers(0, 400), st.integers(1, 200), st.integers(1, 90))
def test_overlap_is_a_share(x: int, y: int, width: int, height: int) -> None:
    motion = Motion.of(box(100, 100), 0.0)
    assert 0 <= overlap(motion, Box(x, y, width, height), 0.0) <= 1
    assert math.isclose(overlap(motion, box(100, 100), 0.0), 1)


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 500)), max_size=5),
    st.lists(st.tuples(st.integers(0, 900), st.integers(0, 500)), max_size=5),
)
def test_each_track_and_sighting_is_used_at_most_once(
    tracks: list[tuple[int, int]], seen: list[tuple[int, int]]
) -> None:
    pairs = assign(
        [Followed(Motion.of(box(x, y), 0.0), None) for x, y in tracks],
        [Sighting(box(x, y), None) for x, y in seen],
        seconds=0.1,
    )
    assert len(set(pairs.values())) == len(pairs)
    assert set(pairs) <= set(range(len(tracks)))
