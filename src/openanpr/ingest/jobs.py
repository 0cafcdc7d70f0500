"""What ingest can have done by jobs."""

from datetime import datetime, timedelta

from openanpr.config.values import get_settings
from openanpr.hotlists.services.snapshots import MATCH_AGAIN
from openanpr.ingest.matching_again import match_again
from openanpr.ingest.owing import settle
from openanpr.jobs.kinds import JobKind, Task, register
from openanpr.jobs.vocabulary import Lane


def _match_again(task: Task) -> None:
    settings = get_settings()
    since = task.arguments.get("since")
    match_again(
        minutes=settings.match_again_minutes,
        at=task.at,
        data_dir=settings.data_dir,
        changed_at=datetime.fromisoformat(since) if since else None,
    )


def _settle(_task: Task) -> None:
    settle()


register(
    JobKind(name=MATCH_AGAIN, run=_match_again, lane=Lane.QUICK),
    JobKind(name="audit.settle", run=_settle, every=timedelta(minutes=1)),
)
