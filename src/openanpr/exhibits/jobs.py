"""What exhibits can have done by jobs."""

from datetime import timedelta
from uuid import UUID

from openanpr.config.values import get_settings
from openanpr.exhibits.services import giving, writing
from openanpr.exhibits.services.making import MAKE
from openanpr.jobs.kinds import JobFailed, JobKind, Task, register

ATTEMPTS = 3


def _make(task: Task) -> None:
    exhibit_id = UUID(task.arguments["exhibit"])
    task.say("Writing the pack")
    try:
        writing.write_pack(exhibit_id, settings=get_settings(), at=task.at)
    except writing.PackProblem as problem:
        writing.give_up(exhibit_id, problem=str(problem), at=task.at)
        raise JobFailed(str(problem)) from problem
    except Exception:
        if task.attempt >= ATTEMPTS:
            writing.give_up(exhibit_id, problem="It failed. Tell the system manager.", at=task.at)
        raise


def _sweep(task: Task) -> None:
    giving.remove_old(settings=get_settings(), at=task.at)


register(
    JobKind(name=MAKE, run=_make, attempts=ATTEMPTS),
    JobKind(name="exhibit.sweep", run=_sweep, every=timedelta(hours=6)),
)
