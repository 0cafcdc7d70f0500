"""Which cameras stand near a sensitive place. One in a vehicle stands nowhere."""

import math
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import Q, QuerySet

from openanpr.access.profile import NearRule
from openanpr.access.vocabulary import PlaceKind
from openanpr.sensitive.models import SensitivePlace

_EARTH_M: Final = 6_371_000.0
_DEGREE_M: Final = 111_000.0
"""A little less than any degree of latitude, so that no pair is passed over."""

_PAIRS: Final = """
select p.kind, c.id, p.latitude, p.longitude, s.latitude, s.longitude
from sensitive_place p
join site s on s.latitude between p.latitude - %(reach)s and p.latitude + %(reach)s
join camera c on c.site_id = s.id
where p.confirmed_at is not null and p.kind = any(%(kinds)s)
  and p.starts_at < %(end)s and coalesce(p.ends_at, 'infinity') > %(start)s
  and coalesce(p.ended_at, 'infinity') > %(start)s
"""


def cameras_near(
    rules: Mapping[PlaceKind, NearRule], *, start: datetime, end: datetime
) -> dict[PlaceKind, frozenset[int]]:
    """The ids of the cameras near a place of each kind that was in force in ``[start, end)``."""
    if not rules:
        return {}
    found: dict[PlaceKind, set[int]] = defaultdict(set)
    reach = max(rule.within_metres for rule in rules.values()) / _DEGREE_M
    with connection.cursor() as cursor:
        cursor.execute(
            _PAIRS,
            {"reach": reach, "kinds": [kind.value for kind in rules], "start": start, "end": end},
        )
        for word, camera, *places in cursor.fetchall():
            kind = PlaceKind(word)
            if metres(*places) <= rules[kind].within_metres:
                found[kind].add(camera)
    return {kind: frozenset(cameras) for kind, cameras in found.items()}


def metres(latitude: float, longitude: float, other: float, across: float) -> float:
    """Great-circle distance of two points in metres (haversine; WGS 84 degrees)."""
    one, two = math.radians(latitude), math.radians(other)
    half = (
        math.sin((two - one) / 2) ** 2
        + math.cos(one) * math.cos(two) * math.sin(math.radians(across - longitude) / 2) ** 2
    )
    return 2 * _EARTH_M * math.asin(min(1.0, math.sqrt(half)))


def in_force(*, at: datetime) -> QuerySet[SensitivePlace]:
    """The confirmed places that hold at ``at``."""
    return SensitivePlace.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=at),
        confirmed_at__isnull=False,
        ended_at__isnull=True,
        starts_at__lte=at,
    ).order_by("kind", "name")


def kinds_known(*, start: datetime, end: datetime) -> frozenset[PlaceKind]:
    """The kinds of which any place was in force in the period, wherever cameras stand."""
    found = SensitivePlace.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=start),
        Q(ended_at__isnull=True) | Q(ended_at__gt=start),
        confirmed_at__isnull=False,
        starts_at__lt=end,
    )
    return frozenset(PlaceKind(kind) for kind in found.values_list("kind", flat=True).distinct())


def waiting() -> QuerySet[SensitivePlace]:
    """What waits for a second person: new places, and places that somebody would end."""
    return SensitivePlace.objects.filter(
        Q(confirmed_at__isnull=True) | Q(end_proposed_at__isnull=False), ended_at__isnull=True
    ).order_by("proposed_at")
