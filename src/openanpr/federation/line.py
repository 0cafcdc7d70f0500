"""The force's end of the line to the centre: who it is, its key, its signed connection."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from openanpr.capture.clock import ClockWatch
from openanpr.capture.link import Link
from openanpr.capture.settings import load_key
from openanpr.config.values import Settings
from openanpr.federation.sender import Force

KEY_FILE: Final = "centre-link.pem"


class LineProblem(Exception):
    """The line cannot be used as it is set; the text says which setting to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line as the settings give it."""

    url: str
    link: UUID
    force: Force
    key_file: Path
    ca_file: Path | None

    def open(self, clock: ClockWatch) -> Link:
        """Its signed connection. Raises ``capture.settings.SettingsProblem`` for a bad key."""
        return Link(
            url=self.url,
            reader=self.link,
            key=load_key(self.key_file),
            clock=clock,
            ca_file=self.ca_file,
        )


def line_of(settings: Settings) -> Line:
    """The line that the settings describe. Raises LineProblem."""
    if settings.centre_url is None:
        raise LineProblem("No centre is set: OPENANPR_CENTRE_URL names its ingest's address.")
    if settings.centre_link is None:
        raise LineProblem(
            "OPENANPR_CENTRE_LINK is not set: it is the number that the centre printed when it "
            "admitted this force."
        )
    if not settings.force_code or not settings.controller:
        raise LineProblem(
            "OPENANPR_FORCE_CODE and OPENANPR_CONTROLLER must say whose reads go up, in the words "
            "with which the centre admitted this force."
        )
    return Line(
        url=settings.centre_url,
        link=settings.centre_link,
        force=Force(code=settings.force_code, controller=settings.controller),
        key_file=settings.secrets_dir / KEY_FILE,
        ca_file=settings.centre_ca_file,
    )


def own_public_key(settings: Settings) -> bytes:
    """The public half (32 raw bytes) of the force's key, which is made where there is none."""
    path = settings.secrets_dir / KEY_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        pem = Ed25519PrivateKey.generate().private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
    return load_key(path).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
