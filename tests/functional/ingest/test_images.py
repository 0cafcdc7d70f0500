"""Pictures come after the text: only those that a stored read named, re-encoded, kept by hash."""

import hashlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from tests.factories.cameras import make_camera, make_reader
from tests.factories.reads import a_read
from tests.functional.ingest.served import FieldReader, Served

from openanpr.config.values import get_settings
from openanpr.imaging.decode import probe
from openanpr.reads.images import image_store
from openanpr.reads.models import ReadImage

OWNER = "owner"


@pytest.fixture
def reader(ingest: Served) -> FieldReader:
    kit = make_reader()
    make_camera(kit)
    ingest.catch_up()
    return FieldReader(ingest, kit)


def jpeg(width: int, height: int, *, seed: int = 1) -> bytes:
    noise = np.random.default_rng(seed).integers(0, 255, (height, width, 3), dtype=np.uint8)
    coded: bytes = cv2.imencode(".jpg", noise)[1].tobytes()
    return coded


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_a_patch_and_an_overview_are_wanted_taken_and_kept_within_their_limits(
    reader: FieldReader, data_dir: Path
) -> None:
    patch, overview = jpeg(400, 200), jpeg(900, 600)
    read = a_read(patch_sha256=sha256(patch), overview_sha256=sha256(overview))

    ack = reader.post_reads(read)
    assert set(ack["images_wanted"]) == {sha256(patch), sha256(overview)}
    assert reader.put_image(patch).status_code == 204
    assert reader.put_image(overview).status_code == 204

    kept = {row.kind: row for row in ReadImage.objects.using(OWNER).all()}
    store = image_store(get_settings())
    for kind, received, most in (("patch", patch, 3_000), ("overview", overview, 25_000)):
        row = kept[kind]
        assert bytes(row.received_sha256).hex() == sha256(received)
        content = store.open(bytes(row.stored_sha256).hex())
        assert content is not None
        assert len(content) == row.bytes <= most
        assert (probe(content).width, probe(content).height) == (row.width, row.height)


def test_a_picture_that_came_is_not_wanted_again(reader: FieldReader) -> None:
    patch = jpeg(100, 50)
    read = a_read(patch_sha256=sha256(patch))
    batch = reader.batch([read])
    reader.taken(reader.post_batch(batch))
    assert reader.taken(reader.post_batch(batch))["images_wanted"] == [sha256(patch)]

    assert reader.put_image(patch).status_code == 204
    assert reader.put_image(patch).status_code == 204

    assert reader.taken(reader.post_batch(batch))["images_wanted"] == []
    assert ReadImage.objects.using(OWNER).count() == 1


@pytest.mark.security
def test_a_picture_that_no_read_of_this_reader_named_is_refused(
    reader: FieldReader, ingest: Served
) -> None:
    patch = jpeg(100, 50)
    other = make_reader("Another")
    make_camera(other, number=2)
    ingest.catch_up()
    FieldReader(ingest, other).post_reads(a_read(camera="7/1/2", patch_sha256=sha256(patch)))

    response = reader.put_image(patch)

    assert (response.status_code, response.json()["reason"]) == (404, "image-not-wanted")


def test_the_picture_of_a_refused_read_is_not_wanted(reader: FieldReader, ingest: Served) -> None:
    make_camera(reader.kit, number=2, state="suspended")
    ingest.catch_up()
    patch = jpeg(100, 50)
    ack = reader.post_reads(a_read(camera="7/1/2", patch_sha256=sha256(patch)))
    assert ack["images_wanted"] == []
    assert reader.put_image(patch).status_code == 404


def test_a_picture_under_another_hash_is_refused(reader: FieldReader) -> None:
    response = reader.put_image(jpeg(100, 50), sha256="0" * 64)
    assert (response.status_code, response.json()["reason"]) == (409, "hash-mismatch")


@pytest.mark.parametrize(
    "content", [b"not a picture", b"", jpeg(100, 50)[:-100], b"\xff\xd8" + b"\0" * 500]
)
def test_what_is_no_picture_is_refused(reader: FieldReader, content: bytes) -> None:
    reader.post_reads(a_read(patch_sha256=sha256(content)))
    response = reader.put_image(content)
    assert (response.status_code, response.json()["reason"]) == (415, "not-an-image")


@pytest.mark.security
def test_a_small_file_that_unfolds_to_a_huge_picture_is_refused(reader: FieldReader) -> None:
    black = np.zeros((8_000, 8_000), dtype=np.uint8)
    bomb: bytes = cv2.imencode(".png", black)[1].tobytes()
    assert len(bomb) < 2_000_000
    reader.post_reads(a_read(patch_sha256=sha256(bomb)))
    response = reader.put_image(bomb)
    assert (response.status_code, response.json()["reason"]) == (415, "not-an-image")


def test_a_picture_above_two_megabytes_is_refused(reader: FieldReader) -> None:
    response = reader.put_image(b"\xff\xd8" + b"\0" * 2_000_000)
    assert (response.status_code, response.json()["reason"]) == (413, "too-large")


def test_the_address_takes_nothing_but_a_hash(reader: FieldReader) -> None:
    response: Any = reader.send("PUT", "/v1/images/..%2f..%2fetc", b"x")
    assert response.status_code == 404
