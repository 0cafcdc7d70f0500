"""What recurs."""

from datetime import timedelta

from openanpr.assurance.services.reminding import remind
from openanpr.jobs.kinds import JobKind, Task, register


def _remind(task: Task) -> None:
    remind(at=task.at)


register(JobKind(name="deadline.remind", run=_remind, every=timedelta(hours=12)))
