"""Films: one read a vehicle a pass, through the whole reader but for the weights."""

import datetime

import numpy as np
import pytest
from tests.unit.reading.fakes import FakeRecogniserNetwork, fake_reader, scene

from openanpr.reading import Pace, VehicleRead, VideoReader

START = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)


def at(number: int, rate: float = 12.5) -> datetime.datetime:
    return START + datetime.timedelta(seconds=number / rate)


def play(video: VideoReader, frames: list[np.ndarray], *, rate: float = 12.5) -> list[VehicleRead]:
    reads = []
    for number, frame in enumerate(frames):
        reads += video.push(frame, at(number, rate))
    return reads + video.finish()


def passing(mark: str, count: int = 20) -> list[np.ndarray]:
    """A vehicle that comes nearer, after and before a moment of empty road."""
    empty = [scene() for _ in range(3)]
    return empty + [scene((mark, 60 + 14 * n, 80 + 8 * n), width=60 + 5 * n) for n in range(count)]


def test_a_passing_vehicle_is_one_read_with_its_best_pictures() -> None:
    (read,) = play(VideoReader(fake_reader()), [*passing("OA30AAA"), scene(), scene()])
    assert read.vrm == "OA30AAA"
    assert (read.first_frame, read.last_frame) == (3, 22)
    assert read.first_at == at(3)
    assert read.last_at == at(22)
    assert read.direction == "towards"
    assert read.model == "fake"
    assert read.best_frame >= 15
    assert read.overview.shape == (384, 640, 3)
    assert read.box.width * 0.9 < read.patch.shape[1] <= read.box.width * 1.4
    assert read.readings == 20


def test_a_vehicle_that_leaves_shrinks() -> None:
    (read,) = play(VideoReader(fake_reader()), list(reversed(passing("OA30AAA"))))
    assert read.direction == "away"


def test_two_vehicles_at_once_are_two_reads() -> None:
    frames = [
        scene(("OA30AAA", 20 + 12 * n, 60), ("XK44LMN", 460 - 12 * n, 200)) for n in range(25)
    ]
    reads = play(VideoReader(fake_reader()), frames)
    assert sorted(read.vrm for read in reads) == ["OA30AAA", "XK44LMN"]


def test_a_vehicle_that_comes_where_another_left_while_no_frame_was_taken_is_another() -> None:
    video = VideoReader(fake_reader())
    reads = []
    for number, mark in enumerate(("OA30AAA", "XK44LMN")):
        for step in range(8):
            frame = scene((mark, 200 + 16 * number + 2 * step, 180))
            reads += video.push(frame, at(number * 60 + step))
    assert [read.vrm for read in [*reads, *video.finish()]] == ["OA30AAA", "XK44LMN"]


def test_one_vehicle_after_another_in_the_same_place_are_two_reads() -> None:
    frames = passing("OA30AAA") + [scene()] * 6 + passing("XK44LMN")
    reads = play(VideoReader(fake_reader()), frames)
    assert [read.vrm for read in reads] == ["OA30AAA", "XK44LMN"]


def test_a_parked_car_is_read_once_while_others_pass_before_it() -> None:
    frames = []
    for n in range(240):
        # The parked plate is hidden for a second each time another vehicle passes.
        step = n % 60
        shown = [] if 40 <= step < 54 else [("OA30AAA", 30, 300)]
        other = [("XK44LMN", 40 * (step - 40), 120)] if 40 <= step < 52 and n < 60 else []
        frames.append(scene(*shown, *other))
    reads = play(VideoReader(fake_reader()), frames)
    assert sorted(read.vrm for read in reads) == ["OA30AAA", "XK44LMN"]


def test_still_frames_are_not_looked_at_again() -> None:
    network = FakeRecogniserNetwork()
    video = VideoReader(fake_reader(recogniser=network))
    (read,) = play(video, [scene(("OA30AAA", 200, 200))] * 60)
    assert network.calls == 1
    assert read.vrm == "OA30AAA"
    assert read.last_frame == 59
    assert read.direction is None


def test_the_same_vehicle_on_a_second_pass_is_read_again() -> None:
    pause = [scene() for _ in range(150)]
    reads = play(VideoReader(fake_reader()), passing("OA30AAA") + pause + passing("OA30AAA"))
    assert [read.vrm for read in reads] == ["OA30AAA", "OA30AAA"]


def test_a_vehicle_that_vanishes_far_away_is_read_again_on_its_next_pass() -> None:
    # Both passes end slowly at one point of the picture, as a parked car would stand there.
    away = list(reversed(passing("OA30AAA")))[:-3]
    away += [scene(("OA30AAA", 60 - n % 2, 80), width=60) for n in range(20)]
    pause = [scene() for _ in range(150)]
    reads = play(VideoReader(fake_reader()), away + pause + away)
    assert [read.vrm for read in reads] == ["OA30AAA", "OA30AAA"]


def test_a_live_read_leaves_when_the_mark_is_settled_and_only_once() -> None:
    video = VideoReader(fake_reader(), pace=Pace(deadline=0.5))
    frames = passing("OA30AAA", 25)
    left: list[int] = []
    for number, frame in enumerate(frames):
        left += [number] * len(video.push(frame, at(number)))
    assert video.finish() == []
    (number,) = left
    assert number < 14


def test_a_plate_half_out_of_the_picture_is_no_shorter_mark() -> None:
    whole = [scene(("OA30AAA", 200 - 30 * n, 200)) for n in range(7)]
    cut = []
    for n in range(1, 8):
        shown = scene()
        shown[200:230, : 120 - 12 * n] = scene(("OA30AAA", 0, 200))[200:230, 12 * n : 120]
        cut.append(shown)
    (read,) = play(VideoReader(fake_reader()), whole + cut)
    assert read.vrm == "OA30AAA"
    assert play(VideoReader(fake_reader()), cut) == []


def test_what_can_not_be_read_is_no_read() -> None:
    blind = fake_reader(recogniser=FakeRecogniserNetwork(readable=-4.0))
    assert play(VideoReader(blind), passing("OA30AAA")) == []
    assert play(VideoReader(fake_reader()), passing("A")) == []


def test_a_clock_that_runs_backwards_breaks_nothing() -> None:
    video = VideoReader(fake_reader())
    reads = []
    for number, frame in enumerate(passing("OA30AAA")):
        reads += video.push(frame, at(number % 7))
    assert [read.vrm for read in reads + video.finish()] == ["OA30AAA"]


@pytest.mark.parametrize("rate", [5.0, 12.5, 50.0])
def test_any_frame_rate_gives_one_read(rate: float) -> None:
    assert len(play(VideoReader(fake_reader()), passing("OA30AAA"), rate=rate)) == 1


def test_a_picture_gives_its_plates_from_left_to_right() -> None:
    picture = scene(("XK44LMN", 400, 60), ("OA30AAA", 40, 200))
    readings = fake_reader().read_image(picture)
    assert [reading.vrm for reading in readings] == ["OA30AAA", "XK44LMN"]
    assert fake_reader().read_image(scene()) == []


def test_a_crop_is_read_without_the_detector() -> None:
    reader = fake_reader(recogniser=FakeRecogniserNetwork(whole=True))
    plate = scene(("OA30AAA", 0, 0), size=(120, 30))
    reading = reader.read_crop(plate)
    assert reading is not None
    assert reading.vrm == "OA30AAA"
    assert reading.box.as_list() == [0, 0, 120, 30]
