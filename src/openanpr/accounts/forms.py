"""The forms of signing in, in our words and with our lock-out."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as MfaReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.exceptions import ValidationError

from openanpr.accounts import lockout
from openanpr.accounts.used_codes import take
from openanpr.web.clock import now

LOCKED = "Too many wrong answers. Wait 15 minutes, or ask your system manager."
_CODE_HINT = "The six digits that your authenticator app shows now"


class SignInForm(LoginForm):  # type: ignore[misc]
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        name.label, password.label = "User name", "Password"
        name.error_messages["required"] = "Give your user name"
        password.error_messages["required"] = "Give your password"
        name.widget.attrs.update(autocapitalize="none", spellcheck=False)
        password.help_text = ""


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something weighty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "Password"

    def clean_password(self) -> str:
        _refuse_if_locked(self.user)
        try:
            return str(super().clean_password())
        except ValidationError:
            lockout.count_failure(context.request, self.user, step="password again")
            raise


class ChangePasswordForm(AllauthChangePasswordForm):  # type: ignore[misc]
    """Old password and the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "oldpassword": "Present password",
            "password1": "New password",
            "password2": "New password again",
        }
        for name, label in words.items():
            self.fields[name].label = label
        self.fields["password1"].help_text = "At least 12 characters; three random words are good"

    def clean_oldpassword(self) -> str:
        _refuse_if_locked(self.user)
        try:
            return str(super().clean_oldpassword())
        except ValidationError:
            lockout.count_failure(context.request, self.user, step="password again")
            raise


class _CodeWords(forms.Form):
    """The words of a field for a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = "Code"
        code.help_text = _CODE_HINT
        code.error_messages["required"] = "Give the code"
        code.widget.attrs.update({"class": "govuk-input--width-10", "spellcheck": False})


class CodeForm(_CodeWords, AuthenticateForm):  # type: ignore[misc]
    """The second factor at sign-in: a code of the app, or a recovery code."""

    step = "code"

    def clean_code(self) -> str:
        return str(_counted(self, super().clean_code, step=self.step))


class CodeAgainForm(_CodeWords, MfaReauthenticateForm):  # type: ignore[misc]
    """The second factor once more, before something weighty."""

    step = "code again"

    def clean_code(self) -> str:
        return str(_counted(self, super().clean_code, step=self.step))


class SetUpCodeForm(_CodeWords, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator, which proves that it was set up."""

    def clean_code(self) -> str:
        code = str(super().clean_code())
        take(self.user, code, at=now())
        return code


class ReasonForm(forms.Form):
    """Why something is taken away from somebody."""

    reason = forms.CharField(
        label="Reason",
        max_length=500,
        error_messages={"required": "Give the reason"},
    )


def _counted(form: Any, check: Any, *, step: str) -> Any:
    _refuse_if_locked(form.user)
    try:
        code = check()
        if not take(form.user, str(code), at=now()):
            raise get_adapter().validation_error("incorrect_code")
    except ValidationError:
        lockout.count_failure(context.request, form.user, step=step)
        raise
    return code


def _refuse_if_locked(user: Any) -> None:
    if lockout.is_locked(context.request, user):
        raise ValidationError(LOCKED, code="locked")
