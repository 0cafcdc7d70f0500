"""Who the provider is, as the settings say."""

from dataclasses import dataclass
from pathlib import Path

from openanpr.config.values import Settings, given_secret

_FILE = "oidc-client-secret"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One OpenID Connect provider. ``factors``: words of ``amr`` or ``acr`` that prove two factors.

    ``claim`` names what of the identity accounts are linked by.
    """

    issuer: str
    name: str
    client_id: str
    secret: str
    claim: str
    factors: frozenset[str]
    back: str
    ca_file: Path | None = None


def provider_of(settings: Settings, *, back: str) -> Provider | None:
    """The provider that the settings name; ``None`` where there is none, or no secret for it.

    ``back`` is the path to which it sends people back.
    """
    secret = given_secret(_FILE, settings)
    if not settings.oidc_issuer or secret is None:
        return None
    words = settings.oidc_second_factor.split(",")
    return Provider(
        issuer=settings.oidc_issuer.rstrip("/"),
        name=settings.oidc_name,
        client_id=settings.oidc_client_id,
        secret=secret,
        claim=settings.oidc_claim,
        factors=frozenset(word.strip() for word in words if word.strip()),
        back=f"{settings.web_origin}{back}",
        ca_file=settings.oidc_ca_file,
    )
