"""Django's entry of the app."""

from django.apps import AppConfig, apps


class AccountsConfig(AppConfig):
    """Accounts, roles, training, sign-in."""

    name = "openanpr.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to sign-ins, so that each of them is audited."""
        if not apps.is_installed("allauth.mfa"):  # a process without pages: nobody signs in here
            return
        from openanpr.accounts import sign_in

        sign_in.listen()
