"""Each fence attacked alone: the policy gone, the database still refuses; and the other way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import Error

from openanpr.access.decide import decide_search
from openanpr.audit.services import AuditActor, record_event
from openanpr.reads.models import LiveSearch
from openanpr.search import store
from openanpr.search.question import MarkQuestion
from openanpr.search.services import SearchStoppedError, run_search
from openanpr.search.services import run as run_module
from openanpr.wire.ids import uuid7
from tests.factories.casework import MARK, OTHER_MARK, REASON

pytestmark = pytest.mark.security
DAY = timedelta(days=1)


@pytest.fixture
def ada(casework):
    return casework.person("ada")


@pytest.fixture
def opened(casework, stored, ada):
    """What a real search opened, kept alive: (row of live_search, id of the read it may see)."""
    at = casework.at
    read_id = stored.add(MARK, at - DAY)
    stored.add(MARK, at - 20 * DAY)
    stored.add(OTHER_MARK, at - DAY)
    kept = []

    def keep(parts):
        kept.extend(parts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "end_live_searches", keep)
        run_search(
            author=casework.author(ada),
            question=MarkQuestion(vrm=MARK, start=at - 7 * DAY, end=at, reason=REASON),
            investigation=casework.investigation(ada),
            at=at,
        )
    return LiveSearch.objects.get(id=kept[0].id), read_id


def seen_by_search_role(connect_as, search_id=None, sql="select id from reads"):
    connection = connect_as("openanpr_search")
    with connection.transaction():
        if search_id is not None:
            connection.execute(
                "select set_config('openanpr.search_id', %s, true)", (str(search_id),)
            )
        return [row[0] for row in connection.execute(sql).fetchall()]


def test_without_a_live_search_the_search_role_sees_nothing(opened, connect_as):
    assert seen_by_search_role(connect_as) == []
    assert seen_by_search_role(connect_as, uuid7()) == []


def test_a_live_search_shows_its_period_and_its_marks_alone(opened, connect_as):
    live, read_id = opened
    assert seen_by_search_role(connect_as, live.id) == [read_id]


def test_an_ended_live_search_shows_nothing(opened, connect_as):
    live, _ = opened
    store.end_live_searches([live])
    assert seen_by_search_role(connect_as, live.id) == []


def test_a_search_ends_its_live_searches(casework, stored, ada, connect_as):
    at = casework.at
    stored.add(MARK, at - DAY)
    run_search(
        author=casework.author(ada),
        question=MarkQuestion(vrm=MARK, start=at - 7 * DAY, end=at, reason=REASON),
        investigation=casework.investigation(ada),
        at=at,
    )
    live = LiveSearch.objects.get()
    assert seen_by_search_role(connect_as, live.id) == []


def test_a_policy_that_allows_everything_opens_nothing_the_audit_did_not_write(
    casework, stored, ada, monkeypatch
):
    """With Python's decision saying yes to a closed investigation, the database says no."""
    at = casework.at
    stored.add(MARK, at - DAY)
    investigation = casework.investigation(ada, state="closed")

    def always(**facts):
        facts["investigation"] = replace(facts["investigation"], open=True)
        return decide_search(**facts)

    monkeypatch.setattr(run_module, "decide_search", always)
    with pytest.raises(SearchStoppedError):
        run_search(
            author=casework.author(ada),
            question=MarkQuestion(vrm=MARK, start=at - 7 * DAY, end=at, reason=REASON),
            investigation=investigation,
            at=at,
        )
    assert not LiveSearch.objects.exists()


def test_a_query_wider_than_its_live_search_gets_no_more(opened, casework):
    """With the planner's period and marks ignored, row-level security still holds them."""
    live, read_id = opened
    at = casework.at
    with store.search_session(live.id) as cursor:
        cursor.execute("select id from reads where captured_at >= %s", [at - 1000 * DAY])
        assert cursor.fetchall() == [(read_id,)]


def allowed_event(ada, *, at, **payload):
    """An audit row as a web process would have to forge it to look by itself."""
    return record_event(
        verb="search.run",
        actor=AuditActor.person(ada, "analyst"),
        at=at,
        investigation="FX/2026/001",
        decision="allow",
        payload={"vrm": MARK, "look_alikes": False, **payload},
    )


def live_row(ada, investigation, at, **fields):
    values = {
        "id": uuid7(),
        "investigation": investigation.id,
        "account": ada.pk,
        "period_from": at - DAY,
        "period_to": at,
        "vrms": [MARK],
        "camera_ids": None,
        "expires_at": datetime.now(UTC) + timedelta(seconds=60),
    }
    return LiveSearch(**(values | fields))


