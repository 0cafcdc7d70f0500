"""Reads picked from a result, their pictures side by side, and what a person says they show."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from openanpr.audit.models import AuditEvent
from openanpr.reads.corrections import Source, tallies
from openanpr.search import second_reader
from openanpr.search.second_reader import SecondLook
from tests.factories.accounts import client_as
from tests.factories.casework import MARK, OTHER_MARK
from tests.factories.reads import stored_picture
from tests.functional.search.test_journey import search_form

DAY = timedelta(days=1)


@pytest.fixture
def ada(casework):
    return casework.person("ada", mfa=True)


@pytest.fixture
def client(ada):
    return client_as(ada)


@pytest.fixture
def case(casework, stored, ada):
    camera = casework.camera()
    for days in (1, 2):
        patch = stored_picture(f"plate {days}".encode())
        stored.add(MARK, casework.at - days * DAY, camera_id=camera.id, patch_hash=patch)
    return casework.investigation(ada)


def search(client, casework, case):
    return client.post(reverse("search"), search_form(case, casework.at)).text


def tokens_in(page):
    return re.findall(r'name="read" value="([^"]+)"', page)


def test_pictures_are_compared_and_the_first_reading_stays(casework, client, case, stored):
    tokens = tokens_in(search(client, casework, case))
    page = client.post(reverse("search_compare"), {"read": tokens}).text
    assert "Compare 2 reads" in page
    assert len(re.findall(r'<img[^>]+src="/images/', page)) == 2
    shown = AuditEvent.objects.filter(verb="search.result").order_by("-sequence").first()
    assert sorted(shown.payload["read_ids"]) == sorted(str(one) for one in stored.ids)

    newest, oldest = (f"r{one.hex}" for one in stored.ids)
    said = {
        "record": "yes",
        "read": tokens_in(page),
        f"{newest}-verdict": "wrong",
        f"{newest}-says": "oa31 aab",
        f"{oldest}-verdict": "right",
    }
    mistaken = client.post(reverse("search_compare"), {**said, f"{oldest}-says": "X1"})
    assert mistaken.status_code == 422
    kept = client.post(reverse("search_compare"), said, follow=True)
    assert "Kept 2 second readings; the first readings stay as they are." in kept.text
    (found,) = tallies(casework.at - 28 * DAY, casework.at)
    assert (found.source, found.counts) == (Source.COMPARISON, {"right": 1, "wrong": 1})

    page = search(client, casework, case)
    assert "2 reads found" in page
    assert "A person who compared pictures read OA31 AAB" in page
    assert "A person who compared pictures confirmed the mark" in page
    assert OTHER_MARK not in str(list(AuditEvent.objects.values_list("payload")))


@pytest.mark.security
def test_second_readings_show_with_their_read_and_never_beyond_a_search(
    casework, client, case, connect_as
):
    tokens = tokens_in(search(client, casework, case))
    name = f"r{case.id.hex}"
    client.post(reverse("search_compare"), {"read": tokens, "record": "yes", name: ""})
    with connect_as("openanpr_search").cursor() as cursor:
        assert cursor.execute("select count(*) from read_correction").fetchone() == (0,)
    stranger = client_as(casework.person("ben", mfa=True))
    assert stranger.post(reverse("search_compare"), {"read": tokens}).status_code == 422


def test_who_left_the_team_compares_nothing(casework, client, case, superuser):
    tokens = tokens_in(search(client, casework, case))
    superuser.execute("update investigation_member set removed_at = now()")
    assert client.post(reverse("search_compare"), {"read": tokens}).status_code == 404


class BetterModel:
    """A model of the test's own: reads every plate as the same mark."""

    version = "better-2"

    def read(self, patch):
        return SecondLook(vrm=OTHER_MARK, confidence=0.8)


def test_a_better_model_reads_kept_pictures_again_and_both_readings_stay(
    casework, client, case, monkeypatch, superuser
):
    monkeypatch.setattr(second_reader, "installed_reader", BetterModel)
    tokens = tokens_in(search(client, casework, case))
    page = client.post(reverse("search_read_again"), {"read": tokens}).text
    assert "Pictures read again" in page
    assert page.count("Another mark") == 2
    kept = superuser.execute("select vrm, says, model, source from read_correction").fetchall()
    assert kept == [(MARK, OTHER_MARK, "better-2", "model")] * 2
    assert tallies(casework.at - 28 * DAY, casework.at) == []
    assert "Model better-2 read OA31 AAB (80%)" in search(client, casework, case)
    again = client.post(reverse("search_read_again"), {"read": tokens}).text
    assert again.count("This model has read it already") == 2
    assert AuditEvent.objects.filter(verb="read.reread").count() == 2
    assert client.post(reverse("search_read_again")).status_code == 422
