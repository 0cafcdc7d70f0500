"""The signature on the models' manifest: who made these models is checked before what they are.

The manifest names the models' hashes, so its signature (Ed25519) covers them too. What is trusted
is the public key that came with the program, never one that lies beside foreign models.
"""

import base64
import binascii
import os
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from openanpr.reading.problem import ModelProblem

MODELS: Final = Path(__file__).parent / "models"
MANIFEST_NAME: Final = "manifest.toml"
SIGNATURE_NAME: Final = "manifest.sig"
KEY_NAME: Final = "signing-key.pub"
KEY_VARIABLE: Final = "OPENANPR_MODEL_KEY"
_PURPOSE: Final = b"OpenANPR models v1\n"
"""Stands before what is signed, so that no signature of another kind can pass for this one."""


def sign_manifest(folder: Path, key: Ed25519PrivateKey, *, replace_key: bool = False) -> None:
    """Sign the manifest in `folder`, and write the public key beside it if none is there.

    Raises ModelProblem where the manifest can't be read, or where another public key is there
    and `replace_key` is not set.
    """
    data = _bytes(folder / MANIFEST_NAME, "the models' manifest")
    public = key.public_key()
    place = folder / KEY_NAME
    if not replace_key and place.exists() and _raw(public_key(place)) != _raw(public):
        raise ModelProblem(
            f"the key is not the one whose public half is {place}: nothing was signed"
        )
    signature = base64.b64encode(key.sign(_PURPOSE + data)) + b"\n"
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    try:
        place.write_bytes(pem)
        (folder / SIGNATURE_NAME).write_bytes(signature)
    except OSError as problem:
        raise ModelProblem(f"{folder} can't be written: {problem.strerror}") from None


def check_signature(manifest: bytes, folder: Path, trusted: Path | None = None) -> None:
    """Check the signature in `folder` over the bytes of its manifest.

    `trusted` is the file of the public key (that of the program if None). Raises ModelProblem
    where the signature or the key is missing, unreadable or wrong.
    """
    key = public_key(trusted or MODELS / KEY_NAME)
    path = folder / SIGNATURE_NAME
    if not path.exists():
        raise ModelProblem(f"the models in {folder} are not signed: {path} is missing")
    try:
        signature = base64.b64decode(_bytes(path, "the signature").strip(), validate=True)
    except binascii.Error:
        raise ModelProblem(f"{path} holds no signature") from None
    try:
        key.verify(signature, _PURPOSE + manifest)
    except InvalidSignature:
        raise ModelProblem(
            f"the signature {path} is wrong: the manifest was altered, or another key signed it"
        ) from None


def public_key(path: Path) -> Ed25519PublicKey:
    """The public key in a PEM file; raises ModelProblem."""
    try:
        key = load_pem_public_key(_bytes(path, "the models' public key"))
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise ModelProblem(f"{path} holds no public Ed25519 key")
    return key


def private_key(path: Path) -> Ed25519PrivateKey:
    """The private key in a PEM file; raises ModelProblem."""
    try:
        key = load_pem_private_key(_bytes(path, "the signing key"), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise ModelProblem(f"{path} holds no private Ed25519 key without a password")
    return key


def make_private_key(path: Path) -> Ed25519PrivateKey:
    """A new private key, written to a new file that its owner alone can read.

    Raises ModelProblem where the file is there already or can't be made.
    """
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
    except OSError as problem:
        raise ModelProblem(f"the key {path} can't be made: {problem.strerror}") from None
    return key


def key_file() -> Path:
    """Where the signing key lies: OPENANPR_MODEL_KEY, or a place in the user's home."""
    named = os.environ.get(KEY_VARIABLE)
    return Path(named) if named else Path.home() / ".config" / "openanpr" / "model-signing.key"


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _bytes(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise ModelProblem(f"{what} {path} can't be read: {problem.strerror}") from None
