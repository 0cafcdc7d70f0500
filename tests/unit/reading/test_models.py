"""The models that come with the program, on rendered plates and films of never-issued marks.

Without the models these tests fail; nothing here may pass without reading.
"""

import datetime
import itertools

import numpy as np
import pytest

from openanpr.imaging import as_picture, resize
from openanpr.reading import Reader, VehicleRead, VideoReader, load_manifest
from openanpr.rendering.plates import render_plate
from openanpr.rendering.scenes import Scene, Vehicle
from openanpr.rendering.scenes_camera import camera_style
from openanpr.rendering.styles import demo_style
from openanpr.vrm import fictional

START = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
LARGEST = 8 * 1024 * 1024


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.open()


def film(name: str, marks: list[str], *, rate: int = 10) -> list[np.ndarray]:
    scene = Scene(4, camera_style(name))
    rng = np.random.default_rng(21)
    passing = scene.passes([Vehicle.random(mark, rng) for mark in marks])
    count = int(passing.duration * rate) + 1
    return [passing.frame(number / rate)[0] for number in range(count)]


def played(reader: Reader, frames: list[np.ndarray], *, rate: int = 10) -> list[VehicleRead]:
    video = VideoReader(reader)
    reads = []
    for number, frame in enumerate(frames):
        reads += video.push(frame, START + datetime.timedelta(seconds=number / rate))
    return reads + video.finish()


def test_the_models_are_small_enough_to_travel() -> None:
    manifest = load_manifest()
    sizes = [spec.path.stat().st_size for spec in (manifest.detector, manifest.recogniser)]
    assert sum(sizes) <= LARGEST
    assert manifest.version


def test_rendered_plates_are_read(reader: Reader) -> None:
    marks = list(itertools.islice(fictional.marks(31), 24))
    right = 0
    for number, mark in enumerate(marks):
        plate = render_plate(
            mark, style=demo_style(number), rng=np.random.default_rng(number)
        ).image
        width = 150
        small = resize(
            as_picture(plate), width=width, height=round(plate.shape[0] * width / plate.shape[1])
        )
        reading = reader.read_crop(small)
        assert reading is None or reading.model == reader.version
        right += reading is not None and reading.vrm == mark
    assert right >= 21


@pytest.mark.parametrize("name", ["drove-north", "quay-street"])
def test_a_vehicle_of_a_rendered_film_is_one_read(reader: Reader, name: str) -> None:
    (read,) = played(reader, film(name, ["OA30AAA"]))
    assert read.vrm == "OA30AAA"
    assert read.direction == "towards"
    assert read.confidence > 0.8
    assert 15 < read.patch.shape[1] < 400


def test_two_vehicles_at_once_are_two_reads(reader: Reader) -> None:
    reads = played(reader, film("drove-north", ["OA30AAA", "XK44LMN"]))
    assert sorted(read.vrm for read in reads) == ["OA30AAA", "XK44LMN"]


@pytest.mark.parametrize("name", ["drove-north", "quay-street", "patrol"])
def test_a_road_without_vehicles_gives_nothing(reader: Reader, name: str) -> None:
    assert reader.read_image(Scene(4, camera_style(name)).background()) == []


def test_noise_gives_nothing(reader: Reader) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (360, 640, 3), dtype=np.uint8)
    assert reader.read_image(noise) == []
    assert reader.read_crop(np.full((40, 160, 3), 128, np.uint8)) is None
