"""Counting the month's audit rows. Rows never change, so a month made again counts the same."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from statistics import median

from openanpr.audit.models import AuditEvent

NONE_NAMED = "none named"


class MonthEvents:
    """The audit rows of a period, by verb; each verb is read once, when it is asked for."""

    def __init__(self, start: datetime, end: datetime) -> None:
        self.start, self.end = start, end
        self._rows: dict[str, list[AuditEvent]] = {}

    def of(self, verb: str) -> list[AuditEvent]:
        """The rows of one verb, oldest first, without the ids that they list."""
        if verb not in self._rows:
            found = AuditEvent.objects.filter(verb=verb, at__gte=self.start, at__lt=self.end)
            self._rows[verb] = list(
                found.only("sequence", "at", "verb", "subject", "decision", "reasons", "payload")
            )
        return self._rows[verb]

    def count(self, verb: str, **payload: object) -> int:
        """How many rows of the verb, with these values in their payload."""
        return sum(
            all(row.payload.get(name) == value for name, value in payload.items())
            for row in self.of(verb)
        )

    def answered(self, verb: str, decision: str) -> int:
        """How many rows of the verb have this decision."""
        return sum(row.decision == decision for row in self.of(verb))

    def by(self, verb: str, key: str) -> Counter[str]:
        """How many rows of the verb for each value of a payload's key."""
        return Counter(str(row.payload.get(key) or NONE_NAMED) for row in self.of(verb))

    def reasons(self, verb: str) -> Counter[str]:
        """How often each reason stands in rows of the verb."""
        return Counter(reason for row in self.of(verb) for reason in row.reasons)

    def sum_of(self, verb: str, key: str) -> int:
        """The sum of a whole number in the payloads of a verb."""
        return sum(int(row.payload.get(key) or 0) for row in self.of(verb))

    def first_pages(self, verb: str) -> Iterator[AuditEvent]:
        """Searches, without the further pages of one."""
        return (row for row in self.of(verb) if not row.payload.get("continues"))


FEWEST = 5
"""Of fewer than this many no median is given: it would be somebody's own figure."""


def turn_round(events: MonthEvents) -> tuple[int, int | None]:
    """How many authorisations were answered, and the median hours from asking (whole hours)."""
    answered = [*events.of("grant.approve"), *events.of("grant.refuse")]
    asked = dict(
        AuditEvent.objects.filter(
            verb="grant.request", subject__in=[row.subject for row in answered]
        ).values_list("subject", "at")
    )
    hours = [
        (row.at - asked[row.subject]).total_seconds() / 3600
        for row in answered
        if row.subject in asked
    ]
    return len(hours), round(median(hours)) if len(hours) >= FEWEST else None
