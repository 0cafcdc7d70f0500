"""What a reader may send, and what it may not."""

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from openanpr.wire import Clock, RawBatch, Read, ReadBatch, uuid7

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def read_json(**changes: Any) -> bytes:
    read = Read(
        id=uuid7(),
        sequence=5,
        camera="7/1/3",
        vrm="OA30AAA",
        confidence=0.9,
        captured_at=NOON,
    )
    fields = json.loads(msgspec.json.encode(read)) | changes
    return json.dumps(fields).encode()


def test_a_batch_survives_the_journey() -> None:
    read = msgspec.json.decode(
        read_json(alternatives=[{"vrm": "0A30AAA", "confidence": 0.1}], box=[1, 2, 3, 4]),
        type=Read,
    )
    batch = ReadBatch(
        reader=uuid7(),
        batch_id=uuid7(),
        sequence=5,
        sent_at=NOON,
        clock=Clock(source="gps", offset_ms=-3.5),
        reads=(read,),
    )
    opened = msgspec.json.decode(msgspec.json.encode(batch), type=RawBatch)
    assert (opened.reader, opened.batch_id, opened.clock) == (
        batch.reader,
        batch.batch_id,
        batch.clock,
    )
    assert [msgspec.json.decode(raw, type=Read) for raw in opened.reads] == [read]


@pytest.mark.parametrize(
    "changes",
    [
        {"vrm": ""},
        {"vrm": "A" * 30},
        {"vrm": "oa30aaa"},
        {"vrm": "OA30 AAA"},
        {"vrm": "OA30AAA\n"},
        {"vrm": None},
        {"confidence": 1.01},
        {"confidence": -0.01},
        {"confidence": "0.9"},
        {"captured_at": "2026-11-22T12:00:00"},
        {"captured_at": "yesterday"},
        {"captured_at": 0},
        {"camera": "7/1"},
        {"camera": "7/1/3/4"},
        {"raw_vrm": "nul\u0000"},
        {"raw_vrm": "x" * 65},
        {"latitude": 91},
        {"sequence": -1},
        {"sequence": 2**63},
        {"id": "5"},
        {"patch_sha256": "AB" * 32},
        {"alternatives": [{"vrm": "?", "confidence": 1}]},
    ],
)
def test_a_bad_field_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(read_json(**changes), type=Read)


def test_an_unknown_field_of_a_later_version_is_let_pass() -> None:
    assert msgspec.json.decode(read_json(mood="cheerful"), type=Read).vrm == "OA30AAA"
