"""Held reads outlive retention, for their investigation's searches alone, until released."""

from datetime import timedelta

import psycopg
import pytest
from psycopg import errors

from openanpr.access.vocabulary import Category, Rank, Reason, Role
from openanpr.audit.models import AuditEvent
from openanpr.holds.services import HoldRefused, ReadsGoneError, place_hold, release_hold
from openanpr.investigations.models import Hold
from openanpr.investigations.services import authorisations
from openanpr.policy.queries import profile_in_force
from openanpr.reads.models import ReadImage
from openanpr.retention.certificates import certificates
from openanpr.retention.proof import prove
from openanpr.retention.run import run_retention
from openanpr.wire.ids import uuid7
from tests.factories.casework import MARK, OTHER_MARK, REASON

DAY = timedelta(days=1)
YEARS = timedelta(days=740)


@pytest.fixture
def case(casework, ada):
    return casework.investigation(ada, category=Category.MAJOR)


@pytest.fixture
def held(casework, stored, holding, case, stores):
    """Two held reads of one mark, which have since become too old to be kept otherwise."""
    patch = stores.images.put(b"\xff\xd8patch\xff\xd9")
    for days in (1, 2):
        stored.add(MARK, casework.at - days * DAY, patch_hash=b"p" * 32)
    stored.add(OTHER_MARK, casework.at - DAY)
    ReadImage.objects.using("owner").create(
        received_sha256=b"p" * 32,
        device=uuid7(),
        kind="patch",
        last_captured_at=casework.at - DAY,
        stored_sha256=bytes.fromhex(patch),
    )
    hold = holding.place(case, holding.pick(case))
    holding.age(YEARS)
    return hold


def authorise(casework, case, ada):
    boss = casework.person(
        "boss", roles=(Role.AUTHORISER,), rank=Rank.SUPERINTENDENT, unit=casework.other_unit
    )
    at = casework.at
    asked = authorisations.request_authorisation(
        author=casework.author(ada),
        investigation=case,
        necessity=REASON,
        proportionality=REASON,
        period_from=at - 800 * DAY,
        period_to=at - 730 * DAY,
        vrms=[MARK],
        days=7,
        at=at - timedelta(minutes=1),
    )
    assert authorisations.grant(
        author=casework.author(boss),
        asked=asked,
        reason=REASON,
        profile=profile_in_force(at=at),
        at=at - timedelta(seconds=30),
    ).allowed


def old_search(holding, case, vrm=MARK):
    at = holding.casework.at
    return holding.search(case, start=at - 760 * DAY, end=at - 735 * DAY, vrm=vrm)


def test_held_reads_and_their_pictures_stay_and_everything_else_goes(
    casework, held, stores, profile, superuser
):
    removed = run_retention(stores, profile=profile, at=casework.at)
    assert removed.rows == {"reads": 3}
    assert superuser.execute("select count(*) from reads_held").fetchone() == (2,)
    assert ReadImage.objects.using("owner").count() == 1
    assert all(
        not one.overdue
        for one in prove(
            stores.connection,
            images=stores.images,
            snapshots=stores.snapshots,
            profile=profile,
            at=casework.at,
            grace=timedelta(0),
        )
    )
    (certificate,) = certificates(stores.connection, key=stores.key, newest=1)
    assert certificate.holds
    assert certificate.body["held"] == [
        {
            "hold": str(held.id),
            "investigation": "FX/2026/001",
            "ground": "relevant-material",
            "review_at": held.review_at.isoformat(),
            "reads": 2,
        }
    ]
    assert AuditEvent.objects.get(verb="retention.delete").payload["held"] == 2


def test_after_its_release_all_of_it_goes(casework, held, stores, profile, ada, superuser):
    assert release_hold(
        author=casework.author(ada), hold=held, reason=REASON, reads=2, at=casework.at
    )
    removed = run_retention(stores, profile=profile, at=casework.at)
    assert removed.rows == {"read_image": 1, "reads": 3, "reads_held": 2}
    assert list(stores.images.batches()) == []
    (certificate,) = certificates(stores.connection, key=stores.key, newest=1)
    assert certificate.body["held"] == []
    assert not release_hold(
        author=casework.author(ada), hold=held, reason=REASON, reads=2, at=casework.at
    )


def test_a_search_of_the_investigation_finds_them_under_the_same_authority(
    casework, held, stores, profile, holding, case, ada
):
    refused = old_search(holding, case)
    assert not refused.decision.allowed
    assert Reason.AUTHORISATION_REQUIRED in refused.decision.reasons
    authorise(casework, case, ada)
    before = [read.id for read in old_search(holding, case).reads]
    run_retention(stores, profile=profile, at=casework.at)
    found = old_search(holding, case)
    assert [read.id for read in found.reads] == before
    assert len(found.reads) == 2
    assert "only reads held for this investigation" in found.sentences[0]
    assert not old_search(holding, case, vrm=OTHER_MARK).reads


