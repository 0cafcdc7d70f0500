"""An alert as the policy wants to know it."""

from openanpr.access.facts import AlertFacts
from openanpr.alerts.models import Alert


def facts_of(alert: Alert) -> AlertFacts:
    """Whom the alert was routed to, and how fresh its newest capture is."""
    return AlertFacts(
        force=alert.force,
        captured_at=alert.last_captured_at,
        units=frozenset(alert.routed_units),
        areas=frozenset(alert.routed_areas),
        covert=alert.covert,
    )
