"""The processes of the back office, as the supervisor runs them."""

import sys
from pathlib import Path

from openanpr.config.supervisor import Program, granian
from openanpr.config.values import Settings

_WEB_THREADS = 8
# More threads than the ingest queue holds batches, so that a full queue answers 503 at once
# instead of leaving the camera in the server's own queue.
_INGEST_THREADS = 48


def back_office(settings: Settings) -> list[Program]:
    """Worker, jobs, retention, ingest, live, web, federation where set: in their order of start."""

    def environment(process: str) -> dict[str, str]:
        return {"DJANGO_SETTINGS_MODULE": f"openanpr.config.settings.{process}"}

    federation = Program(
        "federation",
        [sys.executable, "-m", "openanpr.config.federation"],
        environment("federation"),
    )
    return [
        Program(
            "worker",
            [sys.executable, "-m", "openanpr.config.worker"],
            environment("worker"),
        ),
        Program(
            "jobs",
            [sys.executable, "-m", "openanpr.config.jobs"],
            environment("jobs"),
        ),
        Program(
            "retention",
            [sys.executable, "-m", "openanpr.config.retention"],
            environment("retention"),
        ),
        Program(
            "ingest",
            granian(
                "wsgi",
                "openanpr.config.wsgi_ingest:application",
                host=settings.host,
                port=settings.ingest_port,
                threads=_INGEST_THREADS,
            ),
            environment("ingest"),
        ),
        Program(
            "live",
            granian(
                "asgi",
                "openanpr.alerts.live:application",
                host=settings.host,
                port=settings.live_port,
                threads=1,
            ),
            environment("live"),
        ),
        Program(
            "web",
            granian(
                "wsgi",
                "openanpr.config.wsgi_web:application",
                host=settings.host,
                port=settings.web_port,
                threads=_WEB_THREADS,
            ),
            environment("web"),
        ),
        *([federation] if settings.centre_url is not None or settings.centre else []),
    ]


def roadside_agents(folder: Path) -> list[Program]:
    """One process for each agent settings file in ``folder``."""
    return [
        Program(
            f"roadside-{path.stem}",
            [sys.executable, "-m", "openanpr", "roadside", "--config", str(path)],
        )
        for path in sorted(folder.glob("*.toml"))
    ]
