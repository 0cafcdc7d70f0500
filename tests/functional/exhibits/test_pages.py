"""From a search's result to a pack that anybody can check, and who had it since."""

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from django.urls import reverse

from openanpr.access.vocabulary import Role
from openanpr.accounts import session
from openanpr.audit.models import AuditEvent
from openanpr.exhibits import keeping, sealing
from openanpr.exhibits.models import Exhibit, ExhibitEvent
from openanpr.exhibits.services import giving, writing
from openanpr.exhibits.views import making
from openanpr.imaging import PATCH_LIMITS, encode_jpeg
from tests.factories.accounts import client_as
from tests.factories.casework import MARK
from tests.factories.jobs import do_jobs
from tests.factories.reads import stored_picture
from tests.functional.search.test_journey import search_form

DAY = timedelta(days=1)
CHECKER = Path(__file__).parents[3] / "verify" / "evidence_check.py"
WHY = "Disclosure to the prosecutor in the Mill Lane burglaries"


@pytest.fixture
def ada(casework):
    return casework.person("ada", mfa=True, location_right=True)


@pytest.fixture
def client(ada):
    return client_as(ada)


@pytest.fixture
def case(casework, stored, ada):
    camera = casework.camera()
    patch = stored_picture(encode_jpeg(np.full((30, 100, 3), 99, np.uint8), limits=PATCH_LIMITS))
    stored.add(MARK, casework.at - DAY, camera_id=camera.id, patch_hash=patch)
    stored.add(MARK, casework.at - 2 * DAY, camera_id=camera.id, clock_offset_ms=12.0)
    return casework.investigation(ada)


@pytest.fixture
def draft(client, casework, case):
    page = client.post(reverse("search"), search_form(case, casework.at)).text
    tokens = re.findall(r'name="read" value="([^"]+)"', page)
    client.post(reverse("exhibit_new"), {"read": tokens})
    return Exhibit.objects.get()


def make(client, draft, **fields):
    form = {
        "recipient": "Zoë\nO'Brien, CPS",
        "reason": WHY,
        "edition": "open",
        "jurisdiction": "scotland",
        "initials": "ae",
        "days": "30",
        **fields,
    }
    return client.post(reverse("exhibit_make", args=[draft.id]), form, follow=True)


def pack_of(client, exhibit, tmp_path):
    answer = client.post(reverse("exhibit_fetch", args=[exhibit.id]))
    path = tmp_path / "pack.zip"
    path.write_bytes(answer.content)
    key = sealing.public_key_of(settings.SETTINGS)
    command = [sys.executable, "-I", "-S", str(CHECKER), str(path), "--key", key]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    return answer, zipfile.ZipFile(io.BytesIO(answer.content))


def test_picked_reads_become_a_pack_that_checks_offline(client, draft, tmp_path):
    page = make(client, draft).text
    assert "Exhibit AE/1 is made." in page
    made = AuditEvent.objects.get(verb="exhibit.make")
    assert made.payload["recipient"] == "Zoë O'Brien, CPS"
    exhibit = Exhibit.objects.get()
    answer, pack = pack_of(client, exhibit, tmp_path)
    assert 'filename="exhibit-AE-1-open.zip"' in answer["Content-Disposition"]
    assert hashlib.sha256(answer.content).hexdigest() == exhibit.pack_sha256
    reads = json.loads(pack.read("reads.json"))["reads"]
    assert sorted(one["read_id"] for one in reads) == sorted(made.payload["read_ids"])
    numbers = [json.loads(line)["sequence"] for line in pack.read("audit.jsonl").splitlines()]
    assert numbers[-1] == made.sequence
    assert len(numbers) == 3
    assert "pictures/0001-plate.jpg" in pack.namelist()
    text = b"".join(pack.read(name) for name in pack.namelist() if not name.endswith(".pdf"))
    assert b"Secret Bridge" not in text
    assert b"51.7" not in text
    assert [one.what for one in ExhibitEvent.objects.order_by("at", "id")] == [
        "Made for Zoë O'Brien, CPS, open edition",
        "Pack made and signed",
        "Copy taken out",
    ]


