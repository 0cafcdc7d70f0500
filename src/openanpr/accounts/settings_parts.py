"""Django settings of signing in, taken over by the settings of the web process."""

from datetime import timedelta
from typing import Any

AUTHENTICATION_BACKENDS = [
    # First: it refuses a locked account before any password is looked at.
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "person_id", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

ACCOUNT_ADAPTER = "openanpr.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Wrong passwords and codes are counted by axes, in the database: see `lockout`.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {
    "login": "openanpr.accounts.forms.SignInForm",
    "reauthenticate": "openanpr.accounts.forms.PasswordAgainForm",
    "change_password": "openanpr.accounts.forms.ChangePasswordForm",
}
MFA_ADAPTER = "openanpr.accounts.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# A passkey is two factors, the device and its PIN or fingerprint: it signs in by itself.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = False
MFA_TOTP_ISSUER = "OpenANPR"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "openanpr.accounts.forms.CodeForm",
    "reauthenticate": "openanpr.accounts.forms.CodeAgainForm",
    "activate_totp": "openanpr.accounts.forms.SetUpCodeForm",
    "add_webauthn": "openanpr.accounts.passkey_forms.NewPasskeyForm",
    "authenticate_webauthn": "openanpr.accounts.passkey_forms.PasskeyForm",
    "login_webauthn": "openanpr.accounts.passkey_forms.PasskeySignInForm",
    "reauthenticate_webauthn": "openanpr.accounts.passkey_forms.PasskeyAgainForm",
}
USERSESSIONS_TRACK_ACTIVITY = False

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "openanpr.accounts.lockout.claimed_username"
AXES_SENSITIVE_PARAMETERS = ["login", "code", "oldpassword", "password1", "password2"]
AXES_IPWARE_PROXY_COUNT = 0
AXES_LOCKOUT_CALLABLE = "openanpr.accounts.views.lockout.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

__all__ = [name for name in dir() if name.isupper()]
