"""Forms from everybody: counted by network and in all, refused without losing what was written."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.test import RequestFactory

from openanpr.audit.models import AuditEvent
from openanpr.config.database import DatabaseRole
from openanpr.postbox.clearing import clear
from openanpr.postbox.content import checked
from openanpr.postbox.counting import Limits, seconds_left, within
from openanpr.postbox.files import content_of, expire, files_about, keep
from openanpr.postbox.forms import PublicForm
from openanpr.postbox.models import PostboxCount, PostboxFile
from openanpr.postbox.receiving import Came, come
from openanpr.postbox.tickets import new_ticket
from tests.factories.alerts import acting_as

pytestmark = [pytest.mark.security, pytest.mark.usefixtures("db")]

AT = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
ALLOWED = Limits(network=2, everybody=5)


def sent(address: str, at: datetime = AT) -> bool:
    return within("complaint", address=address, at=at, allowed=ALLOWED)


def test_one_network_is_stopped_and_the_others_are_not() -> None:
    assert [sent(f"192.0.2.{last}") for last in (1, 77, 200)] == [True, True, False]
    assert sent("198.51.100.1")
    # Those who were stopped did not use up what is for everybody.
    assert [sent(f"203.0.{part}.1") for part in (1, 2, 3)] == [True, True, False]


def test_counting_begins_anew_each_hour_and_nothing_of_the_last_is_kept() -> None:
    for _ in range(3):
        sent("192.0.2.1")
    assert sent("192.0.2.1", AT + HOUR)
    assert {row.hour for row in PostboxCount.objects.all()} == {AT.replace(minute=0) + HOUR}
    assert seconds_left(AT) == 1800


def test_no_address_is_kept() -> None:
    sent("192.0.2.1")
    assert all("192" not in row.source for row in PostboxCount.objects.all())


class Letter(PublicForm):
    text = forms.CharField(label="What happened")


def posted(*, opened: datetime, at: datetime, **values: str) -> tuple[Came, Letter]:
    ticket = new_ticket("letter", at=opened)
    data = {"ticket": ticket.signed, "text": "It was not me", **values}
    form = Letter(data, purpose="letter", at=at)
    return come(RequestFactory().post("/"), form), form


def test_a_person_s_form_is_good_and_a_program_s_is_not() -> None:
    minute = timedelta(minutes=1)
    assert posted(opened=AT, at=AT + minute)[0] is Came.GOOD
    for opened, at, values, says in (
        (AT, AT, {}, "quicker than a person types"),
        (AT, AT + 25 * HOUR, {}, "open for more than a day"),
        (AT, AT + minute, {"website": "https://spam.example"}, "catch programs"),
        (AT, AT + minute, {"ticket": "made-up"}, "Press the button again"),
    ):
        came, form = posted(opened=opened, at=at, **values)
        assert came is Came.WRONG
        assert says in str(form.errors)
        assert form["text"].value() == "It was not me"


def test_pressing_again_after_a_refusal_works_and_keeps_the_form_s_own_number() -> None:
    came, form = posted(opened=AT, at=AT)
    assert came is Came.WRONG
    again = Letter(
        {"ticket": form.ticket.signed, "text": "It was not me"},
        purpose="letter",
        at=AT + timedelta(seconds=9),
    )
    assert come(RequestFactory().post("/"), again) is Came.GOOD
    assert again.form_id == form.form_id


def test_a_file_is_kept_encrypted_and_comes_back(superuser) -> None:
    kept = keep(checked(b"Dear sir", name="a.txt"), about="letter:1", at=AT)
    row = PostboxFile.objects.get(id=kept.id)
    assert b"Dear" not in bytes(row.sealed)
    assert content_of(row) == b"Dear sir"
    assert [one.name for one in files_about("letter:1")] == ["a.txt"]


def test_files_go_when_their_case_has_been_closed_long_enough() -> None:
    for about in ("letter:1", "letter:2", "letter:3"):
        keep(checked(b"Dear sir", name="a.txt"), about=about, at=AT)
    expire("letter:1", on=AT + HOUR)
    expire("letter:2", on=AT + 9 * HOUR)
    with acting_as(DatabaseRole.JOBS):
        assert [clear(at=AT + 2 * HOUR), clear(at=AT + 2 * HOUR)] == [1, 0]
    assert {row.about for row in PostboxFile.objects.all()} == {"letter:2", "letter:3"}
    assert AuditEvent.objects.filter(verb="postbox.clear").count() == 1
