"""Files of closed cases go by themselves."""

from datetime import timedelta

from openanpr.jobs.kinds import JobKind, Task, register
from openanpr.postbox.clearing import clear


def _clear(task: Task) -> None:
    clear(at=task.at)


register(JobKind(name="postbox.clear", run=_clear, every=timedelta(hours=24)))
