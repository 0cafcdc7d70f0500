"""The hourly roots: signed by the worker's role, printed by auditors, changed by nobody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.urls import reverse

from openanpr.access.vocabulary import Role
from openanpr.audit.models import AuditEvent, AuditRoot
from openanpr.audit.root_paper import as_paper
from openanpr.audit.root_store import newest_roots, sign_if_due, sign_now
from openanpr.audit.services import AuditActor, record_event
from openanpr.config.database import DatabaseRole, django_database
from openanpr.papers import Notice, Rows, to_pdf
from tests.factories.accounts import client_as, make_user

pytestmark = pytest.mark.usefixtures("db", "as_worker")

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)


@pytest.fixture
def as_worker():
    """Roots are signed by the worker, with its own rights."""
    from django.db import connections

    web = connections["default"]
    connections.settings["worker"] = connections.configure_settings(
        {"default": django_database(DatabaseRole.WORKER)}
    )["default"]
    worker = connections["default"] = connections["worker"]
    yield web
    worker.close()
    connections["default"] = web
    del connections["worker"], connections.settings["worker"]


def write():
    record_event(verb="audit.verify", actor=AuditActor.system("test"), at=AT, payload={"rows": 1})


def test_a_root_is_signed_each_hour_where_rows_were_added(as_worker):
    assert sign_if_due(key=KEY, at=AT) is None, "nothing to sign"
    write()
    first = sign_if_due(key=KEY, at=AT)
    assert (first.sequence, first.holds()) == (1, True)
    write()
    assert sign_if_due(key=KEY, at=AT + timedelta(minutes=59)) is None
    second = sign_if_due(key=KEY, at=AT + timedelta(hours=1))
    assert second.sequence == 2
    assert sign_now(key=KEY, at=AT + timedelta(hours=3)) is None, "no row since"
    assert [root.sequence for root in newest_roots(5)] == [2, 1]


def test_nobody_changes_or_removes_a_root(as_worker, superuser, connect_as):
    write()
    sign_now(key=KEY, at=AT)
    for change in ("update audit_root set sequence = 9", "delete from audit_root"):
        for connection in (superuser, connect_as(DatabaseRole.WORKER)):
            with pytest.raises(psycopg.Error), connection.transaction():
                connection.execute(change)
    assert AuditRoot.objects.count() == 1


def test_an_auditor_prints_hash_signature_and_key(as_worker):
    from django.db import connections

    write()
    root = sign_now(key=KEY, at=AT)
    connections["default"] = as_worker
    auditor = client_as(make_user("auditor", roles=(Role.AUDITOR,)))
    page = auditor.get(reverse("audit_roots")).text.replace(" ", "")
    for value in (root.hash, root.signature, root.public_key):
        assert value.hex() in page
    assert AuditEvent.objects.count() == 1


def test_the_roots_are_a_paper_to_keep_elsewhere(as_worker):
    write()
    root = sign_now(key=KEY, at=AT)
    paper = as_paper([root], force="Fictional Constabulary", at=AT)
    rows = next(one for one in paper.blocks if isinstance(one, Rows))
    assert rows.rows[0][2].replace(" ", "") == root.hash.hex()
    assert rows.rows[0][3].replace(" ", "") == root.signature.hex()
    false = replace(root, hash=bytes(32))
    assert any(isinstance(one, Notice) for one in as_paper([false], force="F", at=AT).blocks)
    assert to_pdf(paper) == to_pdf(paper)
    from django.db import connections

    connections["default"] = as_worker
    answer = client_as(make_user(roles=(Role.AUDITOR,))).get(reverse("audit_roots_pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert 'filename="audit-roots-to-1.pdf"' in answer["Content-Disposition"]
