"""Files as they are kept: encrypted under a key that lies in a file of its own."""

import os
from datetime import datetime
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from openanpr.config.values import secret
from openanpr.postbox.content import CheckedFile
from openanpr.postbox.models import PostboxFile
from openanpr.wire.ids import uuid7

SECRET: Final = "postbox-key"  # noqa: S105 - the name of the secret's file
TYPES: Final = {"jpeg": "image/jpeg", "pdf": "application/pdf", "txt": "text/plain; charset=utf-8"}
_NONCE: Final = 12


def keep(file: CheckedFile, *, about: str, at: datetime) -> PostboxFile:
    """Store a file that was looked at, for the subject ``about``."""
    number, nonce = uuid7(), os.urandom(_NONCE)
    return PostboxFile.objects.create(
        id=number,
        about=about,
        name=file.name,
        kind=file.kind,
        size=len(file.content),
        sha256=file.sha256,
        sealed=nonce + _cipher().encrypt(nonce, file.content, number.bytes),
        received_at=at,
    )


def files_about(about: str) -> list[PostboxFile]:
    """What was sent for one subject, in order, without the content."""
    return list(PostboxFile.objects.filter(about=about).defer("sealed").order_by("id"))


def expire(about: str, *, on: datetime) -> None:
    """Say when the files of a closed case go."""
    PostboxFile.objects.filter(about=about).update(expires_at=on)


def content_of(file: PostboxFile) -> bytes:
    """The content. Raises ``cryptography.exceptions.InvalidTag`` where it was changed."""
    sealed = bytes(file.sealed)
    return _cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], file.id.bytes)


def _cipher() -> AESGCM:
    return AESGCM(sha256(secret(SECRET).encode()).digest())
