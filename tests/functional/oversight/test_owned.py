"""A force whose reads were searched by another sees who and why."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from openanpr.access.vocabulary import Role
from openanpr.audit.models import AuditEvent
from openanpr.federation.models import Link
from openanpr.search.models import SearchRun
from openanpr.search.question import MarkQuestion
from openanpr.search.services import run_search
from openanpr.wire.ids import uuid7
from tests.factories.accounts import client_as, make_force, make_unit
from tests.factories.casework import MARK, REASON, StoredReads, make_casework

DAY = timedelta(days=1)


@pytest.mark.security
def test_the_owning_force_sees_who_of_another_force_was_shown_its_reads_and_why(db, superuser):
    casework = make_casework(datetime.now(UTC))
    stored = StoredReads(superuser)
    north = make_force("NX", "Northern Constabulary")
    camera, own = casework.camera(1), casework.camera(2)
    Link.objects.using("owner").create(
        credential=uuid7(),
        force=north,
        controller="The chief constable",
        feed_ids=[camera.feed_id + 900],
        admitted_at=casework.at,
    )
    type(camera).objects.using("owner").filter(id=camera.id).update(feed_id=camera.feed_id + 900)
    for number, one in enumerate((camera, camera, own)):
        stored.add(MARK, casework.at - DAY - timedelta(minutes=number), camera_id=one.id)
    ada = casework.person("ada")
    run_search(
        author=casework.author(ada),
        question=MarkQuestion(
            vrm=MARK, start=casework.at - 7 * DAY, end=casework.at, reason=REASON
        ),
        investigation=casework.investigation(ada),
        at=casework.at,
    )
    assert SearchRun.objects.get().shown_of == {"NX": 2}
    assert AuditEvent.objects.get(verb="search.result").payload["forces"] == {"NX": 2}

    def page(name, **fields):
        auditor = casework.person(name, roles=(Role.AUDITOR,), trained=False, mfa=True, **fields)
        return client_as(auditor).get(reverse("oversight_owned")).text

    theirs = page("nora", unit=make_unit("Audit", force=north))
    assert "Ada Example, Fictional Constabulary" in theirs
    assert REASON in theirs
    assert MARK not in theirs
    assert "Northgate" not in theirs
    assert "Nobody of another force" in page("audrey")
