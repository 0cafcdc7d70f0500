"""The audit as auditors read it."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet

from openanpr.audit.models import AuditEvent
from openanpr.oversight.models import ChainCheck
from openanpr.web.dates import force_zone

PAGE: Final = 50
LOOKING: Final = "audit.view"
KEPT_FROM_AUDITORS: Final = "tripwire."
"""Who trips on a protected mark is for professional standards alone (docs/adr/0037)."""


def events(filters: Mapping[str, Any]) -> QuerySet[AuditEvent]:
    """The rows that fit the cleaned values of ``FilterForm``, newest first.

    Looking at the audit leaves rows too; they are shown only when that verb is asked for.
    """
    found = AuditEvent.objects.exclude(verb__startswith=KEPT_FROM_AUDITORS).order_by("-sequence")
    verb = filters.get("verb")
    found = found.filter(verb=verb) if verb else found.exclude(verb=LOOKING)
    for name in ("decision", "subject"):
        if filters.get(name):
            found = found.filter(**{name: filters[name]})
    if filters.get("investigation"):
        found = found.filter(investigation__iexact=filters["investigation"].strip())
    if filters.get("person"):
        found = found.filter(_person(filters["person"].strip()))
    return _in_time(found, filters)


def latest_check() -> ChainCheck | None:
    """The last check of the chain that was asked for."""
    return ChainCheck.objects.select_related("checked_by").order_by("-id").first()


def _person(text: str) -> Q:
    return (
        Q(actor_person__iexact=text) | Q(actor_account__iexact=text) | Q(actor_name__icontains=text)
    )


def _in_time(found: QuerySet[AuditEvent], filters: Mapping[str, Any]) -> QuerySet[AuditEvent]:
    zone = force_zone()
    if filters.get("day_from"):
        start = datetime.combine(filters["day_from"], time.min, tzinfo=zone)
        found = found.filter(at__gte=start)
    if filters.get("day_to"):
        end = datetime.combine(filters["day_to"] + timedelta(days=1), time.min, tzinfo=zone)
        found = found.filter(at__lt=end)
    if filters.get("before"):
        found = found.filter(sequence__lt=filters["before"])
    return found
