"""Signing in and one's own account. Of allauth's addresses only these exist: no sign-up."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp

from openanpr.accounts.views import own, passkeys, provider, record
from openanpr.accounts.views.enrolment import enrol
from openanpr.accounts.views.first_factor import not_past_a_factor
from openanpr.accounts.views.signing_out import sign_out
from openanpr.web.permissions import Permission, path_for

PUBLIC = Permission(public=True, methods=("GET", "POST"))
OWN = Permission(signed_in=True, methods=("GET", "POST"))
SETTING_UP = Permission(before_mfa=True, methods=("GET", "POST"))

urlpatterns = [
    path_for("", own.your_account, name="your_account", permission=Permission(signed_in=True)),
    path_for(
        "theme/",
        own.change_theme,
        name="change_theme",
        permission=Permission(signed_in=True, methods=("POST",)),
    ),
    path_for(
        "record/",
        record.own_record,
        name="own_record",
        permission=Permission(signed_in=True),
    ),
    path_for("enrol/", enrol, name="accounts_enrol", permission=PUBLIC),
    path_for("login/", account.login, name="account_login", permission=PUBLIC),
    path_for("force/", provider.start, name="provider_start", permission=Permission(public=True)),
    path_for(
        "force/back/", provider.back, name="provider_back", permission=Permission(public=True)
    ),
    path_for(
        "force/again/",
        provider.again,
        name="provider_again",
        permission=Permission(before_mfa=True),
    ),
    path_for(
        "logout/",
        sign_out,
        name="account_logout",
        permission=Permission(before_mfa=True, methods=("POST",)),
    ),
    path_for(
        "inactive/",
        own.inactive,
        name="account_inactive",
        permission=Permission(public=True),
    ),
    path_for(
        "reauthenticate/",
        account.reauthenticate,
        name="account_reauthenticate",
        permission=SETTING_UP,
    ),
    path_for("password/", account.password_change, name="account_change_password", permission=OWN),
    path_for("code/", mfa.authenticate, name="mfa_authenticate", permission=PUBLIC),
    path_for("code/again/", mfa.reauthenticate, name="mfa_reauthenticate", permission=OWN),
    path_for(
        "authenticator/",
        own.authenticator,
        name="mfa_index",
        permission=Permission(signed_in=True),
    ),
    path_for(
        "authenticator/set-up/",
        not_past_a_factor(totp.activate_totp),
        name="mfa_activate_totp",
        permission=SETTING_UP,
    ),
    # allauth sends those here who have an authenticator already; it cannot be taken off by oneself.
    path_for(
        "authenticator/lost/",
        own.lost_authenticator,
        name="mfa_deactivate_totp",
        permission=Permission(signed_in=True),
    ),
    path_for(
        "passkeys/",
        passkeys.passkeys,
        name="mfa_list_webauthn",
        permission=Permission(signed_in=True),
    ),
    path_for("passkeys/add/", passkeys.add, name="mfa_add_webauthn", permission=SETTING_UP),
    path_for(
        "passkeys/<int:passkey_id>/remove/",
        passkeys.remove,
        name="mfa_remove_webauthn",
        permission=OWN,
    ),
    path_for("passkey/", passkeys.sign_in, name="mfa_login_webauthn", permission=PUBLIC),
    path_for("passkey/again/", passkeys.again, name="mfa_reauthenticate_webauthn", permission=OWN),
    path_for(
        "recovery-codes/",
        recovery.view_recovery_codes,
        name="mfa_view_recovery_codes",
        permission=Permission(signed_in=True),
    ),
    path_for(
        "recovery-codes/new/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
        permission=OWN,
    ),
    path_for("sessions/", own.sessions, name="usersessions_list", permission=OWN),
]
