"""Sensitive places: entered and ended by two people, and what they close to whom."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from openanpr.access.vocabulary import Rank, Role
from openanpr.audit.models import AuditEvent
from openanpr.investigations.models import AuthorisationGrant, AuthorisationRequest
from openanpr.reads.models import LiveSearch
from openanpr.search.near import cameras_without_pictures
from openanpr.search.question import MarkQuestion, Place, PlaceQuestion
from openanpr.search.services import run_search
from openanpr.sensitive.models import SensitivePlace
from openanpr.sensitive.queries import metres
from tests.factories.accounts import client_as
from tests.factories.cameras import make_camera, make_site
from tests.factories.casework import MARK, OWNER, REASON, StoredReads, make_casework
from tests.functional.search.test_journey import moment, search_form

DAY = timedelta(days=1)
LATITUDE, LONGITUDE = 57.4, -3.9
METRE = 1 / 111_195
"""Degrees of latitude."""


@pytest.fixture
def casework(db):
    return make_casework(datetime.now(UTC))


def camera_at(number: int, *, metres_north: float):
    site = make_site(f"S{number}", latitude=LATITUDE + metres_north * METRE, longitude=LONGITUDE)
    return make_camera(number=number, site=site, area_name="Northgate")


def place(casework, *, kind: str = "clinic", confirmed: bool = True, **fields) -> SensitivePlace:
    values = {
        "kind": kind,
        "name": "Fenside Clinic",
        "latitude": LATITUDE,
        "longitude": LONGITUDE,
        "starts_at": casework.at - 400 * DAY,
        "reason": "Patients come and go",
        "proposed_by": "person-one",
        "proposer_name": "One",
        "proposed_at": casework.at - 400 * DAY,
    }
    if confirmed:
        values |= {
            "confirmed_by": "person-two",
            "confirmer_name": "Two",
            "confirmed_at": casework.at - 400 * DAY,
        }
    return SensitivePlace.objects.using(OWNER).create(**(values | fields))


@pytest.fixture
def found(casework, superuser):
    """Searches for what was read an hour ago at a camera by the clinic and at one far from it."""
    near, far = camera_at(1, metres_north=240), camera_at(2, metres_north=260)
    stored = StoredReads(superuser)
    ada = casework.person("ada")
    investigation = casework.investigation(ada)
    for camera in (near, far):
        stored.add(MARK, casework.at - timedelta(hours=1), camera_id=camera.id)

    def ask(question_type=PlaceQuestion, *, days=0.5, case=investigation, **fields) -> list[int]:
        if question_type is PlaceQuestion:
            fields["place"] = Place(areas=frozenset({"Northgate"}))
        question = question_type(
            start=casework.at - days * DAY, end=casework.at, reason=REASON, **fields
        )
        result = run_search(
            author=casework.author(ada), question=question, investigation=case, at=casework.at
        )
        ask.scope = result.decision.scope
        return sorted(read.camera_id for read in result.reads)

    ask.near, ask.far, ask.investigation, ask.stored = near.id, far.id, investigation, stored
    return ask


def test_reads_near_a_clinic_are_left_out_of_a_search_of_an_area(casework, found):
    assert found() == [found.near, found.far]
    place(casework)
    assert found() == [found.far]
    assert found(MarkQuestion, vrm=MARK) == [found.near, found.far]
    assert cameras_without_pictures(found.scope) == {found.near}
    assert not LiveSearch.objects.using(OWNER).filter(expires_at__gt=datetime.now(UTC)).exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"confirmed": False},
        {"ends_at": "before"},
        {"starts_at": "after"},
        {"latitude": LATITUDE + 0.1},
        {"kind": "school"},
    ],
)
def test_what_does_not_hold_there_and_then_closes_nothing(casework, found, fields):
    moments = {"before": casework.at - 2 * DAY, "after": casework.at + DAY}
    place(casework, **{name: moments.get(value, value) for name, value in fields.items()})
    assert found() == [found.near, found.far]


def test_an_older_read_near_it_is_closed_to_everybody(casework, found):
    place(casework)
    found.stored.add(MARK, casework.at - 100 * DAY, camera_id=found.near)
    found.stored.add(MARK, casework.at - 100 * DAY, camera_id=found.far)
    request = AuthorisationRequest.objects.using(OWNER).create(
        investigation=found.investigation,
        requested_by=found.investigation.opened_by,
        requester_unit="Crime desk",
        requested_at=casework.at,
        necessity="Needed",
        proportionality="Least",
        period_from=casework.at - 200 * DAY,
        period_to=casework.at + DAY,
        days=7,
    )
    boss = casework.person(
        "boss", roles=(Role.AUTHORISER,), rank=Rank.SUPERINTENDENT, unit=casework.other_unit
    )
    AuthorisationGrant.objects.using(OWNER).create(
        request=request,
        investigation=found.investigation,
        granted_by=boss,
        authoriser_rank="superintendent",
        authoriser_unit="Command",
        requester_unit="Crime desk",
        period_from=request.period_from,
        period_to=request.period_to,
        valid_from=casework.at - DAY,
        expires_at=casework.at + DAY,
        reason="Agreed",
    )
    assert found() == [found.near, found.far]  # a superintendent opens the area near the clinic
    assert found(MarkQuestion, vrm=MARK, days=150) == [found.near, found.far, found.far]


def test_the_result_says_what_was_left_out_and_why_wherever_cameras_stand(casework, found):
    place(casework, latitude=10.0)
    form = search_form(found.investigation, casework.at, areas=["Northgate"])
    form |= moment("period_from", casework.at - timedelta(hours=5))
    client = client_as(casework.person("bea", mfa=True))
    investigation = casework.investigation(casework.person("cy"), reference="FX/2026/002")
    assert investigation
    found.investigation.members.model.objects.using(OWNER).create(
        investigation=found.investigation,
        user_id=client.session["_auth_user_id"],
        added_by=found.investigation.opened_by,
        added_at=casework.at,
    )
    page = client.post(reverse("search_kind", kwargs={"kind": "place"}), form).text
    assert "Left out" in page
    assert "Reads of cameras near a clinic, if there are any: open to searches of the kind" in page
    assert "superintendent or above (profile essex-2y@1: near.clinic)" in page
    assert "near a school" not in page


def test_two_people_enter_a_place_and_two_end_it(casework):
    one = client_as(casework.person("one", roles=(Role.CAMERA_MANAGER,), mfa=True))
    two = client_as(casework.person("two", roles=(Role.DATA_PROTECTION_OFFICER,), mfa=True))
    form = {
        "kind": "worship",
        "name": "Chapel of the Fens",
        "latitude": "57.4",
        "longitude": "-3.9",
        "reason": "People come to pray",
        **moment("starts_at", casework.at),
    }
    assert one.post(reverse("sensitive_new"), form | {"latitude": "north"}).status_code == 422
    one.post(reverse("sensitive_new"), form)
    entered = SensitivePlace.objects.get()
    answer = reverse("sensitive_answer", kwargs={"place_id": entered.id})
    assert "another person confirms it" in one.post(answer, {"answer": "confirm"}, follow=True).text
    assert "is in force" in two.post(answer, {"answer": "confirm"}, follow=True).text
    end = reverse("sensitive_end", kwargs={"place_id": entered.id})
    assert two.post(end, {"reason": ""}).status_code == 422
    two.post(end, {"reason": "The chapel has closed"})
    assert "another person agrees" in two.post(answer, {"answer": "agree"}, follow=True).text
    assert "It has ended" in one.post(answer, {"answer": "agree"}, follow=True).text
    entered.refresh_from_db()
    assert entered.ended_by == "person-one"
    verbs = AuditEvent.objects.using(OWNER).filter(verb__startswith="sensitive.")
    assert [event.verb for event in verbs.order_by("sequence")] == [
        "sensitive.propose",
        "sensitive.confirm",
        "sensitive.ask-to-end",
        "sensitive.end",
    ]
    assert not any("57.4" in str(event.payload) for event in verbs)


def test_a_degree_of_latitude_is_111_km_and_one_of_longitude_shrinks_with_the_cosine():
    assert metres(0, 0, 1, 0) == pytest.approx(111_195, rel=1e-4)
    assert metres(60, 0, 60, 1) == pytest.approx(111_195 / 2, rel=1e-4)
