"""What the lists can have done by jobs."""

from datetime import timedelta
from uuid import UUID

from openanpr.hotlists.services import import_jobs
from openanpr.hotlists.services.imports import APPLY, READ
from openanpr.hotlists.tripwires import services as tripwires
from openanpr.jobs.kinds import JobKind, Task, register


def _read(task: Task) -> None:
    import_jobs.read_file(import_id=UUID(task.arguments["import"]), at=task.at, say=task.say)


def _apply(task: Task) -> None:
    import_jobs.apply_file(import_id=UUID(task.arguments["import"]), at=task.at, say=task.say)


def _tripwires(task: Task) -> None:
    tripwires.end_due(at=task.at)
    tripwires.tell_audit(at=task.at)


def _sweep(task: Task) -> None:
    import_jobs.throw_away_unanswered(at=task.at)


register(
    JobKind(name=READ, run=_read),
    JobKind(name=APPLY, run=_apply),
    JobKind(name="tripwire.tell", run=_tripwires, every=timedelta(minutes=1)),
    JobKind(name="list.sweep", run=_sweep, every=timedelta(days=1)),
)
