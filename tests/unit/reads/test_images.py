"""Pictures in their stores: one contract, kept by the folder and by a bucket over real HTTP."""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer
from tests.factories.images import make_keys

from openanpr.reads.image_keys import ImageKeys, ImageKeysError
from openanpr.reads.images import EncryptedImages, ImageDamagedError, ImageKeyMissingError
from openanpr.reads.objects import FolderObjects, Objects
from openanpr.reads.objects_s3 import Bucket, BucketUnavailableError, S3Objects

PICTURE = b"\xff\xd8a picture of no vehicle\xff\xd9"
NAME = hashlib.sha256(PICTURE).hexdigest()


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an S3-compatible server."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def bucket(endpoint: str, name: str) -> Bucket:
    return Bucket(
        name=name,
        prefix="pictures/",
        endpoint=endpoint,
        region="eu-west-2",
        access_key="somebody",
        secret_key="something",
    )


def a_bucket(endpoint: str) -> S3Objects:
    made = bucket(endpoint, f"force-{secrets.token_hex(4)}")
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=made.region,
        aws_access_key_id=made.access_key,
        aws_secret_access_key=made.secret_key,
    )
    client.create_bucket(
        Bucket=made.name, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
    )
    return S3Objects(made)


@dataclass
class Place:
    """A store with what lies under it."""

    objects: Objects
    keys: ImageKeys

    @property
    def images(self) -> EncryptedImages:
        return EncryptedImages(self.objects, self.keys)


@pytest.fixture(params=["folder", "bucket"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "folder":
        return Place(FolderObjects(tmp_path / "images"), make_keys(tmp_path))
    return Place(a_bucket(request.getfixturevalue("s3")), make_keys(tmp_path))


def all_names(place: Place, **options: datetime) -> list[str]:
    return [name for names in place.images.batches(**options) for name in names]


def test_what_is_put_is_found_by_its_hash_and_lies_there_encrypted(place: Place) -> None:
    assert place.images.put(PICTURE) == NAME
    assert place.images.open(NAME) == PICTURE
    assert place.images.put(PICTURE) == NAME
    stored = place.objects.read(NAME)
    assert stored is not None
    assert b"vehicle" not in stored
    assert place.images.open("0" * 64) is None


def test_what_is_removed_is_gone_and_removing_it_again_is_no_error(place: Place) -> None:
    place.images.put(PICTURE)
    place.images.remove(NAME)
    place.images.remove(NAME)
    assert place.images.open(NAME) is None
    assert all_names(place) == []


def test_the_kept_are_listed_by_age(place: Place) -> None:
    names = sorted(place.images.put(b"\xff\xd8%d" % number) for number in range(5))
    now = datetime.now(UTC)
    assert sorted(all_names(place)) == names
    assert all_names(place, older_than=now - timedelta(hours=1)) == []
    assert sorted(all_names(place, older_than=now + timedelta(hours=1))) == names


Spoil = Callable[[bytes], bytes]


@pytest.mark.security
@pytest.mark.parametrize(
    "spoil",
    [
        lambda stored: stored[:-1],
        lambda stored: stored[:10],
        lambda _: b"",
        lambda stored: stored[:-1] + bytes([stored[-1] ^ 1]),
        lambda stored: stored[:40] + bytes([stored[40] ^ 1]) + stored[41:],
        lambda stored: stored[:12] + bytes([stored[12] ^ 1]) + stored[13:],
        lambda _: b"\xff\xd8another picture\xff\xd9",
        lambda _: b"nothing of ours",
    ],
)
def test_a_changed_or_cut_object_is_an_error_and_no_picture(place: Place, spoil: Spoil) -> None:
    place.images.put(PICTURE)
    place.objects.write(NAME, spoil(place.objects.read(NAME) or b""))
    with pytest.raises(ImageDamagedError):
        place.images.open(NAME)


@pytest.mark.security
def test_one_picture_cannot_stand_in_for_another(place: Place) -> None:
    other = place.images.put(b"\xff\xd8another\xff\xd9")
    place.images.put(PICTURE)
    place.objects.write(NAME, place.objects.read(other) or b"")
    with pytest.raises(ImageDamagedError):
        place.images.open(NAME)


@pytest.mark.security
def test_without_its_key_nothing_is_shown_and_the_key_is_named(
    place: Place, tmp_path: Path
) -> None:
    place.images.put(PICTURE)
    key = place.keys.newest().hex()
    (tmp_path / "other").mkdir()
    place.keys = make_keys(tmp_path / "other")
    with pytest.raises(ImageKeyMissingError, match=key):
        place.images.open(NAME)


def test_a_new_key_encrypts_and_the_old_one_is_needed_until_all_is_encrypted_anew(
    place: Place,
) -> None:
    images = place.images
    images.put(PICTURE)
    place.keys.add()
    second = images.put(b"\xff\xd8the second\xff\xd9")
    assert images.open(NAME) == PICTURE
    assert [images.rekey(NAME), images.rekey(NAME), images.rekey(second)] == [True, False, False]
    assert place.keys.forget_old() == 1
    assert images.open(NAME) == PICTURE
    assert images.open(second) == b"\xff\xd8the second\xff\xd9"


def test_a_picture_from_before_encryption_is_read_and_can_be_encrypted(place: Place) -> None:
    place.objects.write(NAME, PICTURE)
    assert place.images.open(NAME) == PICTURE
    assert place.images.rekey(NAME)
    assert place.objects.read(NAME) != PICTURE
    assert place.images.open(NAME) == PICTURE


@pytest.mark.security
@pytest.mark.parametrize("name", ["../../secret", "", "A" * 64, "0" * 63])
def test_only_a_hash_names_a_picture(place: Place, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        place.images.open(name)


@pytest.mark.security
def test_files_are_nobody_elses_and_so_is_the_file_of_keys(tmp_path: Path) -> None:
    keys = make_keys(tmp_path)
    EncryptedImages(FolderObjects(tmp_path / "images"), keys).put(PICTURE)
    keys.add()
    (path,) = [path for path in (tmp_path / "images").rglob("*") if path.is_file()]
    assert path.parent.stat().st_mode & 0o077 == 0
    for file in (path, tmp_path / "image-keys"):
        assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", ["", "short", "A" * 44])
def test_a_file_without_a_proper_key_is_an_error(tmp_path: Path, content: str) -> None:
    keys = make_keys(tmp_path)
    (tmp_path / "image-keys").write_text(content, encoding="ascii")
    with pytest.raises(ImageKeysError):
        keys.newest()
    (tmp_path / "image-keys").unlink()
    with pytest.raises(ImageKeysError, match="gone"):
        keys.newest()


def test_a_bucket_that_refuses_or_does_not_answer_is_an_oserror(s3: str) -> None:
    for objects in (
        S3Objects(bucket(s3, "no-such-bucket")),
        S3Objects(bucket("http://127.0.0.1:1", "x")),
    ):
        with pytest.raises(BucketUnavailableError):
            objects.write(NAME, b"x")
