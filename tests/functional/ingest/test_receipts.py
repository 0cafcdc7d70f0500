"""Reads are dropped on the way and come later: the gap is named, counted, shown, and closed."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from tests.factories.accounts import client_as, make_user
from tests.factories.alerts import acting_as
from tests.factories.cameras import make_camera, make_reader, make_site
from tests.factories.reads import a_read
from tests.functional.ingest.served import FieldReader, Served

from openanpr.access.vocabulary import Role
from openanpr.audit.models import AuditEvent
from openanpr.config.database import DatabaseRole
from openanpr.ingest.models import ReaderGap
from openanpr.ingest.receipts import account_receipts

MARKS = ("OA30AAA", "OA31AAB", "OA32AAC")


def account() -> None:
    """Run the job as the process that does jobs runs it."""
    with acting_as(DatabaseRole.JOBS):
        account_receipts(at=datetime.now(UTC))


def send(reader: FieldReader, *numbers: int) -> None:
    """One batch of reads with these numbers, which follow one another."""
    reads = [a_read(MARKS[number % 3], sequence=number) for number in numbers]
    reader.taken(reader.post_batch(reader.batch(reads, sequence=numbers[0])))


def page(role: Role = Role.SYSTEM_MANAGER) -> str:
    return client_as(make_user(roles=(role,))).get(reverse("receipts")).content.decode()


def test_a_dropped_batch_is_a_gap_until_it_comes(
    ingest: Served,
) -> None:
    kit = make_reader()
    make_camera(kit, site=make_site("S1", name="Secret Bridge"))
    ingest.catch_up()
    reader = FieldReader(ingest, kit)
    send(reader, 5, 6)
    send(reader, 9, 10)
    account()
    account()
    assert "Received 4 of 6. Missing: 7 to 8." in page()
    assert ingest.metric("openanpr_ingest_reads_missing") == 2
    assert "Secret Bridge" not in page()

    send(reader, 8)
    account()
    assert "Received 5 of 6. Missing: 7." in page()
    send(reader, 7)
    account()
    text = page()
    assert "Received 6 of 6." in text
    assert "Came later" in text
    assert ingest.metric("openanpr_ingest_reads_missing") == 0
    assert not ReaderGap.objects.filter(closed_at=None).exists()
    first, *_ = AuditEvent.objects.filter(verb="ingest.gaps").order_by("sequence")
    assert first.payload == {"noticed": 1, "missing": 2, "closed": 0}


@pytest.mark.security
def test_a_reader_with_several_cameras_is_told_so_and_covert_ones_are_left_out(
    ingest: Served,
) -> None:
    kit = make_reader()
    make_camera(kit)
    make_camera(kit, number=2)
    hidden = make_reader("hidden")
    covert = make_site("S9", name="Hidden Lane", sensitive=True)
    make_camera(hidden, number=9, site=covert)
    ingest.catch_up()
    for reader in (FieldReader(ingest, kit), FieldReader(ingest, hidden)):
        number = 9 if reader.kit is hidden else 1
        for sequence in (1, 3):
            read = a_read(MARKS[sequence % 3], sequence=sequence, camera=f"7/1/{number}")
            reader.taken(reader.post_batch(reader.batch([read], sequence=sequence)))
    account()
    text = page()
    assert "which of its 2 cameras made them is not known" in text
    assert "7/1/9" not in text
    assert text.count("govuk-tag--red") == 3
