"""What a session knows of itself: its beginning, its last use, whose second factor it has."""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.http import HttpRequest

from openanpr.accounts.models import User

STARTED: Final = "started_at"
SEEN: Final = "seen_at"
PROOFS: Final = "account_authentication_methods"
"""Where allauth keeps when and how somebody proved who they are."""
_METHODS: Final = {
    "password": "password",
    "totp": "code",
    "recovery_codes": "recovery code",
    "webauthn": "passkey",
    "provider": "the force's own sign-in",
}
PROVED_ELSEWHERE: Final = "second_factor_elsewhere"
SECOND_FACTOR: Final = "second_factor_of"
FRESH: Final = timedelta(minutes=5)
WRITE_EVERY: Final = timedelta(minutes=1)
BACKGROUND_HEADER: Final = "OpenANPR-Background"
"""Set by scripts on requests that nobody asked for: they do not keep a session alive."""


def mark_start(request: HttpRequest, *, at: datetime) -> None:
    """The session of a new sign-in begins."""
    request.session[STARTED] = request.session[SEEN] = at.timestamp()


def mark_second_factor(request: HttpRequest, user: User) -> None:
    """``user`` gave or set up a second factor in this session."""
    request.session[SECOND_FACTOR] = str(user.pk)


def has_second_factor(request: HttpRequest, user: User) -> bool:
    """Whether this session was opened with ``user``'s own second factor."""
    return request.session.get(SECOND_FACTOR) == str(user.pk)


def mark_proved_elsewhere(request: HttpRequest, user: User) -> None:
    """The force's own sign-in has seen a second factor of ``user``."""
    request.session[PROVED_ELSEWHERE] = str(user.pk)
    mark_second_factor(request, user)


def proved_elsewhere(request: HttpRequest, user: User) -> bool:
    """Whether the second factor of this session was given to the force's own sign-in."""
    return request.session.get(PROVED_ELSEWHERE) == str(user.pk)


def is_fresh(request: HttpRequest, *, at: datetime) -> bool:
    """Whether the sign-in that opened this session was a moment ago."""
    started = started_at(request)
    return started is not None and at - started < FRESH


def proved_lately(request: HttpRequest, *, at: datetime, within: timedelta = FRESH) -> bool:
    """Whether the person signed in or proved again who they are no longer ago than ``within``."""
    proofs = request.session.get(PROOFS, [])
    times = [one.get("at") for one in proofs if isinstance(one, dict)]
    known = [datetime.fromtimestamp(one, tz=UTC) for one in times if isinstance(one, int | float)]
    started = started_at(request)
    newest = max([*known, started] if started is not None else known, default=None)
    return newest is not None and at - newest < within


def methods_of(proofs: list[dict[str, object]]) -> list[str]:
    """In words, and in their order, the proofs that a sign-in gave (``PROOFS`` of its session)."""
    words = [_METHODS.get(str(one.get("type") or one.get("method")), "") for one in proofs]
    return list(dict.fromkeys(word for word in words if word))


def started_at(request: HttpRequest) -> datetime | None:
    """When the sign-in was that opened this session, where that is known."""
    return _instant(request, STARTED)


def why_over(request: HttpRequest, *, at: datetime, idle: timedelta, hard: timedelta) -> str | None:
    """Why the session may not go on at ``at``: plain words, or ``None`` while it may."""
    started, seen = _instant(request, STARTED), _instant(request, SEEN)
    if started is None or seen is None:
        return "its start is not known"
    if at - seen >= idle:
        return f"nothing was done for {_minutes(idle)}"
    if at - started >= hard:
        return f"{_minutes(hard)} had passed since signing in"
    return None


def touch(request: HttpRequest, *, at: datetime) -> None:
    """Note that the session is in use; written once a minute, not at every request."""
    if request.headers.get(BACKGROUND_HEADER):
        return
    seen = _instant(request, SEEN)
    if seen is None or at - seen >= WRITE_EVERY:
        request.session[SEEN] = at.timestamp()


def _instant(request: HttpRequest, key: str) -> datetime | None:
    value = request.session.get(key)
    return datetime.fromtimestamp(value, tz=UTC) if isinstance(value, int | float) else None


def _minutes(period: timedelta) -> str:
    minutes = int(period.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    return f"{minutes} minutes" if rest or not hours else f"{hours} hours"
