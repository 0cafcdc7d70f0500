"""Counting forms against the limits, in the database, so that every process sees one count."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection

from openanpr.postbox.models import PostboxCount
from openanpr.postbox.networks import digest_of, network_of
from openanpr.wire.ids import uuid7


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Forms of one purpose within an hour: from one network, and from everybody."""

    network: int
    everybody: int


def limits() -> Limits:
    """As the installation sets them."""
    values = settings.SETTINGS
    return Limits(network=values.forms_per_network, everybody=values.forms_in_all)


def within(purpose: str, *, address: str, at: datetime, allowed: Limits | None = None) -> bool:
    """Count one form of ``purpose``; whether it is within the limits of its hour.

    Who is over their own limit does not use up everybody's.
    """
    allowed = allowed or limits()
    hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    PostboxCount.objects.filter(hour__lt=hour).delete()
    source = digest_of(network_of(address), key=settings.SECRET_KEY, at=hour)
    if _counted(purpose, hour, source) > allowed.network:
        return False
    return _counted(purpose, hour, "") <= allowed.everybody


def seconds_left(at: datetime) -> int:
    """Until the next hour begins, and counting with it."""
    moment = at.astimezone(UTC)
    following = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return max(1, int((following - moment).total_seconds()))


def _counted(purpose: str, hour: datetime, source: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into postbox_count (id, purpose, hour, source, forms) "
            "values (%s, %s, %s, %s, 1) on conflict (purpose, hour, source) "
            "do update set forms = postbox_count.forms + 1 returning forms",
            [uuid7(), purpose, hour, source],
        )
        return int(cursor.fetchone()[0])
