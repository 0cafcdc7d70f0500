"""The audit is broken for everybody: searching stops, ingest goes on and tells it afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from tests.factories.accounts import make_force, make_unit
from tests.factories.alerts import acting_as
from tests.factories.cameras import make_camera, make_reader
from tests.factories.casework import REASON, Casework
from tests.factories.reads import a_read
from tests.functional.ingest.served import FieldReader, Served

from openanpr.audit.chain import START
from openanpr.audit.models import AuditEvent
from openanpr.config.database import DatabaseRole
from openanpr.ingest.owing import settle
from openanpr.oversight.services import verify_after
from openanpr.search.models import SearchRun
from openanpr.search.question import MarkQuestion
from openanpr.search.services import SearchStoppedError, run_search

pytestmark = pytest.mark.security
OWNER = "owner"
DAY = timedelta(days=1)


@contextmanager
def audit_gone(superuser: psycopg.Connection[Any]) -> Iterator[None]:
    """Nobody can append: the function itself is away."""
    superuser.execute("alter function audit_append(jsonb) rename to audit_append_away")
    try:
        yield
    finally:
        superuser.execute("alter function audit_append_away(jsonb) rename to audit_append")


def test_searching_stops_and_ingest_goes_on_while_the_audit_cannot_be_written(
    ingest: Served, superuser: psycopg.Connection[Any]
) -> None:
    casework = Casework(
        at=datetime.now(UTC),
        force=make_force(),
        unit=make_unit("Crime desk"),
        other_unit=make_unit("Command"),
    )
    ada = casework.person("ada")
    case = casework.investigation(ada)
    kit = make_reader()
    make_camera(kit)
    ingest.catch_up()
    reader = FieldReader(ingest, kit)
    reader.post_reads(a_read("OA30AAA"))
    told = AuditEvent.objects.using(OWNER).filter(verb="ingest.store")
    assert told.count() == 1

    with audit_gone(superuser):
        taken = [reader.post_reads(a_read(mark)) for mark in ("OA31AAA", "OA32AAA")]
        with pytest.raises(SearchStoppedError):
            run_search(
                author=casework.author(ada),
                question=MarkQuestion(
                    vrm="OA30AAA", start=casework.at - DAY, end=casework.at, reason=REASON
                ),
                investigation=case,
                at=casework.at,
            )
        with acting_as(DatabaseRole.JOBS), pytest.raises(Exception, match="audit_append"):
            settle()

    assert [ack["accepted"] for ack in taken] == [1, 1]
    marks = superuser.execute("select vrm from reads order by vrm").fetchall()
    assert marks == [("OA30AAA",), ("OA31AAA",), ("OA32AAA",)]
    assert superuser.execute("select count(*) from live_search").fetchone() == (0,)
    assert not SearchRun.objects.exists()
    assert told.count() == 1
    with acting_as(DatabaseRole.JOBS):
        assert settle() == 2
        assert settle() == 0
    assert [one.payload["accepted"] for one in told.order_by("sequence")] == [1, 1, 1]
    assert {one.actor_account for one in told} == {"ingest"}
    assert verify_after(START).broken is None
    reader.post_reads(a_read("OA33AAA"))
    assert told.all().count() == 4, "and from then on at once again"


def test_what_ingest_owes_speaks_for_ingest_alone(db: None, connect_as: Any) -> None:
    """Whoever breaks into ingest can't have another process write in a person's name."""
    forged = (
        '{"verb": "search.run", "actor_kind": "person", "actor_account": "ada"}',
        '{"verb": "ingest.store", "actor_kind": "person", "actor_account": "ingest"}',
        '{"verb": "ingest.store"}',
    )
    for event in forged:
        connect_as("openanpr_ingest").execute(
            "insert into ingest_audit_owed (event) values (%s::jsonb)", [event]
        )
    with acting_as(DatabaseRole.JOBS):
        assert settle() == 0
    assert not AuditEvent.objects.using(OWNER).exists()
