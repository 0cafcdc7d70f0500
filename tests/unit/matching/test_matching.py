"""Reads against a snapshot file, as ingest does it."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openanpr.matching import (
    HotlistSnapshot,
    Matcher,
    Place,
    PlainEntries,
    Scope,
    SnapshotEntry,
    SnapshotError,
    SnapshotList,
    write_snapshot,
)
from openanpr.matching.packing import canonical_keys, padded_keys
from openanpr.matching.writing import microseconds
from openanpr.vrm import ALPHABET, MAX_LENGTH, InvalidVrm, canonical, pack
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


def plain(*vrms: str, place: int = 0) -> PlainEntries:
    texts = "".join(vrm.ljust(MAX_LENGTH + 1) for vrm in vrms).encode()
    key, mark = padded_keys(np.frombuffer(texts, dtype=np.uint8).reshape(len(vrms), -1))
    ids = b"".join(uuid.UUID(int=pack(vrm)).bytes for vrm in vrms)
    return PlainEntries(
        key=key,
        mark=mark,
        valid_from=np.full(len(vrms), microseconds(NOON - DAY)),
        weed_at=np.full(len(vrms), microseconds(NOON + DAY)),
        entry=np.frombuffer(ids, dtype="V16"),
        list=np.full(len(vrms), place, dtype=np.uint32),
    )


def test_plain_entries_match_beside_whole_ones_with_their_lists_share(tmp_path: Path) -> None:
    path = tmp_path / "lists.snapshot"
    nowhere = Scope(cameras=(99,))
    lists = [
        SnapshotList(hotlist_id=uuid.UUID(int=1), copy={"list_name": "One"}),
        SnapshotList(hotlist_id=uuid.UUID(int=2), copy={"list_name": "Two"}, scopes=(nowhere,)),
    ]
    batches = [plain("OA30AAI", "LA99AAB"), plain("KB81ZZX", place=1)]
    write_snapshot(path, 3, [entry("OA30AAA")], plain=batches, lists=lists)
    matcher = Matcher(HotlistSnapshot.load(path))
    seen = [Seen("KB81ZZX"), Seen("LA99AAB"), Seen("OA30AAA"), Seen("0A30AAI")]
    hits = matcher.match(seen)
    assert [(hit.read_index, hit.how, hit.entry.vrm, hit.entry.whole) for hit in hits] == [
        (1, "exact", "LA99AAB", False),
        (2, "exact", "OA30AAA", True),
        (3, "folded", "OA30AAI", False),
    ]
    assert hits[0].entry_id == uuid.UUID(int=pack("LA99AAB"))
    assert hits[0].entry.hotlist_id == uuid.UUID(int=1)
    assert hits[0].entry.copy == {
        "list_name": "One",
        "vrm": "LA99AAB",
        "valid_from": "2026-11-21T12:00:00Z",
        "weed_at": "2026-11-23T12:00:00Z",
    }
    at_camera = [Place(camera=99, area="", direction="")]
    assert len(matcher.match([Seen("KB81ZZX")], places=at_camera)) == 1


@pytest.mark.parametrize("bad", ["", "oa30aaa", "OA30 AAA", "A" * 13])
def test_a_column_of_marks_refuses_what_is_no_normalised_mark(bad: str) -> None:
    texts = (bad.ljust(13) + "OA30AAA".ljust(13)).encode()
    with pytest.raises(InvalidVrm):
        padded_keys(np.frombuffer(texts, dtype=np.uint8).reshape(2, -1))


@given(st.lists(MARK, min_size=1, max_size=20))
def test_packing_a_column_equals_packing_one_by_one(vrms: list[str]) -> None:
    column = plain(*vrms)
    assert column.key.tolist() == [pack(canonical(vrm)) for vrm in vrms]
    assert column.mark.tolist() == [pack(vrm) for vrm in vrms]


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
