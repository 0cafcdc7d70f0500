"""Taking a result out: decided, recorded before there is a file, and safe to open."""

import contextlib
import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from openanpr.access.vocabulary import Role
from openanpr.accounts import session
from openanpr.audit.models import AuditEvent
from openanpr.search.models import SearchRun
from tests.factories.accounts import client_as
from tests.factories.casework import MARK
from tests.functional.search.test_journey import search_form

DAY = timedelta(days=1)
WHY = "Disclosure to the prosecutor in the Mill Lane burglaries"


@pytest.fixture
def ada(casework):
    return casework.person("ada", mfa=True, location_right=True)


@pytest.fixture
def client(ada):
    return client_as(ada)


@pytest.fixture
def run(casework, stored, client, ada):
    camera = casework.camera()
    stored.add(MARK, casework.at - DAY, camera_id=camera.id, direction="=cmd|'/c calc'!A1")
    stored.add(MARK, casework.at - 2 * DAY, camera_id=camera.id)
    client.post(reverse("search"), search_form(casework.investigation(ada), casework.at))
    return SearchRun.objects.get()


def take(client, run, file_format="csv", **fields):
    form = {"recipient": "A Example, CPS", "reason": WHY, "format": file_format, **fields}
    return client.post(reverse("search_export", kwargs={"run_id": run.id}), form)


def body(answer):
    with contextlib.closing(answer):
        return b"".join(answer.streaming_content)


def test_the_record_stands_before_the_file_and_names_who_gets_it(client, run, stored):
    answer = take(client, run)
    rows = list(csv.DictReader(io.StringIO(body(answer).decode())))
    assert [row["read_id"] for row in rows] == [str(one) for one in stored.ids]
    assert {row["mark"] for row in rows} == {MARK}
    assert rows[0]["site"] == "Secret Bridge 1"
    made = AuditEvent.objects.get(verb="export.make")
    assert (made.payload["recipient"], made.reason) == ("A Example, CPS", WHY)
    assert made.payload["read_ids"] == [row["read_id"] for row in rows]
    assert {row["export"] for row in rows} == {str(made.sequence)}
    assert AuditEvent.objects.filter(verb="search.run").count() == 2


@pytest.mark.security
def test_no_cell_is_a_formula(client, run):
    rows = list(csv.DictReader(io.StringIO(body(take(client, run)).decode())))
    assert rows[0]["direction"] == "'=cmd|'/c calc'!A1"
    book = CalamineWorkbook.from_filelike(io.BytesIO(body(take(client, run, "xlsx"))))
    sheet = book.get_sheet_by_name("Reads").to_python()
    assert "=cmd|'/c calc'!A1" in sheet[1]
    assert ["recipient", "A Example, CPS"] in book.get_sheet_by_name("About").to_python()


def test_json_says_what_was_asked_and_allowed(client, run):
    told = json.loads(body(take(client, run, "json")))
    assert told["about"]["looked for"].startswith(MARK)
    assert "allowed" in told["about"]["allowed"]
    assert told["about"]["marking"] == "OFFICIAL-SENSITIVE"
    assert [one["mark"] for one in told["reads"]] == [MARK, MARK]


@pytest.mark.security
def test_without_the_right_to_export_there_is_no_file_and_no_look(casework, stored):
    ben = casework.person("ben", roles=(Role.SEARCHER,), mfa=True)
    stored.add(MARK, casework.at - DAY)
    client = client_as(ben)
    client.post(reverse("search"), search_form(casework.investigation(ben), casework.at))
    answer = take(client, SearchRun.objects.get())
    assert answer.status_code == 403
    assert "The export is refused" in answer.text
    refused = AuditEvent.objects.get(verb="export.refuse")
    assert "role-not-relevant" in refused.reasons
    assert not AuditEvent.objects.filter(verb="export.make").exists()
    assert AuditEvent.objects.filter(verb="search.run").count() == 1


@pytest.mark.security
def test_who_signed_in_long_ago_proves_who_they_are(client, run):
    stored = client.session
    stored[session.STARTED] = (datetime.now(UTC) - timedelta(hours=1)).timestamp()
    stored.save()
    page = client.get(reverse("search_export", kwargs={"run_id": run.id}))
    assert page.status_code == 302
    assert page.url.startswith(reverse("account_reauthenticate"))
    answer = take(client, run)
    assert answer.status_code == 403
    assert "prove again who you are" in answer.text
    stored["account_authentication_methods"] = [
        {"method": "password", "at": datetime.now(UTC).timestamp(), "reauthenticated": True}
    ]
    stored.save()
    assert MARK in body(take(client, run)).decode()


@pytest.mark.security
def test_more_reads_than_one_export_takes_do_not_leave(client, run, superuser):
    superuser.execute(
        "update profile_version set toml = replace(toml, 'export_rows = 500', 'export_rows = 1')"
    )
    superuser.execute(
        "update profile_version set digest = encode(sha256(convert_to(toml, 'UTF8')), 'hex')"
    )
    answer = take(client, run)
    assert answer.status_code == 403
    assert "more reads would leave" in answer.text
    assert AuditEvent.objects.get(verb="export.refuse").payload["rows"] == 2


@pytest.mark.security
def test_no_audit_no_file(client, run, superuser):
    superuser.execute("revoke execute on function audit_append(jsonb) from openanpr_web")
    try:
        answer = take(client, run)
    finally:
        superuser.execute("grant execute on function audit_append(jsonb) to openanpr_web")
    assert answer.status_code == 503


@pytest.mark.security
def test_nobody_takes_out_the_search_of_another(casework, run):
    ben = client_as(casework.person("ben", mfa=True))
    assert take(ben, run).status_code == 404


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [({"recipient": ""}, "Recipient"), ({"reason": "x"}, "few words why"), ({"format": "exe"}, "")],
)
def test_a_bad_form_makes_no_file(client, run, fields, complaint):
    answer = take(client, run, **fields)
    assert answer.status_code == 422
    assert complaint in answer.text
    assert not AuditEvent.objects.filter(verb="export.make").exists()
