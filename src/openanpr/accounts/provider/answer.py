"""What a provider says, checked (OpenID Connect Core 1.0, sections 3.1.3.3 to 3.1.3.7)."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import jwt

from openanpr.accounts.provider.line import Provider

# Only keys of which the provider alone holds the secret half.
_ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")
_TIMEOUT_S: Final = 10.0
_LEEWAY_S: Final = 30
_REQUIRED: Final = ["iss", "aud", "exp", "iat", "sub", "nonce"]


class ProviderProblem(Exception):
    """The provider can't be reached, or what it says can't be believed; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the provider says somebody is. ``proved_at``: when they proved it there, where known."""

    subject: str
    methods: frozenset[str]
    proved_at: datetime | None


def proves_second_factor(identity: Identity, provider: Provider) -> bool:
    """Whether the provider has seen two factors, in the words that the settings trust."""
    return bool(identity.methods & provider.factors)


def configuration(provider: Provider) -> dict[str, Any]:
    """What the provider says of itself. Raises ``ProviderProblem``."""
    said = _json(provider, "GET", f"{provider.issuer}/.well-known/openid-configuration")
    if str(said.get("issuer", "")).rstrip("/") != provider.issuer:
        raise ProviderProblem("it calls itself by another name than the settings do")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not _is_safe(str(said.get(name, ""))):
            raise ProviderProblem(f"its {name} is not an https address")
    return said


def identity_of(provider: Provider, *, code: str, verifier: str, nonce: str) -> Identity:
    """Who came back with ``code``. Raises ``ProviderProblem``."""
    known = configuration(provider)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": provider.back,
        "code_verifier": verifier,
    }
    said = _json(provider, "POST", str(known["token_endpoint"]), form=form)
    token = said.get("id_token")
    if not isinstance(token, str):
        raise ProviderProblem("it sent no identity")
    claims = _claims(provider, known, token)
    if claims["nonce"] != nonce:
        raise ProviderProblem("its answer is to another question")
    return _identity(provider, claims)


def _claims(provider: Provider, known: dict[str, Any], token: str) -> dict[str, Any]:
    try:
        header = jwt.get_unverified_header(token)
        keys = jwt.PyJWKSet.from_dict(_json(provider, "GET", str(known["jwks_uri"]))).keys
        usable = [one for one in keys if header.get("kid") in {None, one.key_id}]
        if len(usable) != 1:
            raise ProviderProblem("the key of its signature is not known")
        claims: dict[str, Any] = jwt.decode(
            token,
            key=usable[0],
            algorithms=list(_ALGORITHMS),
            audience=provider.client_id,
            issuer=str(known["issuer"]),
            leeway=_LEEWAY_S,
            options={"require": _REQUIRED},
        )
    except jwt.PyJWTError as problem:
        raise ProviderProblem(f"its identity is not good ({type(problem).__name__})") from problem
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else provider.client_id) != provider.client_id:
        raise ProviderProblem("its identity was made for another")
    return claims


def _identity(provider: Provider, claims: dict[str, Any]) -> Identity:
    subject = claims.get(provider.claim)
    if not isinstance(subject, str) or not subject.strip():
        raise ProviderProblem(f"its identity has no {provider.claim}")
    methods = claims.get("amr", [])
    words = {one for one in methods if isinstance(one, str)} if isinstance(methods, list) else set()
    if isinstance(claims.get("acr"), str):
        words.add(claims["acr"])
    proved = claims.get("auth_time")
    at = datetime.fromtimestamp(proved, tz=UTC) if isinstance(proved, int) else None
    return Identity(subject=subject, methods=frozenset(words), proved_at=at)


def _json(
    provider: Provider, method: str, address: str, *, form: dict[str, str] | None = None
) -> dict[str, Any]:
    if not _is_safe(address):
        raise ProviderProblem("its address is not an https address")
    trusted = ssl.create_default_context(cafile=provider.ca_file)
    auth = (provider.client_id, provider.secret) if form else None
    try:
        with httpx.Client(verify=trusted, timeout=_TIMEOUT_S, trust_env=False) as client:
            answer = client.request(method, address, data=form, auth=auth)
            answer.raise_for_status()
            said = answer.json()
    except (httpx.HTTPError, ValueError) as problem:
        raise ProviderProblem(f"it does not answer ({type(problem).__name__})") from problem
    if not isinstance(said, dict):
        raise ProviderProblem("its answer is not understood")
    return said


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1"}
    )
