"""From the search by its own door to the reply that is fetched once, and who saw the read."""

import hashlib
import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse
from tests.factories.accounts import client_as
from tests.factories.casework import MARK, OTHER_MARK, StoredReads, make_casework

from openanpr.access.vocabulary import Role
from openanpr.audit.models import AuditEvent
from openanpr.config.values import get_settings
from openanpr.imaging import crop, overview_jpeg, patch_jpeg
from openanpr.reads.images import image_store
from openanpr.reads.models import ReadImage
from openanpr.rights.models import FoundRead, InformationRequest, ReplyPack
from openanpr.rights.services.receiving import Asked, receive
from openanpr.rights.services.replying import hash_of
from openanpr.rights.services.searching import search_for
from openanpr.rights.services.steps import check_keeper, make_step, take_over
from openanpr.rights.timing import day_of
from openanpr.rights.vocabulary import Channel, Kind
from openanpr.search.store import LivePart, open_live_searches
from openanpr.wire.ids import uuid7

DAY = timedelta(days=1)
WHY = "The passport and the keeper's record agree"


@pytest.fixture
def casework(db):
    return make_casework(datetime.now(UTC))


@pytest.fixture
def robyn(casework):
    return casework.person("robyn", roles=(Role.RIGHTS_OFFICER,), mfa=True)


@pytest.fixture
def client(robyn):
    return client_as(robyn)


def open_request(casework, robyn, *, days=10, kind=Kind.ACCESS):
    """A request whose person is known to have kept MARK for the last ``days`` days."""
    author, at = casework.author(robyn), casework.at
    asked = Asked(kind=kind, full_name="Pat Example", contact="pat@example.org", words="My car")
    day = day_of(at)
    made = receive(asked=asked, channel=Channel.POST, received_on=day, author=author, at=at)
    take_over(author=author, request_id=made.id, at=at)
    evidence = {"identity": "Passport"}
    step = {"author": author, "request_id": made.id, "reason": WHY, "at": at}
    make_step(**step, name="identify", evidence=evidence)
    check_keeper(
        author=author,
        request_id=made.id,
        vrm=MARK,
        kept_from=day - days * DAY,
        kept_to=day,
        evidence="V5C",
        at=at,
    )
    return InformationRequest.objects.get(id=made.id)


def with_pictures(stored, at, camera):
    """A read whose plate and scene have come."""
    scene = np.full((480, 640, 3), 90, dtype=np.uint8)
    scene[240:, 320:] = 60
    scene[200:230, 250:370] = 235
    for left in (256, 270, 290, 301, 320, 338, 352):
        scene[205:225, left : left + 6] = 10
    plate = crop(scene, x=250, y=200, width=120, height=30)
    hashes = {}
    for kind, data in (("patch", patch_jpeg(plate)), ("overview", overview_jpeg(scene))):
        received = hashlib.sha256(kind.encode() + data).digest()
        ReadImage.objects.using("owner").create(
            received_sha256=received,
            device=uuid7(),
            kind=kind,
            stored_sha256=bytes.fromhex(image_store(get_settings()).put(data)),
            received_at=at,
            bytes=len(data),
            width=1,
            height=1,
        )
        hashes[f"{kind}_hash"] = received
    return stored.add(MARK, at, camera_id=camera.id, **hashes)


def test_a_keeper_gets_their_own_reads_once(casework, robyn, client, superuser):
    stored, camera = StoredReads(superuser), casework.camera()
    with_pictures(stored, casework.at - DAY, camera)
    wanted = stored.add(MARK, casework.at - 2 * DAY, camera_id=camera.id)
    held = stored.add(MARK, casework.at - 3 * DAY, camera_id=camera.id)
    stored.add(MARK, casework.at - 20 * DAY, camera_id=camera.id)
    stored.add(OTHER_MARK, casework.at - DAY, camera_id=camera.id)
    covert = casework.camera(2, sensitive=True)
    stored.add(MARK, casework.at - 4 * DAY, camera_id=covert.id)
    request = open_request(casework, robyn)
    address = {"request_id": request.id}

    page = client.post(reverse("rights_search", kwargs=address), follow=True).content.decode()
    assert "The search found 3 reads" in page
    assert "Northgate" in page
    assert "Secret Bridge" not in page
    assert set(request.found.values_list("vrm", flat=True)) == {MARK}

    found = {str(read.read_id): read for read in FoundRead.objects.all()}
    back = {"read": [found[str(held)].id], "ground": "inquiry", "reason": "An inquiry follows it"}
    assert (
        "Decided on 1 read."
        in client.post(reverse("rights_reads", kwargs=address), back, follow=True).content.decode()
    )
    first = request.found.filter(patch_hash__isnull=False).get()
    picture = reverse("rights_picture", kwargs={**address, "found_id": first.id})
    assert "all but the plate painted over" in client.get(picture).content.decode()
    leaving = {**address, "found_id": first.id, "part": "scene"}
    assert client.get(reverse("rights_leaving", kwargs=leaving)).content.startswith(b"\xff\xd8")
    client.post(picture, {"give": "yes"})

    said = {"outcome": "part", "ground": "inquiry", "reason": "Two given, one would warn somebody"}
    client.post(reverse("rights_decide", kwargs=address), said)
    preview = client.get(reverse("rights_reply", kwargs=address)).content.decode()
    assert "rows " in preview
    made = client.post(reverse("rights_reply", kwargs=address)).content.decode()
    lost = re.search(r"/reply/([\w-]+)/", made)[1]
    again = client.post(reverse("rights_link", kwargs=address)).content.decode()
    token = re.search(r"/reply/([\w-]+)/", again)[1]
    assert Client().post(reverse("public_reply", args=[lost])).status_code == 404
    AuditEvent.objects.get(verb="request.link")
    pack = ReplyPack.objects.get()
    assert pack.token_hash == hash_of(token)
    assert token not in str(list(AuditEvent.objects.values_list("payload", flat=True)))

    fetched = fetch_once(token, request.reference)
    with zipfile.ZipFile(io.BytesIO(fetched)) as archive:
        rows = archive.read("reads.csv").decode().splitlines()
        assert len(rows) == 3
        assert {"pictures/0002-plate.jpg", "pictures/0002-scene.jpg"} <= set(archive.namelist())
    leave = AuditEvent.objects.get(verb="request.pack").payload["read_ids"]
    assert str(wanted) in leave
    assert str(held) not in leave
    assert bytes(ReplyPack.objects.get().content) == b""
    assert client.get(reverse("rights_reads", kwargs=address)).content.decode().count(MARK) == 0


