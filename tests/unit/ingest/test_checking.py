"""Judging a batch: whatever stands beside a good read, it is kept."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openanpr.cameras.authority import Stretch
from openanpr.cameras.facts import CameraFacts
from openanpr.ingest.checking import Limits, Verdict, check_batch
from openanpr.ingest.sound import sound_reads
from openanpr.wire import Clock, RawBatch, Read, RejectionReason, uuid7

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TOLERANCE = timedelta(seconds=2)
DEVICE = uuid7()
CAMERAS = {
    key: CameraFacts(
        id=number,
        key=key,
        name=key,
        device_id=DEVICE,
        state=state,
        area_name="North",
        latitude=None,
        longitude=None,
        is_mobile=False,
        authority=(Stretch(NOON - timedelta(days=999)),),
    )
    for number, (key, state) in enumerate([("7/1/1", "live"), ("7/1/2", "suspended")], start=1)
}
LIMITS = Limits(
    oldest=NOON - timedelta(days=365),
    newest=NOON + TOLERANCE,
    late_before=NOON - timedelta(minutes=1),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from(
    ["id", "sequence", "camera", "vrm", "confidence", "captured_at", "raw_vrm", "alternatives"]
)


def good_read(**changes: Any) -> dict[str, Any]:
    read = Read(
        id=uuid7(),
        sequence=1,
        camera="7/1/1",
        vrm="OA30AAA",
        confidence=0.9,
        captured_at=NOON - timedelta(seconds=1),
    )
    fields: dict[str, Any] = json.loads(msgspec.json.encode(read))
    return fields | changes


def judge(*reads: Any) -> Verdict:
    body = {
        "schema": "openanpr.batch.v1",
        "reader": str(DEVICE),
        "batch_id": str(uuid7()),
        "sequence": 1,
        "sent_at": NOON.isoformat(),
        "clock": {"source": "ntp"},
        "reads": list(reads),
    }
    return check_batch(
        batch=msgspec.json.decode(json.dumps(body).encode(), type=RawBatch),
        device_id=DEVICE,
        cameras=CAMERAS,
        limits=LIMITS,
        at=NOON,
    )


@given(st.lists(st.tuples(FIELDS, JSON) | st.just(None), max_size=8))
def test_every_read_is_kept_or_named_and_good_ones_are_always_kept(
    spoilt: list[tuple[str, Any] | None],
) -> None:
    reads = [good_read(**({} if one is None else {one[0]: one[1]})) for one in spoilt]
    verdict = judge(*reads)
    assert len(verdict.rows) + len(verdict.rejections) == len(reads)
    kept = {str(row.read.id) for row in verdict.rows}
    for read, one in zip(reads, spoilt, strict=True):
        assert one is not None or read["id"] in kept
    assert sum(verdict.refusals.values()) == len(verdict.rejections)


@given(JSON)
def test_no_answer_repeats_what_was_sent(nonsense: Any) -> None:
    (rejection,) = judge(good_read(vrm=[nonsense], raw_vrm="KB81ZZX")).rejections
    assert rejection.reason is RejectionReason.BAD_VRM
    assert "KB81ZZX" not in rejection.detail


def test_the_tolerance_is_inclusive_and_not_a_microsecond_longer() -> None:
    at_the_edge = good_read(captured_at=(NOON + TOLERANCE).isoformat())
    beyond = good_read(captured_at=(NOON + TOLERANCE + timedelta(microseconds=1)).isoformat())
    verdict = judge(at_the_edge, beyond)
    assert [str(row.read.id) for row in verdict.rows] == [at_the_edge["id"]]
    (quarantined,) = verdict.quarantined
    assert str(quarantined.read_id) == beyond["id"]
    assert quarantined.ahead == TOLERANCE + timedelta(microseconds=1)


def test_the_oldest_moment_kept_is_kept() -> None:
    edge = good_read(captured_at=LIMITS.oldest.isoformat())
    older = good_read(captured_at=(LIMITS.oldest - timedelta(microseconds=1)).isoformat())
    verdict = judge(edge, older)
    assert [str(row.read.id) for row in verdict.rows] == [edge["id"]]
    assert [one.reason for one in verdict.rejections] == [RejectionReason.BEYOND_RETENTION]


def test_times_at_the_ends_of_the_calendar_are_judged_too() -> None:
    first = good_read(captured_at="0001-01-01T00:00:00+14:00")
    last = good_read(captured_at="9999-12-31T23:59:59-23:00")
    verdict = judge(first, last)
    assert [one.reason for one in verdict.rejections] == [
        RejectionReason.BEYOND_RETENTION,
        RejectionReason.CAPTURED_IN_THE_FUTURE,
    ]


def test_a_suspended_camera_is_asked_before_the_clock_so_nothing_of_it_is_kept() -> None:
    ahead = good_read(camera="7/1/2", captured_at=(NOON + timedelta(hours=1)).isoformat())
    verdict = judge(ahead)
    assert [one.reason for one in verdict.rejections] == [RejectionReason.CAMERA_SUSPENDED]
    assert verdict.quarantined == []


def test_lateness_begins_after_a_minute() -> None:
    on_time = good_read(captured_at=(NOON - timedelta(minutes=1)).isoformat())
    late = good_read(captured_at=(NOON - timedelta(minutes=1, microseconds=1)).isoformat())
    assert [row.late for row in judge(on_time, late).rows] == [False, True]


def quick(*reads: Any) -> Sequence[Read] | None:
    return sound_reads(
        RawBatch(
            schema="openanpr.batch.v1",
            reader=DEVICE,
            batch_id=uuid7(),
            sequence=1,
            sent_at=NOON,
            clock=Clock(),
            reads=tuple(msgspec.Raw(json.dumps(read).encode()) for read in reads),
        )
    )


FULL = {
    "raw_vrm": "0A30 é",
    "alternatives": [{"vrm": "0A30AAA", "confidence": 0.1}],
    "country": "GB",
    "direction": "approaching",
    "patch_sha256": "ab" * 32,
    "model_version": "m, {1}",
}


def test_the_quick_way_reads_what_the_careful_way_reads() -> None:
    raw = good_read(**FULL)
    careful = msgspec.json.decode(json.dumps(raw), type=Read)
    read, plain = quick(raw, good_read()) or ()
    assert msgspec.json.encode(read) == msgspec.json.encode(careful)
    assert plain.vrm == "OA30AAA"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("vrm", text) for text in ("", "AB\nCD", "AB\n", "A" * 13, "ab", "A B", "É", None, 7)],
        *[("raw_vrm", text) for text in ("\0", "a\n", "x" * 65, None)],
        *[("country", text) for text in ("", "gb", "GB\n", "GBRX")],
        *[("model_version", text) for text in ("\x7f", "x" * 65)],
        *[("patch_sha256", text) for text in ("", "AB" * 32, "ab" * 31, "ab" * 32 + "\n")],
        ("overview_sha256", "0"),
        ("alternatives", [{"vrm": "a", "confidence": 0.1}]),
        ("alternatives", [{"vrm": "A\nB", "confidence": 0.1}]),
        ("alternatives", [{"vrm": "A", "confidence": 1.1}]),
        ("alternatives", [{"vrm": "A", "confidence": 0.1}] * 11),
        ("confidence", 1.01),
        ("captured_at", "2026-11-22T12:00:00"),
        ("direction", "up"),
        ("sequence", -1),
        ("latitude", 91),
        ("id", "no"),
    ],
)
def test_the_quick_way_takes_nothing_that_the_careful_way_refuses(field: str, value: Any) -> None:
    raw = good_read(**FULL) | {field: value}
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(json.dumps(raw), type=Read)
    assert quick(good_read(), raw) is None
