"""The list manager's pages: nobody is looked for without owner, reason and end."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.audit.models import AuditEvent
from openanpr.hotlists.models import Hotlist, HotlistEntry
from openanpr.web.dates import local
from tests.factories.accounts import client_as, make_force, make_user
from tests.factories.alerts import OWNER, World


def typed(name: str, moment: datetime) -> dict[str, str]:
    """An instant as a person types it."""
    shown = local(moment)
    return {
        f"{name}_day": str(shown.day),
        f"{name}_month": str(shown.month),
        f"{name}_year": str(shown.year),
        f"{name}_time": f"{shown:%H:%M}",
    }


def entry_form(world: World, **changes: Any) -> dict[str, Any]:
    values = {
        "vrm": "oa30 aaa",
        "match_as": "exact",
        "action": "stop",
        "reason": "Stolen in a burglary",
        "warning_markers": ["VI", "WE"],
        "information": "Two men inside",
        "make": "Ford",
        "owner": "PC Example",
        **typed("weed_at", world.at + timedelta(days=30)),
    }
    return {**values, **changes}


def list_form(world: World, **changes: Any) -> dict[str, Any]:
    values = {
        "name": "Local offenders",
        "kind": "response",
        "owner": "Inspector Example",
        "purpose": "Prevention of burglary",
        "source": "Crime desk",
        "priority": "2",
        **typed("review_at", world.at + timedelta(days=28)),
        **typed("weed_at", world.at + timedelta(days=90)),
    }
    return {**values, **changes}


def add_page(hotlist: Hotlist) -> str:
    return reverse("entry_new", kwargs={"hotlist_id": hotlist.id})


def test_a_list_and_an_entry_are_made_through_the_pages(world: World, client: Client) -> None:
    made = client.post(reverse("hotlist_new"), list_form(world), follow=True)
    assert "The list was made." in made.text
    hotlist = Hotlist.objects.using(OWNER).get()
    added = client.post(add_page(hotlist), entry_form(world), follow=True)
    assert "The entry was added." in added.text
    assert "OA30 AAA" in added.text
    entry = HotlistEntry.objects.using(OWNER).get()
    assert (entry.vrm, entry.canonical, entry.state) == ("OA30AAA", "0A30AAA", "live")
    assert entry.warning_markers == ["VI", "WE"]
    assert "Local offenders" in client.get(reverse("hotlists")).text


def test_no_entry_without_mark_action_reason_owner_or_end(world: World, client: Client) -> None:
    hotlist = world.hotlist()
    for field in ("vrm", "action", "reason", "owner", "weed_at"):
        form = {key: value for key, value in entry_form(world).items() if not key.startswith(field)}
        answer = client.post(add_page(hotlist), form)
        assert answer.status_code == 422, field
        assert "There is a problem" in answer.text
    assert not HotlistEntry.objects.using(OWNER).exists()


def test_what_is_wrong_with_an_entry_is_said(world: World, client: Client) -> None:
    hotlist = world.hotlist()
    for changes, words in (
        ({"vrm": "OA30AAA0123456"}, "at most 12 characters"),
        ({"vrm": "OA30 ÄÄÄ"}, "only the letters A to Z"),
        ({"weed_at_year": "2020"}, "must lie ahead"),
        ({"weed_at_day": "31", "weed_at_month": "2"}, "Give a real date"),
    ):
        answer = client.post(add_page(hotlist), entry_form(world, **changes))
        assert answer.status_code == 422
        assert words in answer.text
    assert not HotlistEntry.objects.using(OWNER).exists()


def test_an_entry_longer_than_the_profile_allows_is_refused(world: World, client: Client) -> None:
    hotlist = world.hotlist()
    form = entry_form(world, **typed("weed_at", world.at + timedelta(days=366)))
    answer = client.post(add_page(hotlist), form)
    assert answer.status_code == 403
    assert "weed date" in answer.text


def test_an_entry_is_withdrawn_with_a_reason(world: World, client: Client) -> None:
    entry = world.entry(world.hotlist())
    address = reverse(
        "entry_withdraw", kwargs={"hotlist_id": entry.hotlist_id, "entry_id": entry.id}
    )
    assert "OA30 AAA" in client.get(address).text
    assert client.post(address, {"reason": " "}).status_code == 422
    done = client.post(address, {"reason": "Vehicle recovered"}, follow=True)
    assert "The entry was withdrawn." in done.text
    assert "Vehicle recovered" in done.text
    entry.refresh_from_db(using=OWNER)
    assert entry.state == "withdrawn"
    again = client.post(address, {"reason": "Twice"})
    assert again.status_code == 422


def test_a_second_person_puts_an_entry_in_force(world: World, client: Client) -> None:
    hotlist = world.hotlist(second_person=True)
    proposed = client.post(add_page(hotlist), entry_form(world), follow=True)
    assert "A second person must confirm it" in proposed.text
    entry = HotlistEntry.objects.using(OWNER).get()
    address = reverse("entry_confirm", kwargs={"hotlist_id": hotlist.id, "entry_id": entry.id})
    refused = client.post(address)
    assert refused.status_code == 403
    assert "second person must confirm" in refused.text
    second = make_user("second", roles=(Role.LIST_MANAGER,), unit=world.north)
    assert "in force" in client_as(second).post(address, follow=True).text
    entry.refresh_from_db(using=OWNER)
    assert (entry.state, entry.confirmed_by_id) == ("live", second.pk)


def test_a_review_keeps_the_list_for_another_term(world: World, client: Client) -> None:
    hotlist = world.hotlist(review_at=world.at - timedelta(days=1))
    assert "Review overdue" in client.get(reverse("hotlists")).text
    address = reverse("hotlist_review", kwargs={"hotlist_id": hotlist.id})
    form = {"reason": "Still needed", **typed("review_at", world.at + timedelta(days=28))}
    assert "The review was recorded." in client.post(address, form, follow=True).text
    assert "Review overdue" not in client.get(reverse("hotlists")).text


def test_a_covert_list_must_name_its_units(world: World, client: Client) -> None:
    answer = client.post(reverse("hotlist_new"), list_form(world, covert="on"))
    assert answer.status_code == 422
    assert "must name the units" in answer.text
    form = list_form(world, covert="on", told_units=["North response"])
    assert "right to covert entries" in client.post(reverse("hotlist_new"), form).text
    trusted = make_user("trusted", roles=(Role.LIST_MANAGER,), unit=world.north, covert_right=True)
    client_as(trusted).post(reverse("hotlist_new"), form)
    assert Hotlist.objects.using(OWNER).get().told_units == ["North response"]


@pytest.mark.security
def test_another_forces_list_is_not_there(world: World, client: Client) -> None:
    other = make_force("FY", "Other Constabulary")
    entry = world.entry(world.hotlist("Theirs", owner_force=other))
    kwargs = {"hotlist_id": entry.hotlist_id}
    both = {**kwargs, "entry_id": entry.id}
    assert "Theirs" not in client.get(reverse("hotlists")).text
    assert client.get(reverse("hotlist", kwargs=kwargs)).status_code == 404
    assert client.post(reverse("entry_new", kwargs=kwargs), entry_form(world)).status_code == 404
    assert client.post(reverse("entry_withdraw", kwargs=both), {"reason": "x"}).status_code == 404
    assert client.post(reverse("entry_confirm", kwargs=both)).status_code == 404


def test_several_markers_can_be_chosen(world: World, client: Client) -> None:
    text = client.get(add_page(world.hotlist())).text
    boxes = [line for line in text.split("<input") if 'name="warning_markers"' in line]
    assert len(boxes) > 5
    assert all('type="checkbox"' in box for box in boxes)


def test_what_waits_is_shown_and_covert_things_only_to_whom_they_concern(
    world: World, manager: User, client: Client
) -> None:
    soon = world.hotlist("Reviewed soon", review_at=world.at + timedelta(days=13))
    world.hotlist("Reviewed later", review_at=world.at + timedelta(days=15))
    world.hotlist("Lapsed", review_at=world.at - timedelta(days=1))
    world.hotlist("Hidden", covert=True, told_units=["North response"], review_at=world.at)
    world.entry(soon, state="proposed")
    world.entry(soon, "OA30AAB", state="proposed", covert=True)
    assert "3 things wait for you" in client.get(reverse("hotlists")).text
    page = client.get(reverse("hotlists_due")).text
    assert "Reviewed soon" in page
    assert "Overdue: not matching" in page
    assert "Reviewed later" not in page
    assert "Hidden" not in page
    assert "OA30AAA" not in page
    User.objects.using(OWNER).filter(pk=manager.pk).update(covert_right=True)
    assert "Hidden" in client.get(reverse("hotlists_due")).text
    assert "5 things wait for you" in client.get(reverse("hotlists")).text


def test_a_list_is_handed_on(world: World, client: Client) -> None:
    hotlist = world.hotlist()
    address = reverse("hotlist_transfer", kwargs={"hotlist_id": hotlist.id})
    assert "Inspector Example answers for this list now" in client.get(address).text
    assert client.post(address, {"owner": "Inspector Other", "reason": ""}).status_code == 422
    done = client.post(address, {"owner": "Inspector Other", "reason": "Posting"}, follow=True)
    assert "The owner was changed." in done.text
    changed = Hotlist.objects.using(OWNER).get()
    assert (changed.owner, changed.revision) == ("Inspector Other", hotlist.revision + 1)
    told = AuditEvent.objects.using(OWNER).get(verb="list.transfer")
    assert told.payload == {"from": "Inspector Example", "to": "Inspector Other"}
