"""How long a session and a proof of identity last: by the profile, and never past the settings."""

from datetime import datetime, timedelta

from django.conf import settings

from openanpr.accounts.session import FRESH
from openanpr.policy.queries import NoProfileError, profile_in_force


def session_limits(*, at: datetime) -> tuple[timedelta, timedelta]:
    """How long a session may be idle, and how long it lasts in all; the shorter of the two words.

    Without a profile that can be used, the settings' alone.
    """
    idle: timedelta = settings.SESSION_IDLE
    hard: timedelta = settings.SESSION_HARD
    try:
        limits = profile_in_force(at=at).limits
    except NoProfileError:
        return idle, hard
    return min(idle, limits.session_idle), min(hard, limits.session_longest)


def proof_lasts(*, at: datetime) -> timedelta:
    """How long a proof of identity is good for what cannot be taken back."""
    try:
        return profile_in_force(at=at).limits.step_up
    except NoProfileError:
        return FRESH
