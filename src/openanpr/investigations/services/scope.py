"""How far an investigation reaches: searches outside it are refused until it is widened here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openanpr.audit.services import record_event
from openanpr.investigations.models import Investigation
from openanpr.investigations.services.author import Author
from openanpr.investigations.vocabulary import INVESTIGATING, InvestigationState


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigationScope:
    """Marks, areas and captures ``[period_from, period_to)``; ``None`` bounds nothing."""

    vrms: frozenset[str] | None = None
    camera_areas: frozenset[str] | None = None
    period_from: datetime | None = None
    period_to: datetime | None = None

    def within(self, other: "InvestigationScope") -> bool:
        """Whether everything in this scope is in ``other`` too."""
        return (
            _no_more(self.vrms, other.vrms)
            and _no_more(self.camera_areas, other.camera_areas)
            and _not_before(self.period_from, other.period_from)
            and _not_after(self.period_to, other.period_to)
        )


def scope_of(investigation: Investigation) -> InvestigationScope:
    """The scope as it stands."""
    return InvestigationScope(
        vrms=_set(investigation.vrms),
        camera_areas=_set(investigation.camera_areas),
        period_from=investigation.period_from,
        period_to=investigation.period_to,
    )


class ClosedError(Exception):
    """The investigation was closed meanwhile; it does not change any more."""


@transaction.atomic
def set_scope(
    *,
    author: Author,
    investigation: Investigation,
    scope: InvestigationScope,
    reason: str,
    at: datetime,
) -> bool:
    """Set how far searches may reach. ``False`` where nothing changes; raises ``ClosedError``.

    The event says whether it became wider, so that widening can be asked about.
    """
    locked = Investigation.objects.select_for_update(of=("self",)).get(pk=investigation.pk)
    if locked.state != InvestigationState.OPEN:
        raise ClosedError
    before = scope_of(locked)
    if before == scope:
        return False
    locked.vrms = _list(scope.vrms)
    locked.camera_areas = _list(scope.camera_areas)
    locked.period_from, locked.period_to = scope.period_from, scope.period_to
    locked.save(update_fields=["vrms", "camera_areas", "period_from", "period_to"])
    record_event(
        verb="investigation.scope",
        actor=author.acting(INVESTIGATING),
        at=at,
        subject=f"investigation:{locked.id}",
        investigation=locked.reference,
        reason=reason,
        payload={
            "change": "narrowed" if scope.within(before) else "widened",
            "marks": "any" if scope.vrms is None else str(len(scope.vrms)),
            "areas": "any" if scope.camera_areas is None else str(len(scope.camera_areas)),
            "period_from": scope.period_from.isoformat() if scope.period_from else "",
            "period_to": scope.period_to.isoformat() if scope.period_to else "",
        },
        **author.origin,
    )
    return True


def _set(values: Iterable[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)


def _list(values: frozenset[str] | None) -> list[str] | None:
    return None if values is None else sorted(values)


def _no_more(inner: frozenset[str] | None, outer: frozenset[str] | None) -> bool:
    return outer is None or (inner is not None and inner <= outer)


def _not_before(inner: datetime | None, outer: datetime | None) -> bool:
    return outer is None or (inner is not None and inner >= outer)


def _not_after(inner: datetime | None, outer: datetime | None) -> bool:
    return outer is None or (inner is not None and inner <= outer)
