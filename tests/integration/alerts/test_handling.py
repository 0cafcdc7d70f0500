"""What an officer may do with an alert, in which order, and what of it is recorded."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connections

from openanpr.access.vocabulary import Reason
from openanpr.accounts.models import RoleHeld, TrainingRecord, User
from openanpr.accounts.queries import actor_of
from openanpr.alerts.models import Alert, AlertCheck, AlertDelivery, AlertEvent, AlertOutcome
from openanpr.alerts.queries import alerts_for
from openanpr.alerts.requester import Requester
from openanpr.alerts.services.dispatch import dispatch_waiting
from openanpr.alerts.services.handling import (
    UnableToRecordOutcome,
    check_picture,
    open_alert,
    record_outcome,
)
from openanpr.alerts.vocabulary import WITHOUT_THE_MARK, Outcome
from openanpr.config.database import DatabaseRole
from openanpr.policy.queries import profile_in_force
from openanpr.wire.ids import uuid7
from tests.conftest import Connect
from tests.factories.alerts import OWNER, World, acting_as


@pytest.fixture
def alert(world: World) -> Alert:
    """A new alert for the unit North."""
    world.hit(world.entry(world.hotlist()))
    return _raised(world)


@pytest.fixture
def officer(world: World) -> User:
    return world.officer("north")


def _raised(world: World) -> Alert:
    with acting_as(DatabaseRole.WORKER):
        dispatch_waiting(at=world.at)
    return Alert.objects.using(OWNER).latest("id")


def _by(user: User) -> Requester:
    return Requester(user=user, source_address="192.0.2.7", request_id="r1")


def _reasons(world: World, alert: Alert, user: User) -> set[Reason]:
    handling = open_alert(alert_id=alert.id, by=_by(user), at=world.at)
    assert handling is not None
    assert handling.alert is None
    return set(handling.decision.reasons)


def _audit(verb: str) -> list[tuple[str, str, list[str]]]:
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "select actor_account, decision, reasons from audit_event where verb = %s "
            "order by sequence",
            [verb],
        )
        return [(row[0], row[1], row[2]) for row in cursor.fetchall()]


def test_the_first_view_is_noted(world: World, alert: Alert, officer: User) -> None:
    other = world.officer("north2")
    for user, minutes in ((officer, 0), (officer, 1), (other, 2)):
        open_alert(alert_id=alert.id, by=_by(user), at=world.at + timedelta(minutes=minutes))
    alert.refresh_from_db(using=OWNER)
    assert (alert.state, alert.seen_at) == ("seen", world.at)
    seen = dict(AlertDelivery.objects.using(OWNER).values_list("user_id", "seen_at"))
    assert seen == {officer.pk: world.at, other.pk: world.at + timedelta(minutes=2)}
    kinds = list(
        AlertEvent.objects.using(OWNER).order_by("sequence").values_list("kind", flat=True)
    )
    assert kinds == ["raised", "seen"]
    assert len(_audit("alert.view")) == 3


def test_an_officer_of_another_area_is_refused_and_it_is_audited(
    world: World, alert: Alert
) -> None:
    south = world.officer("south", unit=world.south)
    assert _reasons(world, alert, south) == {Reason.NOT_ROUTED}
    assert _audit("alert.view") == [("south", "deny", ["not-routed"])]
    alert.refresh_from_db(using=OWNER)
    assert alert.state == "new"


def test_expired_training_opens_no_alert(world: World, alert: Alert) -> None:
    lapsed = world.officer("lapsed", training_ends=world.at)
    assert _reasons(world, alert, lapsed) == {Reason.TRAINING_LAPSED}
    profile = profile_in_force(at=world.at)
    actor = actor_of(lapsed, at=world.at)
    assert alerts_for(actor=actor, profile=profile, at=world.at) == []


def test_an_ended_role_opens_no_alert(world: World, alert: Alert, officer: User) -> None:
    RoleHeld.objects.using(OWNER).update(valid_to=world.at)
    assert _reasons(world, alert, officer) == {Reason.ROLE_NOT_RELEVANT}


def test_a_covert_alert_reaches_only_those_named_with_the_covert_right(world: World) -> None:
    hotlist = world.hotlist("Operation", covert=True, told_units=["North response"])
    world.hit(world.entry(hotlist))
    alert = _raised(world)
    patrol = world.officer("patrol")
    outsider = world.officer("outsider", unit=world.south, covert_right=True)
    named = world.officer("named", covert_right=True)
    assert Reason.COVERT_ENTRY in _reasons(world, alert, patrol)
    assert Reason.COVERT_ENTRY in _reasons(world, alert, outsider)
    handling = open_alert(alert_id=alert.id, by=_by(named), at=world.at)
    assert handling
    profile = profile_in_force(at=world.at)
    visible = {
        user.username: len(
            alerts_for(actor=actor_of(user, at=world.at), profile=profile, at=world.at)
        )
        for user in (patrol, outsider, named)
    }
    assert visible == {"patrol": 0, "outsider": 0, "named": 1}


@pytest.mark.parametrize("right", [True, False])
def test_the_place_needs_the_location_right(world: World, alert: Alert, right: bool) -> None:
    user = world.officer("pc", location_right=right)
    handling = open_alert(alert_id=alert.id, by=_by(user), at=world.at)
    assert handling is not None
    assert handling.with_place is right


def test_the_list_shows_open_alerts_by_priority_then_newest(world: World, officer: User) -> None:
    routine = world.entry(world.hotlist("Routine", priority=5))
    urgent = world.entry(world.hotlist("Urgent", priority=1))
    world.hit(routine, captured_at=world.at - timedelta(seconds=1))
    world.hit(urgent, captured_at=world.at - timedelta(hours=2))
    world.hit(urgent, captured_at=world.at - timedelta(hours=1))
    world.hit(urgent, captured_at=world.at - timedelta(hours=25))
    with acting_as(DatabaseRole.WORKER):
        dispatch_waiting(at=world.at)
    actor = actor_of(officer, at=world.at)
    shown = alerts_for(actor=actor, profile=profile_in_force(at=world.at), at=world.at)
    ages = [(one.alert.priority, world.at - one.alert.last_captured_at) for one in shown]
    assert ages == [
        (1, timedelta(hours=1)),
        (1, timedelta(hours=2)),
        (5, timedelta(seconds=1)),
    ]


def test_no_outcome_before_the_picture_is_checked(
    world: World, alert: Alert, officer: User
) -> None:
    with pytest.raises(UnableToRecordOutcome, match="Say first"):
        record_outcome(alert_id=alert.id, by=_by(officer), at=world.at, outcome=Outcome.STOPPED)
    assert not AlertOutcome.objects.using(OWNER).exists()


def test_another_officers_check_does_not_count(world: World, alert: Alert, officer: User) -> None:
    other = world.officer("other")
    check_picture(alert_id=alert.id, by=_by(other), at=world.at, says_same=True)
    with pytest.raises(UnableToRecordOutcome, match="Say first"):
        record_outcome(alert_id=alert.id, by=_by(officer), at=world.at, outcome=Outcome.STOPPED)


def test_after_the_check_each_outcome_closes_the_alert(world: World, officer: User) -> None:
    for outcome in Outcome:
        world.hit(world.entry(world.hotlist(f"List for {outcome}")))
        alert = _raised(world)
        check_picture(alert_id=alert.id, by=_by(officer), at=world.at, says_same=True)
        record_outcome(
            alert_id=alert.id, by=_by(officer), at=world.at, outcome=outcome, note="As told"
        )
        alert.refresh_from_db(using=OWNER)
        assert (alert.state, alert.closed_at) == ("closed", world.at), outcome
        stored = AlertOutcome.objects.using(OWNER).get(alert=alert)
        assert (stored.outcome, stored.note) == (outcome, "As told")
        assert stored.user_id == officer.pk
    assert _audit("alert.outcome") == [("north", "allow", ["routed-to-you"])] * len(Outcome)


def test_nothing_was_done_about_a_vehicle_that_the_picture_does_not_show(
    world: World, alert: Alert, officer: User
) -> None:
    check_picture(alert_id=alert.id, by=_by(officer), at=world.at, says_same=False)
    for outcome in set(Outcome) - WITHOUT_THE_MARK:
        with pytest.raises(UnableToRecordOutcome, match="does not show this mark"):
            record_outcome(alert_id=alert.id, by=_by(officer), at=world.at, outcome=outcome)
    record_outcome(alert_id=alert.id, by=_by(officer), at=world.at, outcome=Outcome.MISREAD)


def test_the_newest_answer_about_the_picture_counts(
    world: World, alert: Alert, officer: User
) -> None:
    for minutes, same in ((0, True), (1, False)):
        check_picture(
            alert_id=alert.id,
            by=_by(officer),
            at=world.at + timedelta(minutes=minutes),
            says_same=same,
        )
    with pytest.raises(UnableToRecordOutcome):
        record_outcome(alert_id=alert.id, by=_by(officer), at=world.at, outcome=Outcome.STOPPED)


def test_other_needs_a_note(world: World, alert: Alert, officer: User) -> None:
    check_picture(alert_id=alert.id, by=_by(officer), at=world.at, says_same=True)
    with pytest.raises(UnableToRecordOutcome, match="note"):
        record_outcome(
            alert_id=alert.id, by=_by(officer), at=world.at, outcome=Outcome.OTHER, note=" "
        )


def test_an_outcome_is_recorded_once(world: World, alert: Alert, officer: User) -> None:
    check_picture(alert_id=alert.id, by=_by(officer), at=world.at, says_same=True)
    record_outcome(alert_id=alert.id, by=_by(officer), at=world.at, outcome=Outcome.NO_TRACE)
    with pytest.raises(UnableToRecordOutcome, match="already"):
        record_outcome(alert_id=alert.id, by=_by(officer), at=world.at, outcome=Outcome.STOPPED)


def test_refused_people_check_and_close_nothing(world: World, alert: Alert) -> None:
    south = world.officer("south", unit=world.south)
    checked = check_picture(alert_id=alert.id, by=_by(south), at=world.at, says_same=True)
    closed = record_outcome(alert_id=alert.id, by=_by(south), at=world.at, outcome=Outcome.MISREAD)
    assert checked is not None
    assert closed is not None
    assert (checked.alert, closed.alert) == (None, None)
    assert not AlertCheck.objects.using(OWNER).exists()
    assert not AlertOutcome.objects.using(OWNER).exists()
    assert _audit("alert.outcome") == [("south", "deny", ["not-routed"])]


def test_an_alert_that_is_not_there_is_nothing(world: World, officer: User) -> None:
    assert open_alert(alert_id=uuid7(), by=_by(officer), at=world.at) is None


@pytest.mark.security
def test_the_database_itself_refuses_an_unchecked_outcome(
    world: World, alert: Alert, officer: User, connect_as: Connect
) -> None:
    other = world.officer("other")
    yes, no = (
        AlertCheck(alert=alert, user=officer, says_same=same, at=world.at) for same in (True, False)
    )
    yes.save(using=OWNER)
    no.save(using=OWNER)
    connection = connect_as("openanpr_web")
    for what, check_id, author in (
        ("no check", uuid7(), officer),
        ("another person's check", yes.id, other),
        ("the mark is not there", no.id, officer),
    ):
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute(
                "insert into alert_outcome (id, alert_id, check_id, user_id, outcome, note, at) "
                "values (%s, %s, %s, %s, 'stopped', %s, %s)",
                (uuid7(), alert.id, check_id, author.pk, what, world.at),
            )


@pytest.mark.security
def test_pages_cannot_rewrite_what_happened(
    world: World, alert: Alert, connect_as: Connect
) -> None:
    web = connect_as("openanpr_web")
    for statement in (
        "update hit set read_vrm = 'X'",
        "update alert set vrm = 'X'",
        "update alert_outcome set outcome = 'misread'",
        "update alert_check set says_same = true",
        "delete from alert_event",
        "delete from alert",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(statement)


@pytest.mark.security
def test_the_live_process_reads_alerts_and_notes_deliveries_only(
    world: World, alert: Alert, connect_as: Connect
) -> None:
    live = connect_as("openanpr_live")
    assert live.execute("select count(*) from alert").fetchone() == (1,)
    for statement in (
        "update alert set state = 'closed'",
        "insert into alert_event (alert_id, kind, at) select id, 'closed', now() from alert",
        "select session_data from django_session",
        "select * from reads",
        "update alert_delivery set seen_at = now()",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            live.execute(statement)


def test_training_that_lapses_in_the_middle_ends_what_was_open(
    world: World, alert: Alert, officer: User
) -> None:
    assert open_alert(alert_id=alert.id, by=_by(officer), at=world.at)
    TrainingRecord.objects.using(OWNER).update(expires_at=world.at)
    assert _reasons(world, alert, officer) == {Reason.TRAINING_LAPSED}
