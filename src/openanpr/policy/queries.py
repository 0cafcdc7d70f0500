"""Which profile decides now."""

from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from openanpr.access.facts import Profile
from openanpr.access.profiles import parse_profile
from openanpr.policy.models import ProfileVersion
from openanpr.web.unready import NotReadyError


class NoProfileError(NotReadyError, LookupError):
    """No profile can be used; nothing may be decided without one."""


def digest_of(toml: str) -> str:
    """SHA-256 of a profile table, hexadecimal."""
    return sha256(toml.encode()).hexdigest()


def profile_in_force(*, at: datetime, using: str = "default") -> Profile:
    """The profile under which a decision at ``at`` is made.

    Raises ``NoProfileError`` where none has taken effect, or where the stored table is not the one
    that was approved.
    """
    version = (
        ProfileVersion.objects.using(using)
        .filter(takes_effect_at__lte=at)
        .order_by("-takes_effect_at")
        .first()
    )
    if version is None:
        raise NoProfileError("no profile of the access rules is in force")
    return _parsed(version.toml, version.digest, str(version))


def profile_named(label: str, *, using: str = "default") -> Profile:
    """The profile that an old decision names (``name@version``). Raises ``NoProfileError``."""
    name, _, version = label.rpartition("@")
    found = ProfileVersion.objects.using(using).filter(name=name, version=version).first()
    if found is None:
        raise NoProfileError(f"the profile {label} was never in force here")
    return _parsed(found.toml, found.digest, label)


@lru_cache(maxsize=32)
def _parsed(toml: str, digest: str, label: str) -> Profile:
    if digest_of(toml) != digest:
        raise NoProfileError(f"the stored profile {label} is not the one that was approved")
    profile = parse_profile(toml, source=label)
    if profile.label != label:
        raise NoProfileError(f"the stored profile {label} names itself {profile.label}")
    return profile
