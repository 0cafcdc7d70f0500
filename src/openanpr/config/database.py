"""How each process reaches PostgreSQL: as its own role, embedded or on a server."""

from enum import StrEnum
from typing import Any

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from openanpr.config.postgres.layout import ClusterLayout
from openanpr.config.values import Settings, get_settings, secret


class DatabaseRole(StrEnum):
    """The PostgreSQL roles. What each may do stands in the ``grants.py`` of the apps."""

    OWNER = "openanpr_owner"
    WEB = "openanpr_web"
    SEARCH = "openanpr_search"
    INGEST = "openanpr_ingest"
    LIVE = "openanpr_live"
    WORKER = "openanpr_worker"
    JOBS = "openanpr_jobs"
    REMATCH = "openanpr_rematch"
    RETENTION = "openanpr_retention"
    FEDERATION = "openanpr_federation"


SUPERUSER = "openanpr_super"
DATABASE = "openanpr"
EMBEDDED_PORT = 5432


def password_of(role: str, settings: Settings | None = None) -> str:
    """The password of a database role, from its secret file."""
    return secret(f"database-{role}", settings)


def connection_parts(role: str, settings: Settings | None = None) -> dict[str, Any]:
    """libpq parameters with which ``role`` connects."""
    settings = settings or get_settings()
    credentials = {"user": str(role), "password": password_of(role, settings)}
    if settings.database_dsn is not None:
        return {**conninfo_to_dict(settings.database_dsn), **credentials}
    layout = ClusterLayout.of(settings.data_dir)
    return {
        "host": str(layout.socket_dir),
        "port": EMBEDDED_PORT,
        "dbname": DATABASE,
        **credentials,
    }


def dsn(role: str, settings: Settings | None = None) -> str:
    """libpq connection string of ``role`` for psycopg."""
    return make_conninfo("", **connection_parts(role, settings))


def django_database(role: str, settings: Settings | None = None) -> dict[str, Any]:
    """One entry of Django's ``DATABASES`` for ``role``."""
    parts = connection_parts(role, settings)
    known = {"host": "HOST", "port": "PORT", "dbname": "NAME", "user": "USER"}
    entry: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "PASSWORD": parts.pop("password"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {},
    }
    for name, value in parts.items():
        if name in known:
            entry[known[name]] = str(value)
        else:
            entry["OPTIONS"][name] = value
    return entry
