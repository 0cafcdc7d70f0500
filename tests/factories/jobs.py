"""Jobs done in a test as the process that does them: with its own role."""

from datetime import datetime

from openanpr.config.database import DatabaseRole
from openanpr.jobs.running import do_due
from openanpr.jobs.vocabulary import Lane
from tests.factories.alerts import acting_as


def do_jobs(at: datetime) -> int:
    """Do everything that is due at that moment; how many jobs."""
    with acting_as(DatabaseRole.JOBS):
        return sum(do_due(lane, now=lambda: at) for lane in Lane)
