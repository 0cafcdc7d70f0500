"""Holds whose review falls due."""

from collections.abc import Iterable
from typing import Final

from openanpr.investigations.models import Hold
from openanpr.web.deadlines import Asked, Deadline


def reviews(asked: Asked) -> Iterable[Deadline]:
    """Reviews of holds, for their owner and the officer in charge."""
    found = Hold.objects.filter(released_at=None, review_at__lte=asked.until)
    for row in found.values(
        "id",
        "review_at",
        "reference",
        "owner_id",
        "investigation__officer_in_charge_id",
        "investigation__reference",
        "investigation__force__code",
    ):
        yield Deadline(
            key=f"hold.review:{row['id']}",
            sentence=f"Review the hold {row['reference']} of {row['investigation__reference']}",
            consequence="Its reads stay past retention until somebody says that they need not.",
            due_at=row["review_at"],
            url_name="hold",
            url_kwargs={"hold_id": row["id"]},
            accounts=frozenset({row["owner_id"], row["investigation__officer_in_charge_id"]}),
            force=row["investigation__force__code"],
        )


DEADLINES: Final = (reviews,)
