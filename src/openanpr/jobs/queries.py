"""How far a job is."""

from typing import Any

from openanpr.jobs.models import Job


def newest_job(kind: str, **arguments: Any) -> Job | None:
    """The job of that kind asked for last with these arguments."""
    return Job.objects.filter(kind=kind, arguments__contains=arguments).order_by("-id").first()
