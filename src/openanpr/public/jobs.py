"""The month's figures are published by themselves."""

from datetime import timedelta

from openanpr.jobs.kinds import JobKind, Task, register
from openanpr.public.figures.publishing import publish_due


def _publish(task: Task) -> None:
    publish_due(at=task.at)


register(JobKind(name="figures.publish", run=_publish, every=timedelta(hours=6)))
