"""Migrations and seeding alone run as the owner of the tables; no serving process does."""

from openanpr.config.database import DatabaseRole, django_database
from openanpr.config.settings.web import *  # noqa: F403
from openanpr.config.settings.web import SETTINGS

DATABASES = {"default": django_database(DatabaseRole.OWNER, SETTINGS)}
DATABASES["search"] = DATABASES["default"]
