"""The web process: pages, sessions, searches. Reads only through the search role."""

from datetime import timedelta

from openanpr.accounts.settings_parts import *  # noqa: F403
from openanpr.config.database import DatabaseRole, django_database
from openanpr.config.settings.base import *  # noqa: F403
from openanpr.config.settings.base import INSTALLED_APPS, SETTINGS
from openanpr.config.values import secret
from openanpr.web.settings_parts import *  # noqa: F403
from openanpr.web.settings_parts import content_security_policy, transport

INSTALLED_APPS = [
    *INSTALLED_APPS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
]
# An account is locked whoever tries it, from wherever: guesses spread over addresses count too.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

DATABASES = {
    "default": django_database(DatabaseRole.WEB, SETTINGS),
    "search": django_database(DatabaseRole.SEARCH, SETTINGS),
}
WSGI_APPLICATION = "openanpr.config.wsgi_web.application"

SESSION_IDLE = timedelta(minutes=SETTINGS.session_idle_minutes)
SESSION_HARD = timedelta(hours=SETTINGS.session_hard_hours)
SESSION_COOKIE_AGE = int(SESSION_HARD.total_seconds())
# Encrypts the secrets of authenticators in the database.
AUTHENTICATOR_KEY = secret("authenticator-key", SETTINGS)
TRUSTED_PROXIES = SETTINGS.proxy_networks
WHITENOISE_USE_FINDERS = True
CONTENT_SECURITY_POLICY = content_security_policy(SETTINGS.live_origin)
CSRF_TRUSTED_ORIGINS = [SETTINGS.web_origin]
globals().update(transport(tls=SETTINGS.tls))
