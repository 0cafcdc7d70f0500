"""A month's figures are counted by the job's own role, published once, and read by anybody."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.db import connection
from django.test import Client

from openanpr.audit.actors import AuditActor
from openanpr.audit.models import AuditEvent
from openanpr.audit.services import record_event
from openanpr.config.database import DatabaseRole
from openanpr.public.figures.catalogue import FIGURES
from openanpr.public.figures.months import bounds, month_of, next_month, previous_month
from openanpr.public.figures.publishing import publish_due, publish_month
from openanpr.public.models import PublishedFigure
from openanpr.wire.ids import uuid7
from tests.factories.alerts import acting_as
from tests.factories.casework import make_casework


@pytest.fixture
def at(db):
    moment = datetime.now(UTC)
    make_casework(moment)
    return moment


def add_batch(superuser, received_at, accepted):
    superuser.execute(
        "insert into ingest_batch (device, batch_id, first_sequence, reads, accepted, duplicates, "
        "late, refused, quarantined, clock_source, received_at) "
        "values (%s, %s, 1, %s, %s, 0, 0, 0, 0, 'ntp', %s)",
        (uuid7(), uuid7(), accepted, accepted, received_at),
    )


def test_months_follow_each_other() -> None:
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert previous_month(date(2026, 1, 1)) == date(2025, 12, 1)
    assert previous_month(date(2026, 3, 1)) == date(2026, 2, 1)
    assert bounds(date(2026, 2, 1))[1] == datetime(2026, 3, 1, tzinfo=UTC)


def test_a_month_is_published_once_and_late_and_never_changed(at, superuser) -> None:
    month = previous_month(month_of(at))
    start, end = bounds(month)
    for day in range(10):
        add_batch(superuser, start + timedelta(days=day), 30_000)
    with acting_as(DatabaseRole.JOBS):
        assert not publish_month(month, at=end + timedelta(hours=1))
        assert publish_month(month, at=end + timedelta(days=2))
        add_batch(superuser, start, 30_000)
        assert not publish_month(month, at=end + timedelta(days=3))
    shown = PublishedFigure.objects.get(month=month, figure="reads").value
    assert 298_000 <= shown <= 302_000
    assert PublishedFigure.objects.filter(month=month).count() == len(FIGURES)
    row = AuditEvent.objects.get(verb="figures.publish")
    assert "300" not in str(row.payload)


def test_nothing_is_published_before_the_first_read(at) -> None:
    with acting_as(DatabaseRole.JOBS):
        assert publish_due(at=at + timedelta(days=40)) == []


def test_anybody_reads_them_as_page_csv_and_json(at, superuser) -> None:
    month = previous_month(month_of(at))
    add_batch(superuser, bounds(month)[0], 30_000)
    stranger = Client()
    assert "No month is over yet" in stranger.get("/public/figures/").content.decode()
    with acting_as(DatabaseRole.JOBS):
        assert publish_due(at=bounds(month)[1] + timedelta(days=2)) == [month]
    page = stranger.get("/public/figures/").content.decode()
    assert re.search("about (29|30|31),000", page)
    assert "fewer than 10" in page
    lines = list(csv.DictReader(io.StringIO(stranger.get("/public/figures.csv").content.decode())))
    assert len(lines) == len(FIGURES)
    assert stranger.get("/public/figures.json").json()["figures"][0]["month"] == f"{month:%Y-%m}"


@pytest.mark.security
def test_no_page_can_count_for_itself(db, connect_as) -> None:
    for role in ("openanpr_web", "openanpr_search", "openanpr_live"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connect_as(role).execute("select * from public_counts(now(), now())")


def test_each_app_s_figures_are_gathered(at, superuser) -> None:
    start = at - timedelta(days=1)
    for verdict, source, number in (("right", "check", 3), ("wrong", "check", 1)):
        for _ in range(number):
            superuser.execute(
                "insert into read_correction (id, made_at, captured_at, read_id, camera_id, "
                "first_confidence, person, vrm, first_reading, first_model, says, verdict, source, "
                "reference, investigation, model, reason) values (%s, %s, %s, %s, 1, 0.9, 'p', "
                "'OA30AAA', 'OA30AAA', 'm', 'OA30AAA', %s, %s, '', '', '', 'seen')",
                (uuid7(), at, at, uuid7(), verdict, source),
            )
    asked = {"category": "serious", "period_from": (at - timedelta(days=200)).isoformat()}
    record_event(
        verb="search.run", actor=AuditActor.system("test"), at=at, decision="allow", payload=asked
    )
    with acting_as(DatabaseRole.JOBS), connection.cursor() as cursor:
        cursor.execute("select * from public_counts(%s, %s)", [start, at + timedelta(days=1)])
        counts = dict(cursor.fetchall())
    assert (counts["checked"], counts["checked-right"]) == (4, 3)
    assert (counts["searches-serious"], counts["searches-to-12-months"]) == (1, 1)
    assert {"arrests", "exports", "complaints", "corrected"} <= set(counts)
