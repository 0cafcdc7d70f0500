"""Complaints that were closed long enough ago go by themselves."""

from datetime import timedelta

from openanpr.complaints.services.clearing import clear_complaints
from openanpr.jobs.kinds import JobKind, Task, register


def _clear(task: Task) -> None:
    clear_complaints(at=task.at)


register(JobKind(name="complaint.clear", run=_clear, every=timedelta(hours=24)))
