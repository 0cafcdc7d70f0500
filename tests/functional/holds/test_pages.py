"""From a search's result to a hold, its review and its release, as the pages do it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from openanpr.access.vocabulary import Role
from openanpr.investigations.models import Hold
from tests.factories.accounts import client_as
from tests.factories.casework import MARK, REASON
from tests.functional.search.test_journey import moment, search_form

DAY = timedelta(days=1)


@pytest.fixture
def ada(casework):
    return casework.person("ada", mfa=True)


@pytest.fixture
def client(ada):
    return client_as(ada)


def terms(at, **fields):
    return {
        "place": "yes",
        "ground": "relevant-material",
        "reference": "MG6C/14",
        "reason": REASON,
        "owner": "ada",
        **moment("review_at", at + 60 * DAY),
        **fields,
    }


def found_tokens(client, casework, case):
    page = client.post(reverse("search"), search_form(case, casework.at)).content.decode()
    return re.findall(r'name="read" value="([^"]+)"', page)


def test_reads_are_picked_held_reviewed_and_released(casework, stored, client, ada):
    camera = casework.camera()
    for days in (1, 2):
        stored.add(MARK, casework.at - days * DAY, camera_id=camera.id)
    case = casework.investigation(ada)
    tokens = found_tokens(client, casework, case)
    assert len(tokens) == 2
    page = client.post(reverse("hold_new"), {"read": tokens})
    assert "Hold 2 reads" in page.content.decode()
    missing = client.post(reverse("hold_new"), {"read": tokens, **terms(casework.at, reason="x")})
    assert missing.status_code == 422
    placed = client.post(reverse("hold_new"), {"read": tokens, **terms(casework.at)}, follow=True)
    text = placed.content.decode()
    assert "The reads are held." in text
    assert "2 reads held." in text
    assert f"they stay for {case.reference}" in text
    hold = Hold.objects.get()

    Hold.objects.using("owner").filter(id=hold.id).update(review_at=casework.at - DAY)
    listed = client.get(reverse("holds")).content.decode()
    assert "Reviews that are overdue" in listed
    reviewed = client.post(
        reverse("hold_review", args=[hold.id]),
        {"reason": REASON, **moment("review_at", casework.at + 30 * DAY)},
        follow=True,
    )
    assert "The review is noted." in reviewed.content.decode()
    released = client.post(reverse("hold_release", args=[hold.id]), {"reason": REASON}, follow=True)
    assert "The hold is released." in released.content.decode()
    assert client.post(reverse("hold_release", args=[hold.id])).status_code == 404


@pytest.mark.security
def test_only_the_team_and_auditors_see_a_hold_and_auditors_change_none(
    casework, stored, client, ada
):
    stored.add(MARK, casework.at - DAY, camera_id=casework.camera().id)
    case = casework.investigation(ada)
    tokens = found_tokens(client, casework, case)
    client.post(reverse("hold_new"), {"read": tokens, **terms(casework.at)})
    hold = Hold.objects.get()
    address = reverse("hold", args=[hold.id])

    stranger = client_as(casework.person("ben", mfa=True))
    assert stranger.get(address).status_code == 404
    assert "MG6C/14" not in stranger.get(reverse("holds")).content.decode()
    picked_by_another = stranger.post(
        reverse("hold_new"), {"read": tokens, **terms(casework.at, owner="ben")}
    )
    assert picked_by_another.status_code == 422

    auditor = client_as(casework.person("eve", roles=(Role.AUDITOR,), mfa=True))
    page = auditor.get(address).content.decode()
    assert "MG6C/14" in page
    assert MARK not in page
    assert "Release it" not in page


def test_without_a_pick_the_page_says_what_to_do(client, casework):
    answer = client.post(reverse("hold_new"))
    assert answer.status_code == 422
    assert "Tick the reads" in answer.content.decode()
