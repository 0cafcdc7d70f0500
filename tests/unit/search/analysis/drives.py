"""Reads of a small county for tests of analysis: places on one meridian, a kilometre a number."""

import uuid
from datetime import UTC, datetime, timedelta

from openanpr.search.analysis.sightings import Sighting

START = datetime(2026, 9, 7, 8, tzinfo=UTC)
DAY, HOUR, MINUTE, SECOND = (
    timedelta(days=1),
    timedelta(hours=1),
    timedelta(minutes=1),
    timedelta(seconds=1),
)
DEGREE_KM = 111.19


def seen(after, km, **fields):
    """A read ``after`` the start, ``km`` north of the first place, well read by a good clock."""
    values = {
        "id": uuid.uuid4(),
        "vrm": "OA30AAA",
        "captured_at": START + after,
        "camera_id": int(km) + 1,
        "area": f"Area {int(km) // 10}",
        "likelihood": 0.98,
        "latitude": 51.0 + km / DEGREE_KM,
        "longitude": 0.5,
        "clock_offset": timedelta(),
    }
    return Sighting(**values | fields)
