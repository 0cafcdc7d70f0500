"""The ingest process: no pages, no sessions, its own database role."""

from openanpr.config.database import DatabaseRole, django_database
from openanpr.config.settings.base import *  # noqa: F403
from openanpr.config.settings.base import SETTINGS

DATABASES = {"default": django_database(DatabaseRole.INGEST, SETTINGS)}
ROOT_URLCONF = "openanpr.config.urls_ingest"
WSGI_APPLICATION = "openanpr.config.wsgi_ingest.application"
