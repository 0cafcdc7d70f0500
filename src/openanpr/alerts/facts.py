"""An alert as the policy wants to know it."""

from openanpr.access.facts import AlertFacts
from openanpr.alerts.models import Alert


def facts_of(alert: Alert) -> AlertFacts:
    """Whom the alert was routed to, and how fresh its newest capture is.

    An alert whose camera's site was made covert since is covert from that moment, whether or not
    the worker has marked it yet (``stands_covertly``, which the queries of pages tell).
    """
    return AlertFacts(
        force=alert.force,
        captured_at=alert.last_captured_at,
        units=frozenset(alert.routed_units),
        areas=frozenset(alert.routed_areas),
        covert=alert.covert or getattr(alert, "stands_covertly", False),
    )
