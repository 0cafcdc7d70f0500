"""Pictures in a bucket of an S3-compatible store (`pip install openanpr[server,s3]`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from openanpr.reads.objects import checked

_NOT_THERE: Final = frozenset({"404", "NoSuchKey", "NotFound"})
_CONNECT_S: Final = 5
_READ_S: Final = 20
_AT_ONCE: Final = 500


class BucketUnavailableError(OSError):
    """The bucket did not answer, or refused; the text says which, never what was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Where a bucket is and who may use it; None: as boto3 finds it on this machine."""

    name: str
    prefix: str
    endpoint: str | None
    region: str | None
    access_key: str | None
    secret_key: str | None


class S3Objects:
    """Objects `<prefix><name>` of one bucket."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._client = _client(bucket)

    def write(self, name: str, content: bytes) -> None:
        """Keep `content`; the store answers when it has it durably."""
        with _told():
            self._client.put_object(
                Bucket=self._bucket.name,
                Key=self._key(name),
                Body=content,
                ContentType="application/octet-stream",
            )

    def read(self, name: str) -> bytes | None:
        """The content of the object; None where there is none."""
        found: list[bytes] = []
        with _told():
            answer = self._client.get_object(Bucket=self._bucket.name, Key=self._key(name))
            found.append(answer["Body"].read())
        return found[0] if found else None

    def has(self, name: str) -> bool:
        """Whether there is such an object."""
        answer: dict[str, Any] = {}
        with _told():
            answer = self._client.head_object(Bucket=self._bucket.name, Key=self._key(name))
        return bool(answer)

    def remove(self, name: str) -> None:
        """Remove the object; gone when this returns."""
        with _told():
            self._client.delete_object(Bucket=self._bucket.name, Key=self._key(name))

    def remove_half_written(self, *, older_than: datetime) -> None:
        """Nothing to do: an object is there whole or not at all."""

    def names(self, *, older_than: datetime | None = None) -> Iterator[list[str]]:
        """The names last written before then, by page of the listing."""
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket.name,
            Prefix=self._bucket.prefix,
            PaginationConfig={"PageSize": _AT_ONCE},
        )
        walk = iter(pages)
        while True:
            page: dict[str, Any] | None = None
            with _told():
                page = next(walk, None)
            if page is None:
                return
            found = [
                one["Key"].removeprefix(self._bucket.prefix)
                for one in page.get("Contents", ())
                if older_than is None or one["LastModified"] < older_than
            ]
            if found:
                yield found

    def _key(self, name: str) -> str:
        return self._bucket.prefix + checked(name)


@contextmanager
def _told() -> Iterator[None]:
    """Turn boto3's errors into ours; what is not there ends the block and is no error."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as problem:
        code = str(problem.response.get("Error", {}).get("Code", ""))
        if code not in _NOT_THERE:
            raise BucketUnavailableError(f"the bucket of pictures refused: {code}") from None
    except BotoCoreError as problem:
        raise BucketUnavailableError(
            f"the bucket of pictures does not answer: {type(problem).__name__}"
        ) from None


def _client(bucket: Bucket) -> Any:
    try:
        import boto3
        from botocore.config import Config
    except ImportError:
        raise BucketUnavailableError(
            "pictures are to lie in a bucket, and boto3 is not installed: "
            "pip install 'openanpr[server,s3]'"
        ) from None
    return boto3.client(
        "s3",
        endpoint_url=bucket.endpoint,
        region_name=bucket.region,
        aws_access_key_id=bucket.access_key,
        aws_secret_access_key=bucket.secret_key,
        config=Config(
            connect_timeout=_CONNECT_S,
            read_timeout=_READ_S,
            retries={"max_attempts": 3, "mode": "standard"},
        ),
    )
