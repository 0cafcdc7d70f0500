"""What a browser answers for a passkey (WebAuthn), checked before it is believed."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from openanpr.accounts import lockout

_MALFORMED = (AttributeError, KeyError, LookupError, OverflowError, TypeError, ValueError)
NOT_GOOD = "This passkey was not accepted. Try again, or sign in another way."
LONGEST_NAME = 60


class NewPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey that was just made, and what its owner calls it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        name = self.fields["name"]
        name.label, name.required, name.max_length = "Name of the passkey", False, LONGEST_NAME
        name.help_text = "So that you know it again, for example the device it is on"

    def clean_name(self) -> str:
        return str(super().clean_name())[:LONGEST_NAME]

    def clean(self) -> dict[str, Any]:
        credential = self.cleaned_data.get("credential")
        try:
            auth.parse_registration_response(credential)
            binding = auth.complete_registration(credential)
        except (*_MALFORMED, ValidationError) as error:
            raise ValidationError("The passkey was not made. Try again.", "malformed") from error
        if not binding.is_user_verified():
            raise ValidationError(
                "Use a passkey with a PIN, a fingerprint or a face.", "unverified"
            )
        values: dict[str, Any] = self.cleaned_data
        return values


class _Checked:
    """Hostile answers are refused like wrong ones."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except (*_MALFORMED, ValidationError) as error:
            raise ValidationError(NOT_GOOD, code="incorrect_code") from error


class PasskeySignInForm(_Checked, LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey instead of password and code.

    It can't be guessed, so a wrong one locks nobody out, and a lock-out by wrong passwords does
    not keep its owner out.
    """


class PasskeyForm(_Checked, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second factor, after the password; counted with wrong codes."""

    step = "passkey"

    def clean_credential(self) -> Authenticator:
        if lockout.is_locked(context.request, self.user):
            raise get_adapter().validation_error("incorrect_code")
        try:
            return super().clean_credential()
        except ValidationError:
            lockout.count_failure(context.request, self.user, step=self.step)
            raise


class PasskeyAgainForm(PasskeyForm, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey once more, before something weighty."""

    step = "passkey again"
