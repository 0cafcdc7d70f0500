"""Anybody finds the open consultations and replies to one; a form sent twice is one reply."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from openanpr.governance.models import ConsultationReply
from openanpr.postbox.tickets import new_ticket
from tests.functional.governance.cases import PARTS, CaseWorld, case_world

AREA = PARTS["public"]["area"]


@pytest.fixture
def world(db: None) -> CaseWorld:
    world = case_world()
    world.fill()
    world.consult()
    return world


def reply(world: CaseWorld, **changes: str) -> HttpResponse:
    ticket = new_ticket("consultation", at=datetime.now(UTC) - timedelta(hours=1))
    values = {"ticket": ticket.signed, "words": "It looks into my garden.", "who": "A resident"}
    return Client().post(f"/public/consultations/{world.case.id}/", values | changes)


def test_an_open_consultation_is_found_and_replied_to_without_its_place(world: CaseWorld) -> None:
    stranger = Client()
    for address in ("/public/new-cameras/", "/public/consultations/"):
        assert AREA in stranger.get(address).text
    page = stranger.get(f"/public/consultations/{world.case.id}/")
    assert (page.status_code, bool(page.cookies)) == (200, False)
    assert PARTS["public"]["purpose"] in page.text
    assert world.camera.name not in page.text
    ticket = new_ticket("consultation", at=datetime.now(UTC) - timedelta(hours=1)).signed
    answers = [reply(world, ticket=ticket) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    row = ConsultationReply.objects.get()
    assert row.words == "It looks into my garden."
    assert all(row.reference in answer.text for answer in answers)
    assert reply(world, words="").status_code == 422


def test_what_is_over_and_what_never_was_have_the_same_answer(world: CaseWorld) -> None:
    world.end_consultation()
    answers = [
        (answer.status_code, re.sub(r"[0-9a-f-]{36}", "", answer.text))
        for number in (world.case.id, uuid.uuid4())
        for answer in (
            Client().get(f"/public/consultations/{number}/"),
            Client().post(f"/public/consultations/{number}/", {"words": "Late"}),
        )
    ]
    assert {status for status, _ in answers} == {404}
    assert len(set(answers)) == 1
    assert "No consultation is open now" in Client().get("/public/new-cameras/").text
    assert not ConsultationReply.objects.exists()