def part(at):
    return {"allowed": True, "from": (at - DAY).isoformat(), "to": at.isoformat()}


def test_the_web_role_cannot_open_a_live_search_by_itself(casework, ada):
    investigation = casework.investigation(ada)
    with pytest.raises(Error, match="audited decision"):
        live_row(ada, investigation, casework.at).save(force_insert=True)


@pytest.mark.parametrize(
    ("wider", "why"),
    [
        ({"period_from": timedelta(days=-2)}, "cannot reach further"),
        ({"period_to": timedelta(days=1)}, "cannot reach further"),
        ({"vrms": None}, "cannot reach further"),
        ({"vrms": [MARK, OTHER_MARK]}, "cannot reach further"),
        ({"vrms": [MARK.replace("O", "0")]}, "cannot reach further"),
        ({"expires_at": timedelta(days=1)}, "cannot reach further"),
    ],
)
def test_a_live_search_reaches_no_further_than_its_decision(casework, ada, wider, why):
    at = casework.at
    investigation = casework.investigation(ada)
    fields = {
        name: at + value if isinstance(value, timedelta) else value for name, value in wider.items()
    }
    live = live_row(ada, investigation, at, **fields)
    allowed_event(ada, at=at, live_search_ids=[str(live.id)], parts=[part(at)])
    with pytest.raises(Error, match=why):
        live.save(force_insert=True)


def test_a_live_search_reaches_the_look_alikes_that_were_asked_for(casework, ada):
    at = casework.at
    investigation = casework.investigation(ada)
    live = live_row(ada, investigation, at, vrms=[MARK, MARK.replace("O", "0")])
    allowed_event(ada, at=at, live_search_ids=[str(live.id)], parts=[part(at)], look_alikes=True)
    live.save(force_insert=True)
    assert LiveSearch.objects.filter(id=live.id).exists()


@pytest.mark.parametrize("right", [False, True])
@pytest.mark.parametrize("named", [False, True])
def test_covert_cameras_take_a_right_of_their_own(casework, right, named):
    """Whatever the planner leaves out or puts in."""
    at = casework.at
    ben = casework.person("ben", covert_right=right)
    open_camera, covert = casework.camera(1), casework.camera(2, sensitive=True)
    investigation = casework.investigation(ben)
    cameras = [open_camera.id, covert.id] if named else None
    live = live_row(ben, investigation, at, camera_ids=cameras)
    allowed_event(ben, at=at, live_search_ids=[str(live.id)], parts=[part(at)])
    if right:
        live.save(force_insert=True)
    else:
        with pytest.raises(Error, match="covert cameras"):
            live.save(force_insert=True)
        live.camera_ids = [open_camera.id]
        live.save(force_insert=True)


def test_the_audited_decision_must_be_of_the_same_person(casework, ada):
    at = casework.at
    ben = casework.person("ben")
    investigation = casework.investigation(ada, ben)
    live = live_row(ben, investigation, at)
    allowed_event(ada, at=at, live_search_ids=[str(live.id)], parts=[part(at)])
    with pytest.raises(Error, match="audited decision"):
        live.save(force_insert=True)


def test_what_the_decision_opens_can_be_inserted_and_only_shortened(casework, ada):
    at = casework.at
    live = live_row(ada, casework.investigation(ada), at)
    allowed_event(ada, at=at, live_search_ids=[str(live.id)], parts=[part(at)])
    live.save(force_insert=True)
    with pytest.raises(Error, match="not lengthened"):
        LiveSearch.objects.filter(id=live.id).update(
            expires_at=datetime.now(UTC) + timedelta(hours=1)
        )
    assert store.end_live_searches([live]) is None


@pytest.mark.parametrize(
    "statement",
    [
        "select * from live_search",
        "insert into live_search (id) values (gen_random_uuid())",
        "select * from audit_event",
        "select * from investigation",
        "select * from account",
        "select * from vrm_seen",
        "insert into reads (vrm) values ('X')",
        "update reads set confidence = 1",
        "delete from reads",
        "set role openanpr_web",
        "set row_security = off; select * from reads",
    ],
)
def test_the_search_role_can_do_nothing_else(opened, connect_as, statement):
    with pytest.raises(psycopg.Error):
        connect_as("openanpr_search").execute(statement)


@pytest.mark.parametrize("role", ["openanpr_web", "openanpr_live", "openanpr_worker"])
def test_no_other_process_reads_the_store(opened, connect_as, role):
    with pytest.raises(psycopg.Error):
        connect_as(role).execute("select * from reads")


def test_the_owner_too_is_under_row_level_security(opened, connect_as):
    assert connect_as("openanpr_owner").execute("select count(*) from reads").fetchone() == (0,)