def test_the_sensitive_edition_names_the_site_and_takes_the_right_to_it(
    casework, client, draft, tmp_path, superuser
):
    make(client, draft, edition="sensitive")
    _, pack = pack_of(client, Exhibit.objects.get(), tmp_path)
    assert b"Secret Bridge 1" in pack.read("reads.json")
    assert json.loads(pack.read("audit.jsonl").splitlines()[0])["fields"]["actor_name"]


@pytest.mark.security
def test_without_the_location_right_there_is_no_sensitive_edition(client, draft, superuser):
    superuser.execute("update account set location_right = false")
    refused = make(client, draft, edition="sensitive")
    assert refused.status_code == 403
    assert "takes the location right" in refused.text
    assert Exhibit.objects.get().state == "draft"


@pytest.mark.security
def test_there_is_no_file_before_its_record_and_none_without_a_fresh_proof(
    casework, client, draft, superuser
):
    stored = client.session
    stored[session.STARTED] = (datetime.now(UTC) - timedelta(hours=1)).timestamp()
    stored.save()
    asked = client.post(reverse("exhibit_make", args=[draft.id]), {"recipient": "x"})
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert client.post(reverse("exhibit_fetch", args=[draft.id])).status_code == 302
    assert Exhibit.objects.get().state == "draft"
    with pytest.raises(Exception, match="exhibit_recorded_before_it_exists"):
        superuser.execute("update exhibit set state = 'ready'")


@pytest.mark.security
def test_a_searcher_makes_none_and_strangers_and_auditors_get_none(casework, client, draft, case):
    searcher = casework.person("sam", roles=(Role.SEARCHER,), mfa=True)
    stranger = client_as(searcher)
    assert make(stranger, draft).status_code == 404
    make(client, draft)
    address = reverse("exhibit", args=[draft.id])
    assert stranger.get(address).status_code == 404
    assert stranger.post(reverse("exhibit_fetch", args=[draft.id])).status_code == 404
    auditor = client_as(casework.person("eve", roles=(Role.AUDITOR,), mfa=True))
    page = auditor.get(address).text
    assert "AE/1" in page
    assert MARK not in page
    assert "Take a copy out" not in page


def test_who_was_handed_a_copy_is_noted_and_the_file_goes_on_its_day(client, draft, casework):
    make(client, draft)
    handed = reverse("exhibit_handed", args=[draft.id])
    assert client.post(handed, {"recipient": ""}).status_code == 422
    page = client.post(handed, {"recipient": "A Clerk", "note": "By hand"}, follow=True).text
    assert "Handed to A Clerk" in page
    exhibit = Exhibit.objects.get()
    store = keeping.packs(settings.SETTINGS)
    assert giving.remove_old(settings=settings.SETTINGS, at=casework.at + 29 * DAY) == 0
    assert giving.remove_old(settings=settings.SETTINGS, at=casework.at + 31 * DAY) == 1
    assert store.open(exhibit.pack_sha256) is None
    gone = Exhibit.objects.get()
    assert (gone.state, gone.picks, gone.vrms) == ("removed", [], [])
    assert giving.remove_old(settings=settings.SETTINGS, at=casework.at + 32 * DAY) == 0


def test_a_pack_whose_content_is_gone_fails_in_words_and_a_second_writing_changes_nothing(
    client, draft, casework
):
    make(client, draft)
    before = Exhibit.objects.get().pack_sha256
    writing.write_pack(draft.id, settings=settings.SETTINGS, at=casework.at)
    assert Exhibit.objects.get().pack_sha256 == before
    Exhibit.objects.update(state="asked", content_sha256="1" * 64)
    with pytest.raises(writing.PackProblem, match="Make another exhibit"):
        writing.write_pack(draft.id, settings=settings.SETTINGS, at=casework.at)


def test_a_large_pack_is_made_by_the_job_with_its_own_role(
    client, draft, casework, monkeypatch, tmp_path
):
    monkeypatch.setattr(making, "SMALL", 1)
    page = make(client, draft).text
    assert "The pack waits to be made." in page
    assert do_jobs(datetime.now(UTC)) == 1
    pack_of(client, Exhibit.objects.get(), tmp_path)


def test_nothing_picked_says_what_to_do(client, casework):
    answer = client.post(reverse("exhibit_new"))
    assert answer.status_code == 422
    assert "Tick the reads" in answer.text
