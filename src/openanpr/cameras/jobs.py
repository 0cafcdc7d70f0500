"""What the register has done by itself: lapsed authorities written down, every minute."""

from datetime import timedelta

from openanpr.cameras.services import note_lapses
from openanpr.jobs.kinds import JobKind, Task, register
from openanpr.jobs.vocabulary import Lane


def _lapses(task: Task) -> None:
    note_lapses(at=task.at)


register(
    JobKind(name="cameras.lapses", run=_lapses, lane=Lane.QUICK, every=timedelta(minutes=1)),
)
