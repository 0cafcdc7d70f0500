"""The federation process: no pages, no sessions, its own database role."""

from openanpr.config.database import DatabaseRole, django_database
from openanpr.config.settings.base import *  # noqa: F403
from openanpr.config.settings.base import SETTINGS

DATABASES = {"default": django_database(DatabaseRole.FEDERATION, SETTINGS)}
