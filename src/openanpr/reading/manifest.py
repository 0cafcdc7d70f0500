"""The models' manifest: which files, what shapes, which hash. Nothing runs unless it all fits."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from openanpr.reading.problem import ModelProblem
from openanpr.reading.signing import MANIFEST_NAME, MODELS, check_signature
from openanpr.vrm import ALPHABET


@dataclass(frozen=True, slots=True)
class DetectorSpec:
    """The detector's file and the form of its input."""

    path: Path
    sha256: str
    input_width: int
    input_height: int
    stride: int
    threshold: float


@dataclass(frozen=True, slots=True)
class RecogniserSpec:
    """The recogniser's file, the form of its input and the meaning of its outputs."""

    path: Path
    sha256: str
    width: int
    height: int
    slots: int
    countries: tuple[str, ...]
    temperature: float
    readable_threshold: float


@dataclass(frozen=True, slots=True)
class Manifest:
    """A pair of models and the version that goes with every read made by them."""

    version: str
    detector: DetectorSpec
    recogniser: RecogniserSpec


def load_manifest(folder: Path | None = None, *, trusted: Path | None = None) -> Manifest:
    """The manifest in `folder` (the models that come with the program if None).

    `trusted` is the file of the public key it must be signed with (the program's own if None).
    Raises ModelProblem where the manifest is missing, its signature is missing or wrong, or it
    says something that this reader can't run.
    """
    place = folder or MODELS
    data = _manifest_bytes(place)
    check_signature(data, place, trusted)
    return _parsed(data, place)


def load_unsigned(folder: Path) -> Manifest:
    """The manifest in `folder` whoever wrote it, for those who are about to sign it."""
    return _parsed(_manifest_bytes(folder), folder)


def checked_bytes(spec: DetectorSpec | RecogniserSpec) -> bytes:
    """The model's file, which must have the hash of the manifest; raises ModelProblem."""
    try:
        data = spec.path.read_bytes()
    except OSError as problem:
        raise ModelProblem(f"the model {spec.path} can't be read: {problem.strerror}") from None
    found = hashlib.sha256(data).hexdigest()
    if found != spec.sha256:
        raise ModelProblem(
            f"the model {spec.path} is not the one in the manifest:"
            f" its SHA-256 is {found[:16]}…, not {spec.sha256[:16]}…"
        )
    return data


def _manifest_bytes(folder: Path) -> bytes:
    path = folder / MANIFEST_NAME
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ModelProblem(
            f"no models: {path} is missing (they come with the package; `make train` makes them)"
        ) from None
    except OSError as problem:
        raise ModelProblem(
            f"the models' manifest {path} can't be read: {problem.strerror}"
        ) from None


def _parsed(data: bytes, folder: Path) -> Manifest:
    path = folder / MANIFEST_NAME
    try:
        content = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise ModelProblem(f"the models' manifest {path} can't be read: {problem}") from None
    try:
        return _manifest(content, folder)
    except (KeyError, TypeError, ValueError) as problem:
        raise ModelProblem(f"the models' manifest {path} is wrong: {problem!r}") from None


def _manifest(content: Mapping[str, object], folder: Path) -> Manifest:
    detector, recogniser = _table(content, "detector"), _table(content, "recogniser")
    if recogniser["alphabet"] != ALPHABET:
        raise ValueError("the recogniser's alphabet is not 0-9A-Z")
    return Manifest(
        version=_text(content, "version"),
        detector=DetectorSpec(
            path=_file(detector, folder),
            sha256=_text(detector, "sha256"),
            input_width=_whole(detector, "input_width", multiple=32),
            input_height=_whole(detector, "input_height", multiple=32),
            stride=_whole(detector, "stride"),
            threshold=_share(detector, "threshold"),
        ),
        recogniser=RecogniserSpec(
            path=_file(recogniser, folder),
            sha256=_text(recogniser, "sha256"),
            width=_whole(recogniser, "width"),
            height=_whole(recogniser, "height"),
            slots=_whole(recogniser, "slots"),
            countries=_texts(recogniser, "countries"),
            temperature=_positive(recogniser, "temperature"),
            readable_threshold=_share(recogniser, "readable_threshold"),
        ),
    )


def _table(content: Mapping[str, object], key: str) -> Mapping[str, object]:
    table = content[key]
    if not isinstance(table, Mapping):
        raise TypeError(f"{key} is no table")
    return table


def _text(table: Mapping[str, object], key: str) -> str:
    value = table[key]
    if not isinstance(value, str) or not value:
        raise TypeError(f"{key} is no text")
    return value


def _texts(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = table[key]
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError(f"{key} is no list of texts")
    return tuple(value)


def _file(table: Mapping[str, object], folder: Path) -> Path:
    name = _text(table, "file")
    if Path(name).name != name:
        raise ValueError(f"{name} is not a plain file name")
    return folder / name


def _whole(table: Mapping[str, object], key: str, *, multiple: int = 1) -> int:
    value = table[key]
    if not isinstance(value, int) or value < 1 or value % multiple:
        raise ValueError(f"{key} is no positive multiple of {multiple}")
    return value


def _positive(table: Mapping[str, object], key: str) -> float:
    value = table[key]
    if not isinstance(value, int | float) or value <= 0:
        raise ValueError(f"{key} is not above zero")
    return float(value)


def _share(table: Mapping[str, object], key: str) -> float:
    value = _positive(table, key)
    if value > 1:
        raise ValueError(f"{key} is above one")
    return value
