"""A case from its first word to its decision, and all that must not happen on the way."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from openanpr.access.vocabulary import Rank, Role
from openanpr.audit.models import AuditEvent
from openanpr.cameras.models import Camera, CameraAuthority
from openanpr.cameras.queries import standing_of
from openanpr.governance.models import CasePart, ConsultationReply, Consultee
from openanpr.governance.queries import open_consultations
from openanpr.governance.services.consulting import log_public_reply
from tests.factories.accounts import client_as, make_user
from tests.factories.cameras import make_camera, make_site
from tests.functional.governance.cases import OWNER, PARTS, WHY, CaseWorld, case_world

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def world(db: None) -> CaseWorld:
    return case_world()


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_camera_earns_its_place(world: CaseWorld) -> None:
    world.fill()
    world.consult()
    reply = log_public_reply(
        case_id=world.case.id, who="A resident", contact="", words="Yes", at=datetime.now(UTC)
    )
    assert reply
    assert "The consultation is not over" in text_of(world.author, world.address())
    world.end_consultation()
    world.write("outcome")
    assert "Nothing is open." in text_of(world.author, world.address())
    world.author.post(world.address("submit/"), {"reason": WHY})
    assert world.now().state == "submitted"

    answer = world.decide(world.decider)

    assert answer.status_code == 302
    assert world.now().state == "approved"
    camera = Camera.objects.using(OWNER).get()
    assert camera.state == "approved"
    authority = CameraAuthority.objects.using(OWNER).get()
    assert (authority.kind, authority.case_reference) == ("decided", world.case.reference)
    assert standing_of(camera.id, at=datetime.now(UTC) + timedelta(days=298)).collects
    assert not standing_of(camera.id, at=datetime.now(UTC) + timedelta(days=302)).collects
    live = world.author.post(f"/cameras/{camera.id}/live/", {"reason": "It is installed"})
    assert live.status_code == 302
    verbs = AuditEvent.objects.using(OWNER).values_list("verb", flat=True)
    assert {"case.move", "case.write", "case.sign-off", "camera.authorise"} <= set(verbs)
    paper = world.decider.get(world.address("dossier/"))
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")


def test_nobody_decides_what_they_wrote_or_signed_and_rank_counts(world: CaseWorld) -> None:
    world.fill()
    world.consult()
    world.end_consultation()
    world.write("outcome")
    world.author.post(world.address("submit/"), {"reason": WHY})
    inspector = client_as(make_user(roles=(Role.AUTHORISER,), rank=Rank.INSPECTOR))
    low = world.decide(inspector)
    assert low.status_code == 422
    assert "decided by a more senior officer" in low.content.decode()
    both = make_user(
        roles=(Role.AUTHORISER, Role.CAMERA_MANAGER),
        rank=Rank.CHIEF_OFFICER,
        person_id=CasePart.objects.using(OWNER).first().person_id,
    )
    own = world.decide(client_as(both))
    assert own.status_code == 422
    assert "A second person must confirm it" in own.content.decode()
    assert world.now().state == "submitted"
    assert world.decide(inspector, "refuse").status_code == 302
    assert (world.now().state, Camera.objects.using(OWNER).get().state) == ("refused", "proposed")


def test_an_incomplete_case_is_not_submitted_and_the_reasons_are_said(world: CaseWorld) -> None:
    answer = world.author.post(world.address("submit/"), {"reason": WHY})
    assert answer.status_code == 422
    page = answer.content.decode()
    for point in (
        "No evidence is attached",
        "No camera of the register",
        "Not completed: the need",
    ):
        assert point in page
    assert world.now().state == "draft"


def test_a_part_is_left_and_taken_up_again_and_every_version_stays(world: CaseWorld) -> None:
    address = world.address("parts/need/")
    world.author.post(address, {"grounds": ["local"], "said_local": "Thefts", "later": "yes"})
    page = text_of(world.author, address)
    assert "Thefts" in page
    assert "In progress" in text_of(world.author, world.address())
    refused = world.author.post(address, {"grounds": ["local"], "save": "yes"})
    assert refused.status_code == 422
    world.write("place", "need")
    assert "justified in most cases" in text_of(world.author, address)
    versions = CasePart.objects.using(OWNER).filter(part="need").order_by("sequence")
    assert [(row.sequence, row.complete) for row in versions] == [(1, False), (2, True)]


def test_a_change_after_the_sign_off_takes_it_away(world: CaseWorld) -> None:
    world.fill()
    signed = "has not signed off"
    assert signed not in text_of(world.author, world.address())
    world.write("overlap")
    assert signed not in text_of(world.author, world.address())
    world.write("assessment")
    assert signed in text_of(world.author, world.address())


def test_a_named_consultee_sees_what_was_released_on_a_page_of_their_own(world: CaseWorld) -> None:
    world.fill()
    world.consult()
    asked = world.author.post(
        world.address("consultation/ask/"),
        {"who": "Clerk", "interest": "The parish", "how": "Letter", "link": "on"},
    ).content.decode()
    (token,) = re.findall(r"/consultation/([\w-]+)/", asked)
    stranger = Client()
    page = stranger.get(f"/consultation/{token}/")
    assert "To find stolen vehicles" in page.content.decode()
    assert "noarchive" in page["X-Robots-Tag"]
    assert token not in str(list(Consultee.objects.using(OWNER).values()))
    assert "Gantry" not in page.content.decode()

    knowing = client_as(make_user(roles=(Role.AUTHORISER,), location_right=True))
    done = knowing.post(world.address("release/"), {"level": "sites", "reason": WHY})
    assert done.status_code == 302
    assert "Gantry A12-1" in stranger.get(f"/consultation/{token}/").content.decode()
    shown = AuditEvent.objects.using(OWNER).filter(verb="case.show").order_by("sequence")
    assert [event.payload["level"] for event in shown] == ["area", "sites"]
    stranger.post(f"/consultation/{token}/", {"words": "We are for it"})
    assert ConsultationReply.objects.using(OWNER).get().who == "Clerk"

    world.end_consultation()
    Consultee.objects.using(OWNER).update(link_expires_at=datetime.now(UTC))
    over, wrong = stranger.get(f"/consultation/{token}/"), stranger.get("/consultation/wrong/")
    assert (over.status_code, wrong.status_code) == (404, 404)
    assert over.content == wrong.content


def test_the_public_is_told_area_and_purpose_and_never_the_place(world: CaseWorld) -> None:
    at = datetime.now(UTC)
    assert open_consultations(at=at) == []
    world.fill()
    world.consult()
    (one,) = open_consultations(at=datetime.now(UTC))
    assert (one.area, one.purpose) == ("Chelmsford, north", PARTS["public"]["purpose"])
    assert "Gantry" not in str(one)
    assert open_consultations(at=one.closes_at) == []
    assert (
        log_public_reply(case_id=world.case.id, who="", contact="", words="No", at=one.closes_at)
        is None
    )


def test_a_covert_case_is_known_to_few_and_never_put_before_the_public() -> None:
    world = case_world(site=make_site("C1", sensitive=True))
    world.fill()
    refused = world.author.post(
        world.address("consultation/open/"),
        {"until_day": "1", "until_month": "1", "until_year": "2000", "until_time": "12:00"},
    )
    assert refused.status_code == 422
    assert "not put before the public" in text_of(world.author, world.address("consultation/"))
    other = client_as(make_user(roles=(Role.CAMERA_MANAGER,)))
    assert other.get(world.address()).status_code == 404
    assert world.case.reference not in text_of(other, "/camera-cases/")


def test_evidence_is_checked_and_given_out_only_to_be_saved(world: CaseWorld) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    bad = SimpleUploadedFile("figures.pdf", b"MZ\x90\x00 a program")
    refused = world.author.post(world.address("evidence/"), {"title": "Thefts", "file": bad})
    assert refused.status_code == 422
    assert "not taken" in refused.content.decode()
    page = SimpleUploadedFile("x.html", b"<script>alert(1)</script>")
    world.author.post(world.address("evidence/"), {"title": "Thefts", "file": page})
    knowing = client_as(make_user(roles=(Role.AUDITOR,), location_right=True))
    pattern = rf"{world.address('evidence/')}[0-9a-f-]{{36}}/"
    (link,) = set(re.findall(pattern, text_of(knowing, world.address())))
    given = knowing.get(link)
    assert given["Content-Type"] == "application/octet-stream"
    assert given["Content-Disposition"].startswith("attachment;")
    assert world.author.get(link).status_code == 404
    assert world.author.post(f"{link}remove/").status_code == 302
    assert knowing.get(link).status_code == 404


def test_the_system_names_the_cameras_that_are_there_already(world: CaseWorld) -> None:
    make_camera(number=2, last_heard_at=datetime.now(UTC))
    make_camera(
        number=3, site=make_site("Far", area_name="Harwich", latitude=51.94, longitude=1.28),
        area_name="Harwich",
    )  # fmt: skip
    world.fill()
    page = text_of(world.author, world.address("overlaps/"))
    assert "Camera 7/1/2" in page
    assert "Camera 7/1/3" not in page
    assert "Distance" not in page
    knowing = client_as(make_user(roles=(Role.AUTHORISER,), location_right=True))
    assert "0.0 km" in text_of(knowing, world.address("overlaps/"))


def test_a_reader_of_cases_reads_and_does_not_write(world: CaseWorld) -> None:
    world.write("need")
    auditor = client_as(make_user(roles=(Role.AUDITOR,)))
    page = text_of(auditor, world.address("parts/need/"))
    assert "Serious, organised and major crime" in page
    assert "<form method" not in page.split("<main")[1]
    assert auditor.post(world.address("parts/need/"), {"later": "yes"}).status_code == 404
    foreign = client_as(make_user(roles=(Role.AUDITOR,), unit=None))
    assert foreign.get("/camera-cases/00000000-0000-7000-8000-000000000000/").status_code == 404
