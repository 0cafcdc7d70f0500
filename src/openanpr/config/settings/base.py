"""What every Django process shares. A process's own module names its database role."""

from typing import Any, Final

from openanpr.config.apps import OPENANPR_APPS
from openanpr.config.logging import logging_config
from openanpr.config.values import get_settings, secret

SETTINGS: Final = get_settings()

SECRET_KEY = secret("django-secret-key", SETTINGS)
DEBUG = False
ALLOWED_HOSTS = [SETTINGS.public_host, "localhost", "127.0.0.1", "[::1]"]
ROOT_URLCONF = "openanpr.config.urls_web"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django_htmx",
    *OPENANPR_APPS,
]
MIDDLEWARE: list[str] = []
TEMPLATES: list[dict[str, Any]] = []

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
USE_I18N = True

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging_config()
