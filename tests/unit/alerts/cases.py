"""Alerts, hits and entry copies that never touch a database."""

from datetime import UTC, datetime, timedelta
from typing import Any

from openanpr.alerts.models import Alert, Hit
from openanpr.alerts.queries import ShownAlert
from openanpr.hotlists.copies import EntryCopy

AT = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


def entry_copy(**changes: Any) -> EntryCopy:
    """A copy of an entry of the force FX."""
    values: dict[str, Any] = {
        "list_name": "Stolen vehicles",
        "list_kind": "response",
        "list_owner": "Inspector Example",
        "list_source": "Crime desk",
        "list_refreshed_at": AT - timedelta(hours=3),
        "force": "FX",
        "priority": 2,
        "covert": False,
        "vrm": "OA30AAA",
        "action": "stop",
        "reason": "Stolen in a burglary",
        "owner": "PC Example",
        "entry_made_at": AT - timedelta(days=2),
        "valid_from": AT - timedelta(days=2),
        "weed_at": AT + timedelta(days=30),
    }
    return EntryCopy(**(values | changes))


def hit(**changes: Any) -> Hit:
    """A hit with an exact place."""
    values: dict[str, Any] = {
        "read_vrm": "OA30AAA",
        "captured_at": AT,
        "camera_area": "Northgate",
        "camera_name": "Mill Road bridge",
        "direction": "northbound",
        "latitude": 51.5,
        "longitude": 0.25,
        "entry_copy": entry_copy().to_json(),
        "how": "exact",
        "confidence": 0.97,
        "alternatives": [
            {"vrm": "OA30AAA", "confidence": 0.97},
            {"vrm": "OA30AAB", "confidence": 0.02},
        ],
    }
    return Hit(**(values | changes))


def shown(*, with_place: bool = False, one_hit: Hit | None = None, **changes: Any) -> ShownAlert:
    """An alert as a query gives it to a page."""
    first = one_hit or hit()
    values: dict[str, Any] = {
        "hit": first,
        "latest_hit": first,
        "vrm": first.read_vrm,
        "list_name": "Stolen vehicles",
        "action": "stop",
        "warning_markers": ["VI", "ZZ"],
        "reason": "Stolen in a burglary",
        "priority": 2,
        "severity": 20,
        "escalation": 0,
        "covert": False,
        "force": "FX",
        "first_captured_at": AT - timedelta(minutes=5),
        "last_captured_at": AT,
        "raised_at": AT,
    }
    return ShownAlert(Alert(**(values | changes)), with_place)
