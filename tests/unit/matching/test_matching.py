"""Reads against a snapshot file, as ingest does it."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openanpr.matching import HotlistSnapshot, Matcher, SnapshotEntry, SnapshotError, write_snapshot
from openanpr.matching.packing import canonical_keys
from openanpr.vrm import ALPHABET, InvalidVrm, canonical, pack
from openanpr.vrm.fictional import marks
from openanpr.wire import Alternative, uuid7

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MARK = st.text(alphabet=ALPHABET, min_size=1, max_size=12)


@dataclass(frozen=True)
class Seen:
    vrm: str
    captured_at: datetime = NOON
    confidence: float = 0.97
    alternatives: tuple[Alternative, ...] = ()


def entry(vrm: str, *, valid_from: datetime = NOON - DAY, weed_at: datetime = NOON + DAY):
    return SnapshotEntry(
        entry_id=uuid7(),
        hotlist_id=uuid.UUID(int=7),
        canonical=canonical(vrm),
        vrm=vrm,
        valid_from=valid_from,
        weed_at=weed_at,
        priority=2,
        covert=False,
        action="stop",
        copy={"reason": "Uninsured", "warning_markers": ["violent"]},
    )


def matcher_of(tmp_path: Path, *entries: SnapshotEntry) -> Matcher:
    path = tmp_path / "lists.snapshot"
    write_snapshot(path, 3, entries)
    return Matcher(HotlistSnapshot.load(path))


def test_a_listed_mark_hits_with_the_entry_as_it_stood(tmp_path: Path) -> None:
    wanted = entry("OA30AAA")
    matcher = matcher_of(tmp_path, entry("KB81ZZX"), wanted, entry("LA99AAB"))

    hits = matcher.match([Seen("KB80AAA"), Seen("OA30AAA")])

    assert [(hit.read_index, hit.entry_id, hit.how) for hit in hits] == [
        (1, wanted.entry_id, "exact")
    ]
    assert hits[0].entry == wanted
    assert matcher.version == 3


def test_a_mark_drawn_alike_hits_as_folded(tmp_path: Path) -> None:
    matcher = matcher_of(tmp_path, entry("OA30AAO"))
    assert [hit.how for hit in matcher.match([Seen("0A3OAA0")])] == ["folded"]


def test_a_mark_on_two_lists_hits_twice_and_a_mark_on_none_never(tmp_path: Path) -> None:
    one, other = entry("OA30AAA"), entry("0A30AAA")
    matcher = matcher_of(tmp_path, one, other)
    hits = matcher.match([Seen("OA30AAA"), Seen("OA30AAB"), Seen("OA30AA"), Seen("OA30AAAA")])
    assert {hit.entry_id for hit in hits} == {one.entry_id, other.entry_id}
    assert {hit.read_index for hit in hits} == {0}


@pytest.mark.parametrize(
    ("captured_at", "expected"),
    [
        (NOON - DAY - timedelta(microseconds=1), 0),
        (NOON - DAY, 1),
        (NOON + DAY - timedelta(microseconds=1), 1),
        (NOON + DAY, 0),
    ],
)
def test_an_entry_matches_only_reads_captured_while_it_holds(
    tmp_path: Path, captured_at: datetime, expected: int
) -> None:
    matcher = matcher_of(tmp_path, entry("OA30AAA"))
    assert len(matcher.match([Seen("OA30AAA", captured_at)])) == expected


def test_nothing_matches_before_the_first_snapshot() -> None:
    empty = HotlistSnapshot.empty()
    assert (empty.version, len(empty)) == (0, 0)
    assert Matcher(empty).match([Seen("OA30AAA")]) == []


def test_a_snapshot_of_no_entries_is_a_snapshot(tmp_path: Path) -> None:
    matcher = matcher_of(tmp_path)
    assert (matcher.version, matcher.match([Seen("OA30AAA")])) == (3, [])


def test_every_one_of_many_marks_is_found_again(tmp_path: Path) -> None:
    listed = list(islice(marks(1), 500))
    matcher = matcher_of(tmp_path, *(entry(mark) for mark in listed))
    hits = matcher.match([Seen(mark) for mark in listed])
    assert [hit.entry.vrm for hit in hits] == listed


@pytest.mark.security
def test_a_file_changed_in_one_byte_or_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lists.snapshot"
    write_snapshot(path, 1, [entry("OA30AAA")])
    whole = path.read_bytes()

    path.write_bytes(whole[:-1])
    with pytest.raises(SnapshotError, match="cut short"):
        HotlistSnapshot.load(path)
    path.write_bytes(whole[:-2] + bytes([whole[-2] ^ 1]) + whole[-1:])
    with pytest.raises(SnapshotError, match="digest"):
        HotlistSnapshot.load(path)
    for nonsense in (b"", b"not a snapshot", b"OANPRHL1" + b"\xff" * 600):
        path.write_bytes(nonsense)
        with pytest.raises(SnapshotError):
            HotlistSnapshot.load(path)


def test_writing_leaves_nothing_beside_the_snapshot(tmp_path: Path) -> None:
    matcher_of(tmp_path, entry("OA30AAA"))
    assert [path.name for path in tmp_path.iterdir()] == ["lists.snapshot"]
    assert (tmp_path / "lists.snapshot").stat().st_mode & 0o777 == 0o600


@given(st.lists(MARK, min_size=1, max_size=20))
def test_packing_many_equals_packing_one_by_one(vrms: list[str]) -> None:
    assert canonical_keys(vrms).tolist() == [pack(canonical(vrm)) for vrm in vrms]


@pytest.mark.parametrize("bad", ["", "oa30aaa", "OA30 AAA", "A" * 13, "ÖA30AAA"])
def test_packing_refuses_what_is_no_normalised_mark(bad: str) -> None:
    with pytest.raises(InvalidVrm) as refusal:
        canonical_keys(["OA30AAA", bad])
    assert "OA30AAA" not in str(refusal.value)
