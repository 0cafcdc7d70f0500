"""Subjects of an investigation, their vehicles, and which of those were near a scene."""

from datetime import timedelta

import pytest
from django.urls import reverse

from openanpr.audit.models import AuditEvent
from openanpr.cameras.models import Camera
from openanpr.investigations.models import Subject, SubjectVehicle
from openanpr.search.models import SearchRun
from openanpr.web.dates import short_moment
from tests.factories.accounts import client_as
from tests.factories.cameras import make_camera, make_site
from tests.factories.casework import MARK, OTHER_MARK, REASON
from tests.functional.search.test_analysis import analyse
from tests.functional.search.test_journey import moment

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
FAR, NEVER, OLD = "OA36AAG", "OA37AAH", "OA38AAJ"


@pytest.fixture
def ada(casework):
    return casework.person("ada", mfa=True, location_right=True)


@pytest.fixture
def client(ada):
    return client_as(ada)


@pytest.fixture
def investigation(casework, ada):
    return casework.investigation(ada)


def link(client, investigation, vrm, **fields):
    values = {
        "vrm": vrm,
        "link": "Registered keeper",
        "source": "PNC check 12",
        "source_grade": "2",
        "assessment": "B",
        "handling": "P",
        "days": "30",
        **fields,
    }
    subject = Subject.objects.get()
    address = reverse("subject_link", args=[investigation.id, subject.id])
    return client.post(address, values)


@pytest.fixture
def suspect(client, investigation):
    client.post(
        reverse("subjects", args=[investigation.id]), {"name": "Nominal 7", "role": "suspect"}
    )
    return Subject.objects.get()


def test_a_subject_a_link_with_its_grade_and_its_end(casework, client, investigation, suspect):
    assert link(client, investigation, "oa30 aaa", days="0").status_code == 422
    assert link(client, investigation, "no mark!").status_code == 422
    assert link(client, investigation, "oa30 aaa").status_code == 302
    page = client.get(reverse("subjects", args=[investigation.id])).text
    assert "Nominal 7" in page
    assert "OA30 AAA" in page
    assert "2-B-P" in page
    assert "In force" in page
    vehicle = SubjectVehicle.objects.get()
    end = reverse("subject_unlink", args=[investigation.id, suspect.id, vehicle.id])
    assert client.post(end, {"reason": "no"}).status_code == 422
    assert client.post(end, {"reason": "The vehicle was sold to somebody else"}).status_code == 302
    assert "Ended" in client.get(reverse("subjects", args=[investigation.id])).text
    client.post(
        reverse("subject_remove", args=[investigation.id, suspect.id]),
        {"reason": "Cleared by the interview of Monday"},
    )
    assert "Nominal 7" not in client.get(reverse("subjects", args=[investigation.id])).text
    events = AuditEvent.objects.filter(verb__startswith="subject.").order_by("sequence")
    assert [one.verb for one in events] == [
        *("subject.add", "subject.link-vehicle", "subject.end-link", "subject.remove")
    ]
    assert events[1].payload["grade"] == "2-B-P"
    assert not any(MARK in str(one.payload) or "Nominal" in str(one.payload) for one in events)


@pytest.mark.security
def test_a_stranger_learns_of_no_subject(casework, client, investigation, suspect):
    ben = client_as(casework.person("ben", mfa=True))
    assert ben.get(reverse("subjects", args=[investigation.id])).status_code == 404
    assert ben.get(reverse("subject_link", args=[investigation.id, suspect.id])).status_code == 404
    page = analyse(ben, "linked", investigation, casework.at, **scene(casework))
    assert page.status_code in (403, 422)
    assert "Nominal" not in page.text
    assert not AuditEvent.objects.filter(verb="search.run").exists()


def scene(casework, **fields):
    start = casework.at - DAY
    return {
        "place": "area:Northgate",
        "margin": "3",
        **moment("period_from", start),
        **moment("period_to", start + HOUR),
        **fields,
    }


def test_which_of_their_vehicles_were_near(casework, stored, client, investigation, suspect):
    here = casework.camera(1)
    far = make_camera(number=2, site=make_site("S2", latitude=53.9), area_name="Quay")
    start = casework.at - DAY
    stored.add(MARK, start + 20 * MINUTE, camera_id=here.id)
    stored.add("0A30AAA", start + 30 * MINUTE, camera_id=here.id)
    stored.add(OTHER_MARK, start - 2 * HOUR, camera_id=here.id)
    for minutes in range(-30, 100, 10):
        stored.add(FAR, start + minutes * MINUTE, camera_id=far.id)
    stored.add(OLD, start + 20 * MINUTE, camera_id=here.id)
    for vrm in (MARK, OTHER_MARK, FAR, NEVER, OLD):
        link(client, investigation, vrm)
    SubjectVehicle.objects.using("owner").filter(vrm=OLD).update(
        added_at=start - 9 * DAY, expires_at=start
    )
    page = analyse(client, "linked", investigation, casework.at, **scene(casework))
    assert page.status_code == 200
    text = page.text
    assert "1 of 4 vehicles read there" in text
    at = [text.index(words) for words in ("Read there", "Can have been", "too far", "Not read at")]
    assert at == sorted(at)
    assert "2 reads there" in text
    assert f"Asked about Northgate, from {short_moment(start)} to" in text
    assert "Nominal 7, Registered keeper (2-B-P)" in text
    assert "OA38" not in text
    assert "1 camera could be searched" in text
    run = SearchRun.objects.get()
    assert run.question["vrms"] == sorted([MARK, OTHER_MARK, FAR, NEVER])
    combined = AuditEvent.objects.get(verb="search.combine")
    assert combined.payload == {"kind": "linked", "method": "nearby-1"}
    Camera.objects.filter(id=here.id).update(state="suspended", state_changed_at=start - DAY)
    page = analyse(client, "linked", investigation, casework.at, **scene(casework))
    assert "none was up in that time" in page.text


def test_without_a_vehicle_in_force_there_is_nothing_to_ask(casework, client, investigation):
    casework.camera(1)
    page = analyse(client, "linked", investigation, casework.at, **scene(casework))
    assert page.status_code == 422
    assert "It holds no vehicle of a subject" in page.text
    page = analyse(client, "linked", investigation, casework.at, **scene(casework, place=""))
    assert "Choose the place" in page.text
    assert REASON in page.text
