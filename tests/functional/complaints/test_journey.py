"""A complaint from the public form to the answer, and everybody who may not."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.accounts.queries import actor_of
from openanpr.alerts.models import Alert, AlertCheck
from openanpr.alerts.services.dispatch import dispatch_waiting
from openanpr.audit.models import AuditEvent
from openanpr.complaints.models import Complaint, ComplaintNote
from openanpr.complaints.services.clearing import clear_complaints
from openanpr.config.database import DatabaseRole
from openanpr.postbox.clearing import clear
from openanpr.postbox.models import PostboxFile
from openanpr.web.deadlines import deadlines_for
from openanpr.wire.ids import uuid7
from tests.factories.accounts import client_as, make_user
from tests.factories.alerts import OWNER, World, acting_as
from tests.factories.reads import store_read
from tests.functional.complaints.conftest import FORM, Send

WORDS = "The plate was misread; the picture shows another mark."
LETTER = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def person(world: World, role: Role, name: str = "") -> User:
    return make_user(name or role.value, roles=(role,), unit=world.north)


@pytest.fixture
def desk(world: World) -> Client:
    return client_as(person(world, Role.RIGHTS_OFFICER))


def complaint() -> Complaint:
    return Complaint.objects.get()


def act(client: Client, name: str, **values: str):
    return client.post(f"/complaints/{complaint().id}/step/{name}/", values, follow=True)


def raise_alert(world: World) -> Alert:
    hit = world.hit(world.entry(world.hotlist()))
    with acting_as(DatabaseRole.WORKER):
        dispatch_waiting(at=world.at)
    return Alert.objects.using(OWNER).get(hit=hit)


def test_a_complaint_goes_from_the_form_to_the_answer(world: World, send: Send, desk) -> None:
    stranger = Client()
    page = stranger.get(FORM)
    assert (page.status_code, bool(page.cookies)) == (200, False)
    sent = send(stranger, file_1=SimpleUploadedFile("a.pdf", LETTER), said_vrm="OA30 AAA")
    assert sent.status_code == 201
    made = complaint()
    assert made.reference in sent.text
    assert made.reference in desk.get("/complaints/").text
    shown = desk.get(f"/complaints/{made.id}/").text
    assert "it was another car" in shown
    file = PostboxFile.objects.get()
    got = desk.get(f"/complaints/{made.id}/file/{file.id}/")
    assert (got.content, got["Content-Disposition"]) == (LETTER, 'attachment; filename="a.pdf"')
    assert act(desk, "acknowledge").status_code == 422
    assert "Acknowledged" in act(desk, "acknowledge", sent="post").text
    assert "Told how far" in act(desk, "progress", sent="email", reason=WORDS).text
    found = {"sent": "post", "outcome": "upheld", "reason": WORDS, "learning": "Entry removed."}
    assert "Answered" in act(desk, "answer", **found).text
    assert "Somebody has taken this step" in act(desk, "answer", **found).text
    letter = desk.post(f"/complaints/{made.id}/letter/outcome.pdf")
    assert letter.content.startswith(b"%PDF-")
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    wanted = ("receive", "view", "file", "move", "letter", "refuse")
    assert {f"complaint.{one}" for one in wanted} <= verbs
    rows = AuditEvent.objects.filter(verb__startswith="complaint.")
    assert not any(
        told in f"{row.payload}{row.reason}"
        for row in rows
        for told in ("OA30", "Alex", "another car")
    )


def test_a_form_sent_twice_is_one_complaint_with_one_reference(world: World, send: Send) -> None:
    ticket = re.search(r'name="ticket" value="([^"]+)"', Client().get(FORM).text)
    assert ticket
    first = send(text="Too soon", ticket=ticket[1])
    assert (first.status_code, "quicker than a person" in first.text) == (422, True)
    assert "Too soon" in first.text
    again = re.search(r'name="ticket" value="([^"]+)"', send(about="nothing").text)
    assert again
    answers = [send(ticket=again[1]).text for _ in range(2)]
    assert Complaint.objects.count() == 1
    assert all(complaint().reference in answer for answer in answers)


def test_too_many_forms_are_refused_and_nothing_that_was_written_is_lost(
    world: World, send: Send, settings
) -> None:
    settings.SETTINGS = settings.SETTINGS.model_copy(update={"forms_per_network": 1})
    assert send().status_code == 201
    full = send(text="My second letter")
    assert (full.status_code, int(full["Retry-After"]) > 0) == (429, True)
    assert "My second letter" in full.text
    assert "telephone 101" in full.text
    assert Complaint.objects.count() == 1


def test_professional_standards_see_what_was_handed_over_and_nothing_else(
    world: World, send: Send, desk
) -> None:
    send(about="looked")
    standards = client_as(person(world, Role.PROFESSIONAL_STANDARDS))
    address = f"/complaints/{complaint().id}/"
    assert standards.get(address).status_code == 404
    act(desk, "acknowledge", sent="post")
    assert "your roles" in act(desk, "hand-back", reason=WORDS).text.lower()
    act(desk, "hand-over", reason="It is about an officer's look-up of a neighbour.")
    assert standards.get(address).status_code == 200
    done = act(standards, "standards-answer", sent="post", outcome="partly-upheld", reason=WORDS)
    assert "Partly upheld" in done.text
    auditor = client_as(person(world, Role.AUDITOR))
    assert auditor.get(address).status_code == 403


def test_nobody_answers_a_complaint_about_their_own_act(world: World, send: Send) -> None:
    alert = raise_alert(world)
    officer = make_user("both", roles=(Role.RIGHTS_OFFICER, Role.ALERT_USER), unit=world.north)
    AlertCheck.objects.using(OWNER).create(alert=alert, user=officer, says_same=True, at=world.at)
    send()
    client = client_as(officer)
    link = {"kind": "alert", "subject": str(alert.id), "why": "The officer's report names it."}
    assert (
        "Alert linked" in client.post(f"/complaints/{complaint().id}/link/", link, follow=True).text
    )
    assert "you did yourself" in act(client, "acknowledge", sent="post").text
    refused = AuditEvent.objects.get(verb="complaint.refuse")
    assert refused.reasons == ["involved"]


def test_a_note_reaches_the_list_managers_and_their_answer_comes_back(
    world: World, send: Send, desk
) -> None:
    alert = raise_alert(world)
    send()
    address = f"/complaints/{complaint().id}/"
    wrong = {"kind": "alert", "subject": str(uuid7()), "why": "A guess at it."}
    assert "There is none with this reference" in desk.post(f"{address}link/", wrong).text
    guess = desk.post(f"{address}link/", wrong | {"subject": "OA30 AAA"})
    assert "Give the whole reference" in guess.text
    assert desk.get(f"{address}note/").status_code == 404
    desk.post(f"{address}link/", wrong | {"subject": str(alert.id)})
    note = {"alert": str(alert.id), "text": "The vehicle was returned in May."}
    desk.post(f"{address}note/", note)
    user = person(world, Role.LIST_MANAGER)
    manager = client_as(user)
    assert "returned in May" in manager.get("/complaints/notes/").text
    due = deadlines_for(actor_of(user, at=world.at), at=world.at + timedelta(days=1))
    assert [one.url_name for one in due if one.key.startswith("complaint")] == ["complaint_notes"]
    done = {"answer": "The entry is withdrawn."}
    manager.post(f"/complaints/notes/{ComplaintNote.objects.get().id}/", done)
    assert "The entry is withdrawn." in desk.get(address).text


def test_a_misread_gets_a_second_reading_and_nobody_learns_the_first(
    world: World, send: Send, desk, superuser
) -> None:
    read = store_read("OA30AAA", captured_at=world.at - timedelta(hours=2))
    hit = world.hit(
        world.entry(world.hotlist()), read_id=read.id, camera_id=1, captured_at=read.captured_at
    )
    with acting_as(DatabaseRole.WORKER):
        dispatch_waiting(at=world.at)
    alert = Alert.objects.using(OWNER).get(hit=hit)
    send()
    address = f"/complaints/{complaint().id}/"
    desk.post(f"{address}link/", {"kind": "alert", "subject": str(alert.id), "why": "The report."})
    values = {"alert": str(alert.id), "reason": "The officer's report and the driver's picture."}
    assert desk.post(f"{address}correct/", values | {"says": "!"}).status_code == 422
    said = [
        re.sub(r"\s+", " ", desk.post(f"{address}correct/", values | {"says": mark}).text)
        for mark in ("OA30 AAA", "OA31 AAB", "")
    ]
    assert said == ["", "", ""]
    shown = desk.get(address).text
    assert shown.count("second reading is recorded") == 3
    assert "OA30" not in shown
    assert "OA31" not in shown
    rows = superuser.execute("select vrm, says, verdict, source from read_correction order by says")
    assert rows.fetchall() == [
        ("OA30AAA", "", "unreadable", "complaint"),
        ("OA30AAA", "OA30AAA", "right", "complaint"),
        ("OA30AAA", "OA31AAB", "wrong", "complaint"),
    ]


def test_what_came_by_post_is_entered_and_its_clock_runs_from_then(world: World, desk) -> None:
    came = world.at - timedelta(days=10)
    values = {
        "channel": "post",
        "received_at_day": str(came.day),
        "received_at_month": str(came.month),
        "received_at_year": str(came.year),
        "received_at_time": "09:00",
        "about": "camera",
        "text": "A camera looks into my garden.",
        "name": "A. Example",
        "contact": "1 Mill Lane",
    }
    ahead = desk.post("/complaints/new/", values | {"received_at_year": str(came.year + 1)})
    assert "not ahead" in ahead.text
    assert desk.post("/complaints/new/", values).status_code == 302
    assert complaint().due_at - complaint().received_at == timedelta(days=30)
    officer = User.objects.get(username=Role.RIGHTS_OFFICER.value)
    due = deadlines_for(actor_of(officer, at=world.at), at=world.at)
    assert sorted(one.key.split(":")[0] for one in due if "complaint" in one.key) == [
        "complaint.answer",
        "complaint.next",
    ]
    with acting_as(DatabaseRole.JOBS):
        assert deadlines_for(actor_of(officer, at=world.at), at=world.at)


def test_a_letter_s_text_is_the_force_s_own(world: World, send: Send, desk) -> None:
    address = "/complaints/letters/progress/"
    text = {"body": "Dear {name}, {told} We go on."}
    assert "Preview: not in use" in desk.post(address, text | {"preview": "yes"}).text
    assert "Say why" in desk.post(address, text | {"publish": "yes"}).text
    put = desk.post(address, text | {"publish": "yes", "reason": "Shorter"}, follow=True)
    assert "in use from now on" in put.text
    assert "We go on." in desk.get(address).text


def test_a_closed_complaint_goes_with_everything_of_it(world: World, send: Send, desk) -> None:
    send(file_1=SimpleUploadedFile("a.txt", b"It was me"))
    act(desk, "withdraw", reason="By telephone today; they do not go on.")
    kept_until = complaint().expires_at
    assert kept_until
    with acting_as(DatabaseRole.JOBS):
        assert clear_complaints(at=kept_until - timedelta(days=1)) == 0
        assert clear_complaints(at=kept_until) == 1
        assert clear(at=kept_until) == 1
    assert not Complaint.objects.exists()
    assert AuditEvent.objects.filter(verb="complaint.clear").count() == 1
