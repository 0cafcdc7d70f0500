"""How many searches were made for investigations, and how many found something."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from openanpr.investigations.found import SearchCounts
from openanpr.search.models import SearchRun


def counts(investigations: Sequence[UUID], since: datetime) -> SearchCounts:
    """The searches for these investigations since ``since``; further pages of one are no others."""
    made = SearchRun.objects.filter(
        investigation_id__in=list(investigations), asked_at__gte=since, continues=None
    )
    refused = Q(decision="deny")
    return SearchCounts(
        **made.aggregate(
            found=Count("id", filter=Q(rows__gt=0)),
            nothing=Count("id", filter=~refused & (Q(rows=0) | Q(rows=None))),
            refused=Count("id", filter=refused),
        )
    )
