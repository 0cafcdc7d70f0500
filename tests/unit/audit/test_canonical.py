"""The canonical form, by its definition in docs/adr/0010-audit-chain.md."""

from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest

from openanpr.audit.canonical import FIELDS, GENESIS, Row, field_salt, list_text, time_text


def test_the_hash_is_what_the_definition_says():
    salt, values = b"s" * 32, {name: f"value of {name}" for name in FIELDS}
    row = Row(sequence=7, values=values, salt=salt, previous_hash=b"p" * 32, hash=b"")
    material = b"p" * 32 + bytes([0, 0, 0, 0, 0, 0, 0, 7])
    for name in FIELDS:
        own = sha256(salt + name.encode()).digest()
        material += sha256(own + values[name].encode()).digest()
    assert row.computed_hash() == sha256(material).digest()


def test_the_first_row_follows_the_name_of_the_format():
    assert sha256(b"openanpr.audit.v1").digest() == GENESIS


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC), "2026-01-02T03:04:05.000006Z"),
        (
            datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1))),
            "2026-06-30T23:30:00.000000Z",
        ),
        (datetime(987, 1, 1, tzinfo=UTC), "0987-01-01T00:00:00.000000Z"),
    ],
)
def test_times_are_utc_to_the_microsecond(moment, text):
    assert time_text(moment) == text


def test_lists_cannot_be_confused():
    assert list_text([]) == ""
    assert list_text(["ab", "é"]) == "2:ab2:é"
    assert list_text(["a", "b"]) != list_text(["a1:b"])
    assert list_text([""]) == "0:"


def test_the_salt_of_one_field_opens_no_other():
    assert field_salt(b"s" * 32, "reason") != field_salt(b"s" * 32, "payload")
