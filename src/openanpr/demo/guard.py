"""Invented data never goes where real data may be: only into a data folder made for it."""

from pathlib import Path
from typing import Final

from openanpr.config.postgres.cluster import ClusterProblem
from openanpr.config.postgres.layout import ClusterLayout
from openanpr.config.values import Settings

MARKER: Final = "made-for-demonstration"
_TEXT: Final = "This data folder holds a demonstration: invented people, vehicles and reads.\n"


class DemoRefused(ClusterProblem):
    """The demonstration may not be set up here. The message says why."""


def demo_folder(settings: Settings) -> Path:
    """Where everything of the demonstration lies that is not in the database."""
    return settings.data_dir / "demo"


def claim_data_folder(settings: Settings) -> None:
    """Mark a new data folder as a demonstration's; raises DemoRefused for any other.

    A folder in which an installation without the mark already lives is refused, and so is a
    database that somebody configured.
    """
    _refuse_configured_database(settings)
    if _is_marked(settings):
        return
    if ClusterLayout.of(settings.data_dir).existing_major() is not None:
        raise DemoRefused(
            f"{settings.data_dir} holds an installation that was not made for demonstration; "
            "invented data is kept out of it. Set OPENANPR_DATA_DIR to another folder."
        )
    folder = demo_folder(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    (folder / MARKER).write_text(_TEXT, encoding="utf-8")


def require_demo(settings: Settings) -> None:
    """Raise DemoRefused unless this data folder was made for a demonstration."""
    _refuse_configured_database(settings)
    if not _is_marked(settings):
        raise DemoRefused(
            f"{settings.data_dir} was not made for demonstration; `make run` makes such a folder."
        )


def _refuse_configured_database(settings: Settings) -> None:
    if settings.database_dsn is not None:
        raise DemoRefused(
            "a database is configured (OPENANPR_DATABASE_DSN): invented data is never put into it."
        )


def _is_marked(settings: Settings) -> bool:
    return (demo_folder(settings) / MARKER).is_file()