def test_expired_reads_that_are_not_held_are_shown_to_nobody(
    casework, held, holding, case, ada, stored
):
    authorise(casework, case, ada)
    stored.add(MARK, casework.at - YEARS - 3 * DAY)
    assert len(old_search(holding, case).reads) == 2


@pytest.mark.security
def test_no_other_investigation_and_no_released_hold_shows_them(
    casework, held, holding, case, ada, superuser
):
    other = casework.investigation(ada, category=Category.MAJOR, reference="FX/2026/002")
    authorise(casework, case, ada)
    assert not old_search(holding, other).decision.allowed
    Hold.objects.filter(id=held.id).update(released_at=casework.at)
    assert Reason.BEYOND_RETENTION in old_search(holding, case).decision.reasons


@pytest.mark.security
def test_the_database_shows_held_reads_to_nothing_but_a_live_search_of_held_reads(
    casework, held, connect_as, superuser, case
):
    def live(*, held_only, investigation):
        search_id = uuid7()
        superuser.execute(
            "insert into live_search (id, investigation, account, period_from, period_to, vrms, "
            "camera_ids, expires_at, held) values (%s, %s, 1, '2000-01-01', '2100-01-01', null, "
            "null, now() + interval '1 minute', %s)",
            (search_id, investigation, held_only),
        )
        connection = connect_as("openanpr_search")
        connection.execute("select set_config('openanpr.search_id', %s, false)", (str(search_id),))
        return [
            connection.execute(f"select count(*) from {table}").fetchone()[0]  # noqa: S608
            for table in ("reads", "reads_held")
        ]

    assert live(held_only=True, investigation=case.id) == [0, 2]
    assert live(held_only=True, investigation=uuid7()) == [0, 0]
    assert live(held_only=False, investigation=case.id) == [3, 0]
    for role in ("openanpr_web", "openanpr_ingest", "openanpr_retention", "openanpr_worker"):
        with pytest.raises(errors.InsufficientPrivilege):
            connect_as(role).execute("select * from reads_held")
    assert connect_as("openanpr_owner").execute("select * from reads_held").fetchall() == []


@pytest.mark.security
def test_what_no_search_of_the_investigation_has_shown_cannot_be_held(
    casework, stored, holding, case, ada
):
    stored.add(MARK, casework.at - DAY)
    stored.add(OTHER_MARK, casework.at - DAY)
    other = casework.investigation(ada, reference="FX/2026/002")
    reads = holding.pick(other, vrm=OTHER_MARK)
    with pytest.raises(ReadsGoneError):
        holding.place(case, reads)
    assert not Hold.objects.exists()
    assert not AuditEvent.objects.filter(verb="hold.place").exists()


@pytest.mark.security
def test_without_an_audited_decision_of_this_minute_nothing_is_copied(
    casework, stored, holding, case, ada, connect_as
):
    stored.add(MARK, casework.at - DAY)
    (read,) = holding.pick(case)
    hold = Hold.objects.create(
        investigation=case,
        ground="exhibit",
        reference="x",
        reason=REASON,
        owner=ada,
        placed_by=ada,
        placed_at=casework.at,
        review_at=casework.at + DAY,
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connect_as("openanpr_web").execute(
            "select hold_reads(%s, %s, %s, %s)",
            (hold.id, [read.vrm], [read.captured_at], [read.camera_id]),
        )


def test_who_may_not_open_a_read_may_not_hold_it(casework, stored, holding, case):
    stored.add(MARK, casework.at - DAY)
    reads = holding.pick(case)
    stranger = casework.person("ben")
    answer = place_hold(
        author=casework.author(stranger),
        investigation=case,
        reads=reads,
        terms=holding.terms(),
        at=casework.at,
    )
    assert isinstance(answer, HoldRefused)
    assert not Hold.objects.exists()
    (event,) = AuditEvent.objects.filter(verb="hold.refuse")
    assert (event.decision, event.reasons) == ("deny", ["not-a-member"])


def test_placing_is_audited_without_marks(casework, stored, holding, case):
    read_id = stored.add(MARK, casework.at - DAY)
    hold = holding.place(case, holding.pick(case))
    event = AuditEvent.objects.get(verb="hold.place")
    assert (event.subject, event.investigation) == (f"hold:{hold.id}", case.reference)
    assert event.payload["held_ids"] == [str(read_id)]
    assert MARK not in str(event.payload)
