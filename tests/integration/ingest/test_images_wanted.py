"""A picture's age is that of the newest read that names it."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import psycopg
import pytest
from tests.factories.reads import a_read

from openanpr.config.database import DatabaseRole, dsn
from openanpr.ingest.images_wanted import note_images

pytestmark = pytest.mark.usefixtures("db")
AT = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
DAY = timedelta(days=1)
HASH = "ab" * 32


def note(*captured):
    rows = [
        SimpleNamespace(read=a_read(captured_at=moment, patch_sha256=HASH)) for moment in captured
    ]
    batch = SimpleNamespace(verdict=SimpleNamespace(rows=rows), device_id=UUID(int=1))
    with psycopg.connect(dsn(DatabaseRole.INGEST)) as connection:
        note_images(connection.cursor(), [batch])
        (newest,) = connection.execute("select last_captured_at from read_image").fetchone()
    return newest


def test_the_newest_capture_of_one_group_and_of_later_ones_counts():
    assert note(AT, AT - DAY) == AT
    assert note(AT - DAY) == AT
    assert note(AT + DAY) == AT + DAY
