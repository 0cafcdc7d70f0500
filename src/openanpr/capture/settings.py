"""The agent's own settings file (TOML): who it is, where it sends, what its cameras are."""

import tomllib
import uuid
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from msgspec import Meta, Struct

from openanpr.wire.reads import CameraName

_MEGABYTE: Final = 1_000_000


class SettingsProblem(ValueError):
    """A settings or key file that cannot be used. The message says why and where."""


class CameraSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One camera: its name on the wire and where its frames come from.

    `source` is `demo:<scene>`, a folder of pictures, a film, or an address such as
    `rtsp://host/stream`. `pictures` says whether a folder's pictures follow one another. `deadline`
    is how many seconds a vehicle may stay in view before its read leaves. `track` is a recorded
    track that gives a moving camera's place.
    """

    camera: CameraName
    source: str
    frame_rate: Annotated[float, Meta(ge=0.05, le=120)] = 10.0
    pictures: Literal["independent", "sequence"] = "independent"
    deadline: Annotated[float, Meta(ge=0.2, le=30)] = 1.0
    overview: bool = True
    repeat: bool = False
    track: str | None = None


class CarSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A patrol car's own alerts: it holds lists, matches by itself, and shows its crew a page.

    The page is served to this machine alone (127.0.0.1).
    """

    lists: str = "lists.sealed"
    page_port: Annotated[int, Meta(ge=1, le=65535)] = 8477
    sync_seconds: Annotated[float, Meta(ge=1, le=3600)] = 30.0


class AgentSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One agent. Paths are relative to the settings file."""

    reader: uuid.UUID
    key_file: str
    ingest_url: Annotated[str, Meta(pattern=r"^https?://[^\s/]+(/[^\s]*)?$")]
    cameras: Annotated[tuple[CameraSettings, ...], Meta(min_length=1, max_length=16)]
    spool: str = "spool.sqlite"
    spool_megabytes: Annotated[int, Meta(ge=4, le=1_000_000)] = 2_000
    keep_free_megabytes: Annotated[int, Meta(ge=0, le=1_000_000)] = 200
    ca_file: str | None = None
    clock: Literal["ntp", "gps"] | None = None
    models: str | None = None
    heartbeat_seconds: Annotated[float, Meta(ge=1, le=600)] = 30.0
    car: CarSettings | None = None
    folder: Path = Path()

    def path(self, name: str) -> Path:
        """Return a path of the settings, made absolute from the settings file's folder."""
        return (self.folder / name).resolve()

    @property
    def spool_bytes(self) -> int:
        """How large the spool may grow, in bytes."""
        return self.spool_megabytes * _MEGABYTE


def load_settings(path: Path) -> AgentSettings:
    """Read and check a settings file. Raises SettingsProblem."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise SettingsProblem(f"{path} cannot be read: {problem.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise SettingsProblem(f"{path} is not TOML: {problem}") from None
    if "folder" in document:
        raise SettingsProblem(f"{path}: there is no setting called 'folder'")
    try:
        settings = msgspec.convert(document, AgentSettings)
    except msgspec.ValidationError as problem:
        raise SettingsProblem(f"{path}: {problem}") from None
    names = [camera.camera for camera in settings.cameras]
    if len(set(names)) < len(names):
        raise SettingsProblem(f"{path}: two cameras have the same name")
    return msgspec.structs.replace(settings, folder=path.resolve().parent)


def load_key(path: Path) -> Ed25519PrivateKey:
    """Read the agent's private key (PEM, Ed25519). Raises SettingsProblem.

    A key that others of this machine may read is refused, as any of them could speak as this
    reader.
    """
    try:
        mode = path.stat().st_mode
        data = path.read_bytes()
    except OSError as problem:
        raise SettingsProblem(f"the key {path} cannot be read: {problem.strerror}") from None
    if mode & 0o077:
        raise SettingsProblem(f"the key {path} may be read by others: its mode must be 0600")
    try:
        key = load_pem_private_key(data, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise SettingsProblem(f"{path} is no private key in PEM form") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise SettingsProblem(f"{path} is no Ed25519 key")
    return key
