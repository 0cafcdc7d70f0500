"""What allauth leaves to us: no sign-up, no mail, secrets encrypted in the database."""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from openanpr.accounts import session
from openanpr.accounts.models import User
from openanpr.accounts.queries import is_linked
from openanpr.web.clock import now

_AGAIN = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use a code",
    "mfa_reauthenticate:webauthn": "Use a passkey",
}


_STAGES = {"allauth.mfa.stages.AuthenticateStage": "openanpr.accounts.stages.SecondFactorStage"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by a system manager; pages say for themselves what happened."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "The user name or the password is wrong",
        "account_inactive": "The user name or the password is wrong",
        "incorrect_password": "The password is wrong",
    }

    def is_reauthentication_required(self, **_: Any) -> bool:
        """Always, but for somebody who sets their first factor up just after the password."""
        started = session.started_at(self.request)
        if started is None or not session.is_fresh(self.request, at=now()):
            return True
        user = self.request.user
        return bool(Authenticator.objects.filter(user=user.pk, created_at__lt=started).exists())

    def get_login_stages(self) -> list[str]:
        return [_STAGES.get(one, one) for one in super().get_login_stages()]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """As allauth finds them, in our words; and the force's own sign-in for who is linked."""
        found = super().get_reauthentication_methods(user)
        said = [{**one, "description": _AGAIN[one["id"]]} for one in found]
        if user.is_authenticated and is_linked(user) and settings.SETTINGS.oidc_issuer:
            words = f"Use {settings.SETTINGS.oidc_name}"
            said.append({"id": "provider", "description": words, "url": reverse("provider_again")})
        return said

    def set_password(self, user: User, password: str) -> None:
        """Only the password is written: the pages may change nothing of who an account is."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """allauth's own messages are Django templates, which this product does not use."""

    def send_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """No mail leaves the installation."""


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets rest encrypted; a person cannot take their own second factor away."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is wrong, or was used already",
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, _authenticator: Authenticator) -> bool:
        return False

    def get_totp_label(self, user: User) -> str:
        return user.username

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """``Passkey``, ``Passkey 2`` and so on."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the address in the settings, never to what a request calls us."""
        return {"id": settings.SETTINGS.public_host, "name": "OpenANPR"}

    def send_notification_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """No mail leaves the installation."""


def _cipher() -> Fernet:
    material = settings.AUTHENTICATOR_KEY.encode()
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"openanpr authenticators")
    return Fernet(base64.urlsafe_b64encode(key.derive(material)))
