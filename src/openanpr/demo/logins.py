"""The log-ins of the demonstration: made by chance at each installation, kept in a private file."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from openanpr.config.values import Settings
from openanpr.demo.guard import demo_folder

# Without letters and figures that look alike, so that a password can be typed from the screen.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_BASE32: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_SECRET_LENGTH: Final = 32
_PERIOD_S: Final = 30
_DIGITS: Final = 6


class Login(msgspec.Struct, frozen=True, kw_only=True):
    """One account's way in."""

    username: str
    password: str
    totp_secret: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code of an authenticator and how many seconds it will still be shown."""

    digits: str
    seconds_left: int


def logins_file(settings: Settings) -> Path:
    """Where the log-ins are kept."""
    return demo_folder(settings) / "logins.json"


def read_logins(settings: Settings) -> dict[str, Login]:
    """Return the log-ins by user name; none before the first seeding."""
    try:
        data = logins_file(settings).read_bytes()
    except FileNotFoundError:
        return {}
    return {login.username: login for login in msgspec.json.decode(data, type=list[Login])}


def complete_logins(settings: Settings, usernames: list[str]) -> dict[str, Login]:
    """Return a log-in for each name, made now for those that have none, and keep them all.

    They are on disk before any account has them, so that none can be lost half way.
    """
    known = read_logins(settings)
    logins = {name: known.get(name) or _make(name) for name in usernames}
    if logins != known:
        _write(logins_file(settings), msgspec.json.encode(list(logins.values())))
    return logins


def code_of(login: Login, *, at: datetime) -> Code:
    """Return the code that the account's authenticator shows at `at`."""
    from base64 import b32decode

    seconds = int(at.timestamp())
    # SHA-1 is what authenticator apps use (RFC 6238); its weakness does not touch this use.
    totp = TOTP(b32decode(login.totp_secret), _DIGITS, SHA1(), _PERIOD_S)  # noqa: S303
    return Code(totp.generate(seconds).decode("ascii"), _PERIOD_S - seconds % _PERIOD_S)


def _make(username: str) -> Login:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    secret = "".join(secrets.choice(_BASE32) for _ in range(_SECRET_LENGTH))
    return Login(username=username, password="-".join(groups), totp_secret=secret)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_bytes(data)
    fresh.replace(path)
