"""Sensitive places that wait for a second person, and those that end by themselves."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from openanpr.sensitive.models import SensitivePlace
from openanpr.sensitive.queries import waiting
from openanpr.sensitive.vocabulary import KEEPING
from openanpr.web.deadlines import Asked, Deadline

ANSWERED_WITHIN: Final = timedelta(days=2)


def answers(asked: Asked) -> Iterable[Deadline]:
    """Places to confirm, or to agree to end."""
    if not asked.is_for(*KEEPING):
        return
    for place in waiting():
        asker = place.end_proposed_by or place.proposed_by
        yield Deadline(
            key=f"sensitive.answer:{place.id}",
            sentence="A sensitive place waits for a second person",
            consequence="Until then it stays as it was.",
            due_at=(place.end_proposed_at or place.proposed_at) + ANSWERED_WITHIN,
            url_name="sensitive_places",
            roles=KEEPING,
            not_by=asker,
        )


def ends(asked: Asked) -> Iterable[Deadline]:
    """Places that end at a date that was given, such as after a protest."""
    if not asked.is_for(*KEEPING):
        return
    found = SensitivePlace.objects.filter(
        confirmed_at__isnull=False,
        ended_at__isnull=True,
        ends_at__gt=asked.at,
        ends_at__lte=asked.until,
    )
    for number, ends_at in found.values_list("id", "ends_at"):
        if ends_at is not None:
            yield Deadline(
                key=f"sensitive.end:{number}",
                sentence="A sensitive place ends",
                consequence="What was captured near it while it held stays limited.",
                due_at=ends_at,
                url_name="sensitive_places",
                roles=KEEPING,
                ends=True,
            )


DEADLINES: Final = (answers, ends)
