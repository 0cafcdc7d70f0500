"""Plates drawn by chance, read by a person who is told nothing else."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from tests.factories.accounts import client_as
from tests.factories.casework import MARK, OTHER_MARK
from tests.factories.reads import stored_picture

from openanpr.access.vocabulary import Role
from openanpr.audit.models import AuditEvent
from openanpr.reads.corrections import Source, tallies
from openanpr.reads.models import AccuracyCheck

DAY = timedelta(days=1)
CHECKER = (Role.ACCURACY_CHECKER,)


@pytest.fixture
def client(casework):
    return client_as(casework.person("chris", roles=CHECKER, mfa=True))


@pytest.fixture
def plate(casework, stored):
    camera = casework.camera()
    patch = stored_picture(b"a plate")
    stored.add(MARK, casework.at - DAY, camera_id=camera.id, patch_hash=patch)
    return patch


def ask(client, **fields):
    return client.post(reverse("accuracy_check"), fields, follow=True)


def verdicts(casework):
    found = tallies(casework.at - 28 * DAY, casework.at)
    return [(one.source, dict(one.counts)) for one in found]


@pytest.mark.security
def test_the_checker_sees_the_plate_and_nothing_else_and_what_they_say_is_kept(
    casework, client, plate
):
    page = ask(client, draw="yes").text
    assert re.search(r'src="/images/[^"]+"', page)
    assert MARK not in page.replace(" ", "")
    assert "Northgate" not in page
    assert "Secret Bridge" not in page
    wrong = client.post(reverse("accuracy_check"), {"says": "", "unreadable": ""})
    assert wrong.status_code == 422
    page = ask(client, says=OTHER_MARK.lower()).text
    assert "There is no plate with a picture to check now." in page
    assert verdicts(casework) == [(Source.CHECK, {"wrong": 1})]
    said = AuditEvent.objects.get(verb="read.correct")
    assert said.acting_role == "accuracy-checker"
    assert OTHER_MARK not in str(said.payload)


def test_a_plate_that_is_passed_over_says_nothing(casework, client, plate):
    ask(client, draw="yes")
    ask(client, **{"pass": "yes"})
    assert AccuracyCheck.objects.get().passed_over
    assert verdicts(casework) == []


@pytest.mark.security
def test_a_link_to_a_plate_shows_no_other_and_ends_with_the_answer(client, plate):
    page = ask(client, draw="yes").text
    address = re.search(r'src="(/images/[^"]+)"', page)[1]
    ask(client, unreadable="on")
    gone = client.get(address)
    assert gone.status_code == 404
    assert "You may not see this picture any more." in gone.text


def test_whose_training_lapsed_is_shown_none(casework, plate):
    person = casework.person("lee", roles=CHECKER, mfa=True, trained=False)
    refused = ask(client_as(person), draw="yes")
    assert refused.status_code == 403
    assert not AccuracyCheck.objects.exists()
    assert AuditEvent.objects.filter(verb="check.refuse").exists()


def test_figures_are_given_by_camera_and_say_when_there_are_too_few(casework, client, plate):
    ask(client, draw="yes")
    ask(client, says=MARK)
    page = client.get(reverse("accuracy_figures")).text
    assert "Too few to say (1 of 30)" in page
    assert "Secret Bridge" not in page
