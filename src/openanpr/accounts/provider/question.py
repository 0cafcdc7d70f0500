"""Asking a provider who somebody is, and taking the answer to that question alone."""

import secrets
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final
from urllib.parse import urlencode

from django.contrib.sessions.backends.base import SessionBase

from openanpr.accounts.provider.answer import (
    Identity,
    ProviderProblem,
    configuration,
    identity_of,
)
from openanpr.accounts.provider.line import Provider

KEY: Final = "provider_question"
LASTS: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. ``again``: about somebody who is signed in and proves it once more.

    ``then`` is the page that was asked for.
    """

    state: str
    nonce: str
    verifier: str
    asked_at: float
    again: bool
    then: str


def asked(provider: Provider, session: SessionBase, *, then: str, again: bool, at: datetime) -> str:
    """The address to which the browser goes with a new question. Raises ``ProviderProblem``."""
    question = Question(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        asked_at=at.timestamp(),
        again=again,
        then=then,
    )
    words = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": provider.back,
        "scope": "openid profile",
        "state": question.state,
        "nonce": question.nonce,
        "code_challenge": _challenge(question.verifier),
        "code_challenge_method": "S256",
    }
    if again:
        words |= {"prompt": "login", "max_age": "0"}
    address = str(configuration(provider)["authorization_endpoint"])
    session[KEY] = asdict(question)
    return f"{address}{'&' if '?' in address else '?'}{urlencode(words)}"


def answered(
    provider: Provider, session: SessionBase, *, state: str, code: str, at: datetime
) -> tuple[Question, Identity]:
    """Who came back, and to which question. A question takes one answer, right or wrong.

    Raises ``ProviderProblem``.
    """
    kept = session.pop(KEY, None)
    question = Question(**kept) if isinstance(kept, dict) else None
    if question is None or not secrets.compare_digest(question.state, state):
        raise ProviderProblem("nothing was asked from here")
    if at - datetime.fromtimestamp(question.asked_at, tz=UTC) > LASTS:
        raise ProviderProblem("its answer came too late")
    if not code:
        raise ProviderProblem("it did not say who it was")
    return question, identity_of(
        provider, code=code, verifier=question.verifier, nonce=question.nonce
    )


def _challenge(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
