"""Changes of lists as the web's role: decided, audited, counted."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connections

from openanpr.access.vocabulary import Reason, Role
from openanpr.accounts.models import User
from openanpr.hotlists.models import Hotlist, HotlistEntry
from openanpr.hotlists.services.changes import UnableToChangeList
from openanpr.hotlists.services.entries import (
    EntryDetails,
    add_entry,
    confirm_entry,
    withdraw_entry,
)
from openanpr.hotlists.services.lists import ListDetails, create_list
from openanpr.hotlists.vocabulary import EntryAction, ListKind, MatchAs, Priority
from tests.conftest import Connect
from tests.factories.alerts import OWNER, World


@pytest.fixture
def manager(world: World) -> User:
    return world.officer("lists", role=Role.LIST_MANAGER)


def details(world: World, **changes: Any) -> EntryDetails:
    values: dict[str, Any] = {
        "vrm": "OI30 AAA",
        "action": EntryAction.OBSERVE,
        "reason": "Seen near burglaries",
        "owner": "PC Example",
        "weed_at": world.at + timedelta(days=28),
    }
    return EntryDetails(**(values | changes))


def list_details(world: World, **changes: Any) -> ListDetails:
    values: dict[str, Any] = {
        "name": "Local",
        "kind": ListKind.RESPONSE,
        "owner_force": "FX",
        "owner": "Inspector Example",
        "purpose": "Prevention of burglary",
        "source": "Crime desk",
        "priority": Priority.HIGH,
        "review_at": world.at + timedelta(days=28),
        "weed_at": world.at + timedelta(days=90),
    }
    return ListDetails(**(values | changes))


def audited() -> list[tuple[str, str, list[str]]]:
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "select verb, decision, reasons from audit_event "
            "where actor_account <> 'test' order by sequence"
        )
        return cursor.fetchall()


def revision(hotlist: Hotlist) -> int:
    return Hotlist.objects.using(OWNER).get(pk=hotlist.pk).revision


def test_an_entry_is_folded_for_comparing_and_kept_as_written(world: World, manager: User) -> None:
    hotlist = world.hotlist()
    change = add_entry(hotlist=hotlist, by=manager, at=world.at, details=details(world))
    assert change.entry is not None
    assert (change.entry.vrm, change.entry.canonical) == ("OI30AAA", "0130AAA")
    assert revision(hotlist) == 2
    assert audited() == [("entry.add", "allow", ["permitted-by-role"])]


def test_an_incomplete_entry_is_not_made(world: World, manager: User) -> None:
    hotlist = world.hotlist()
    for changes in ({"owner": " "}, {"reason": ""}, {"vrm": "?"}, {"weed_at": world.at}):
        with pytest.raises(UnableToChangeList):
            add_entry(hotlist=hotlist, by=manager, at=world.at, details=details(world, **changes))
    assert not HotlistEntry.objects.using(OWNER).exists()
    assert revision(hotlist) == 1


def test_who_may_not_is_refused_and_it_is_audited(world: World) -> None:
    hotlist = world.hotlist()
    patrol = world.officer("patrol")
    lapsed = world.officer("lapsed", role=Role.LIST_MANAGER, training_ends=world.at)
    for user, reason in (
        (patrol, Reason.ROLE_NOT_RELEVANT),
        (lapsed, Reason.TRAINING_LAPSED),
    ):
        change = add_entry(hotlist=hotlist, by=user, at=world.at, details=details(world))
        assert not change
        assert change.entry is None
        assert reason in change.decision.reasons
    assert not HotlistEntry.objects.using(OWNER).exists()
    assert [decision for _, decision, _ in audited()] == ["deny", "deny"]


def test_a_list_of_another_force_is_refused(world: World, manager: User) -> None:
    type(world.force).objects.using(OWNER).create(code="FY", name="Other Police")
    change = create_list(by=manager, at=world.at, details=list_details(world, owner_force="FY"))
    assert change.hotlist is None
    assert Reason.OTHER_FORCE in change.decision.reasons


def test_a_list_that_nobody_answers_for_is_not_made(world: World, manager: User) -> None:
    for field in ("name", "owner", "purpose", "source"):
        with pytest.raises(UnableToChangeList, match=field):
            create_list(by=manager, at=world.at, details=list_details(world, **{field: ""}))


def test_a_covert_list_without_units_is_not_made(world: World, manager: User) -> None:
    with pytest.raises(UnableToChangeList, match="units"):
        create_list(by=manager, at=world.at, details=list_details(world, covert=True))


def test_the_second_person_is_another_person_not_another_account(
    world: World, manager: User
) -> None:
    hotlist = world.hotlist(second_person=True)
    change = add_entry(hotlist=hotlist, by=manager, at=world.at, details=details(world))
    assert change.entry is not None
    assert change.entry.state == "proposed"
    same_person = world.officer("lists2", role=Role.LIST_MANAGER)
    User.objects.using(OWNER).filter(pk=same_person.pk).update(person_id=manager.person_id)
    same_person.refresh_from_db(using=OWNER)
    for user in (manager, same_person):
        refused = confirm_entry(entry_id=change.entry.id, by=user, at=world.at)
        assert refused.decision.reasons == (Reason.SECOND_PERSON_REQUIRED,)
    second = world.officer("second", role=Role.LIST_MANAGER)
    assert confirm_entry(entry_id=change.entry.id, by=second, at=world.at)
    with pytest.raises(UnableToChangeList):
        confirm_entry(entry_id=change.entry.id, by=second, at=world.at)


def test_a_withdrawal_needs_its_reason_and_happens_once(world: World, manager: User) -> None:
    entry = world.entry(world.hotlist())
    with pytest.raises(UnableToChangeList):
        withdraw_entry(entry_id=entry.id, by=manager, at=world.at, reason=" ")
    assert withdraw_entry(entry_id=entry.id, by=manager, at=world.at, reason="Found")
    with pytest.raises(UnableToChangeList):
        withdraw_entry(entry_id=entry.id, by=manager, at=world.at, reason="Again")
    entry.refresh_from_db(using=OWNER)
    assert (entry.state, entry.withdrawn_at, entry.withdrawn_reason) == (
        "withdrawn",
        world.at,
        "Found",
    )


@pytest.mark.security
def test_the_database_keeps_every_entry_answered_for(world: World, connect_as: Connect) -> None:
    world.entry(world.hotlist())
    owner, connection = connect_as("openanpr_owner"), connect_as("openanpr_web")
    for statement in (
        "update hotlist_entry set owner = ''",
        "update hotlist_entry set reason = ''",
        "update hotlist_entry set weed_at = valid_from",
        "update hotlist_entry set action = 'ram'",
        "update hotlist_entry set state = 'withdrawn'",
        "update hotlist set owner = ''",
    ):
        with pytest.raises(psycopg.errors.CheckViolation):
            owner.execute(statement)
    for statement in (
        "update hotlist_entry set owner = 'me'",
        "delete from hotlist_entry",
        "delete from hotlist",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


def test_an_entry_near_its_mark_takes_two_people(world: World, manager: User) -> None:
    hotlist = world.hotlist()
    wide = details(world, vrm="OA30*", match_as=MatchAs.PATTERN)
    made = add_entry(hotlist=hotlist, by=manager, at=world.at, details=wide)
    assert made.entry is not None
    assert (made.entry.state, made.entry.canonical) == ("proposed", "0A30*")
    refused = confirm_entry(entry_id=made.entry.id, by=manager, at=world.at)
    assert refused.decision.reasons == (Reason.SECOND_PERSON_REQUIRED,)
    other = world.officer("other", role=Role.LIST_MANAGER)
    assert confirm_entry(entry_id=made.entry.id, by=other, at=world.at)
    with pytest.raises(IntegrityError, match="hotlist_entry_wide_has_two"):
        HotlistEntry.objects.using(OWNER).update(confirmed_by=manager)


def test_a_pattern_that_looks_for_everybody_is_refused(world: World, manager: User) -> None:
    wide = details(world, vrm="OA*", match_as=MatchAs.PATTERN)
    refused = add_entry(hotlist=world.hotlist(), by=manager, at=world.at, details=wide)
    assert refused.decision.reasons == (Reason.ENTRY_TOO_WIDE,)
    assert not HotlistEntry.objects.exists()