def fetch_once(token, reference):
    """The reply behind the link; every wrong way is answered alike, before and after."""
    address = reverse("public_reply", args=[token])
    stranger = Client()
    assert (
        stranger.get(address).content == stranger.get(reverse("public_reply", args=["x"])).content
    )
    wrong = [
        stranger.post(reverse("public_reply", args=["x" * 43]), {"reference": reference}),
        stranger.post(address, {"reference": "IR-2222-2222"}),
        stranger.post(address),
    ]
    given = stranger.post(address, {"reference": reference.lower()})
    assert (given.status_code, given["Content-Type"]) == (200, "application/zip")
    wrong.append(stranger.post(address, {"reference": reference}))
    assert {(one.status_code, one.content) for one in wrong} == {(404, wrong[0].content)}
    assert not stranger.cookies
    whys = AuditEvent.objects.filter(verb="request.fetch-refuse").order_by("sequence")
    assert [row.payload["why"] for row in whys][1:] == [
        *("wrong", "another reference", "another reference", "used")
    ]
    return given.content


def test_who_ever_saw_the_read(casework, robyn, client, superuser):
    read = StoredReads(superuser).add(MARK, casework.at - DAY, camera_id=casework.camera().id)
    request = open_request(casework, robyn)
    client.post(reverse("rights_search", args=[request.id]))
    found = FoundRead.objects.get()
    page = client.get(reverse("rights_viewers", args=[request.id, found.id])).content.decode()
    assert "Robyn Example" in page
    assert "was shown 1 reads" in page
    auditor = client_as(casework.person("lee", roles=(Role.AUDITOR,), mfa=True))
    page = auditor.get(reverse("read_viewers"), {"read": str(read)}).content.decode()
    assert "was shown 1 reads" in page
    assert MARK not in page
    other = auditor.get(reverse("read_viewers"), {"read": str(uuid7())}).content.decode()
    assert "No row of the audit names this read" in other
    assert auditor.get(reverse("read_viewers"), {"read": "x"}).status_code == 422
    stranger = client_as(casework.person("olga", roles=(Role.RIGHTS_OFFICER,), mfa=True))
    refused = stranger.get(reverse("rights_viewers", args=[request.id, found.id]))
    assert (refused.status_code, b"not yours" in refused.content) == (403, True)
    assert AuditEvent.objects.filter(verb="read.viewers", decision="deny").count() == 1


@pytest.mark.security
def test_the_door_opens_to_nothing_but_what_was_decided(casework, robyn, superuser):
    StoredReads(superuser).add(MARK, casework.at - DAY, camera_id=casework.camera().id)
    request = open_request(casework, robyn)
    author = casework.author(robyn)
    search = search_for(author=author, request_id=request.id, at=casework.at)
    assert search.rows == 1
    asked = AuditEvent.objects.get(sequence=search.audit_sequence)
    part = asked.payload["parts"][0]
    values = {
        "start": datetime.fromisoformat(part["from"]),
        "end": datetime.fromisoformat(part["to"]),
        "vrms": frozenset({MARK}),
        "camera_ids": (),
    }
    wider = [
        {"id": uuid7()},
        {"vrms": frozenset({OTHER_MARK})},
        {"vrms": None},
        {"start": values["start"] - DAY},
        {"pattern": "OA*"},
        {"held": True},
    ]
    for change in wider:
        live = {"id": asked.payload["live_search_ids"][0], **values, **change}
        with pytest.raises(DatabaseError), transaction.atomic():
            open_live_searches([LivePart(**live)], request_id=request.id, account_id=robyn.pk)
    other = casework.person("olga", roles=(Role.RIGHTS_OFFICER,), mfa=True)
    refused = search_for(author=casework.author(other), request_id=request.id, at=casework.at)
    assert (refused.result_sequence, refused.rows) == (None, None)
    assert AuditEvent.objects.get(sequence=refused.audit_sequence).decision == "deny"
