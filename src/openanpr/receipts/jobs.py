"""What receipts can have done by jobs."""

from datetime import timedelta

from openanpr.ingest.receipts import account_receipts
from openanpr.jobs.kinds import JobKind, Task, register
from openanpr.jobs.vocabulary import Lane


def _account(task: Task) -> None:
    account_receipts(at=task.at)


register(
    JobKind(name="receipts.account", run=_account, lane=Lane.QUICK, every=timedelta(minutes=2))
)
