"""Entries that stand for more than their own mark, or not everywhere and always."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from openanpr.matching import HotlistSnapshot, Matcher, Place, Scope, SnapshotEntry, Window
from openanpr.matching.neighbours import one_off, weight
from openanpr.matching.writing import write_snapshot
from openanpr.wire import Alternative
from tests.unit.matching.test_matching import NOON, Seen, entry

NORTH = Place(camera=1, area="North", direction="approaching")
LONDON = ZoneInfo("Europe/London")


def matcher_of(folder: Path, *entries: SnapshotEntry) -> Matcher:
    path = folder / "lists.snapshot"
    write_snapshot(path, 3, entries)
    return Matcher(HotlistSnapshot.load(path), zone=LONDON)


def wide(vrm: str, match_as: str, **fields: Any) -> SnapshotEntry:
    folded = vrm.translate(str.maketrans("OI", "01"))
    values = {"vrm": vrm, "canonical": folded, "match_as": match_as} | fields
    return msgspec.structs.replace(entry("OA30AAA"), **values)


def found(matcher: Matcher, *reads: Seen) -> list[tuple[int, str, float]]:
    return [(one.read_index, one.how, round(one.weight, 4)) for one in matcher.match(reads)]


def test_a_near_entry_matches_what_the_reader_may_have_confused(tmp_path: Path) -> None:
    matcher = matcher_of(tmp_path, entry("KB81ZZX"), wide("OA30AAB", "near"))
    unsure = Seen("OA30AA8", confidence=0.6)
    assert found(matcher, unsure) == [(0, "near", round(0.4 / len(one_off("0A30AA8")), 4))]
    assert found(matcher, Seen("OA30AAB")) == [(0, "exact", 0.97)]
    assert found(matcher, Seen("0A30AAB")) == [(0, "folded", 0.97)]
    assert found(matcher, Seen("OA30AAX"), Seen("OA38AA8")) == []


def test_the_reads_own_alternatives_come_with_their_own_chance(tmp_path: Path) -> None:
    matcher = matcher_of(tmp_path, wide("OA30AAB", "near"), entry("OA30AAC"))
    other = (Alternative(vrm="OA30AAB", confidence=0.3), Alternative(vrm="OA30AAC", confidence=0.1))
    seen = Seen("XX99XXX", confidence=0.5, alternatives=other)
    assert found(matcher, seen) == [(0, "alternative", 0.3)]


def test_what_is_less_likely_than_the_entry_asks_raises_nothing(tmp_path: Path) -> None:
    matcher = matcher_of(tmp_path, wide("OA30AAB", "near", least_weight=0.1))
    assert found(matcher, Seen("OA30AA8", confidence=0.6)) == []
    likely = (Alternative(vrm="OA30AAB", confidence=0.1),)
    assert found(matcher, Seen("OA30AA8", confidence=0.6, alternatives=likely)) == [
        (0, "alternative", 0.1)
    ]


def test_the_chances_of_a_read_never_come_to_more_than_one() -> None:
    others = (Alternative(vrm="OA30AA3", confidence=0.2),)
    near = one_off("0A30AA8")
    total = sum(weight("0A30AA8", one, confidence=0.5, others=others) for one in near)
    assert total == pytest.approx(0.5)
    assert weight("0A30AA8", "XX99XXX", confidence=0.5, others=()) == 0


def test_a_pattern_matches_whole_marks(tmp_path: Path) -> None:
    matcher = matcher_of(tmp_path, entry("KB81ZZX"), wide("OA3?AA*", "pattern"))
    reads = [Seen(vrm) for vrm in ("OA30AAB", "0A31AA", "OA300AAB", "XOA30AAB", "KB81ZZX")]
    assert [(index, how) for index, how, _ in found(matcher, *reads)] == [
        (0, "pattern"),
        (1, "pattern"),
        (4, "exact"),
    ]


def test_wide_entries_end_and_begin_like_others(tmp_path: Path) -> None:
    ended = {"weed_at": NOON}
    matcher = matcher_of(
        tmp_path, wide("OA3*", "pattern", **ended), wide("OA30AAB", "near", **ended)
    )
    assert found(matcher, Seen("OA30AA8", confidence=0.5), Seen("OA30AAB")) == []


def test_looking_back_an_entry_need_not_have_begun(tmp_path: Path) -> None:
    later = entry("OA30AAA", valid_from=NOON.replace(minute=5))
    matcher = matcher_of(tmp_path, later)
    assert matcher.match([Seen("OA30AAA")]) == []
    assert matcher.match([Seen("OA30AAA")], in_force_at=NOON.replace(minute=4)) == []
    assert len(matcher.match([Seen("OA30AAA")], in_force_at=NOON.replace(minute=5))) == 1


@pytest.mark.parametrize(
    ("scope", "inside"),
    [
        (Scope(), True),
        (Scope(areas=("North", "South")), True),
        (Scope(areas=("South",)), False),
        (Scope(cameras=(2,)), False),
        (Scope(cameras=(1, 2), directions=("approaching",)), True),
        (Scope(directions=("departing",)), False),
        (Scope(times=(Window(start=11 * 60, end=12 * 60),)), False),
        (Scope(times=(Window(start=12 * 60, end=13 * 60),)), True),
        (Scope(times=(Window(start=12 * 60, end=13 * 60, days=(0,)),)), False),
        (Scope(times=(Window(start=12 * 60, end=13 * 60, days=(0, 6)),)), True),
    ],
)
def test_an_entry_is_looked_for_in_its_scope(tmp_path: Path, scope: Scope, inside: bool) -> None:
    # 22 November 2026 is a Sunday; London keeps UTC then.
    limited = msgspec.structs.replace(entry("OA30AAA"), scopes=(Scope(areas=("North",)), scope))
    matcher = matcher_of(tmp_path, limited)
    assert len(matcher.match([Seen("OA30AAA")], places=[NORTH])) == inside
    assert matcher.match([Seen("OA30AAA")]) == []


def test_a_window_past_midnight_belongs_to_the_day_on_which_it_began() -> None:
    night = Window(start=22 * 60, end=6 * 60, days=(5,))
    saturday, sunday = datetime(2026, 11, 21, 23, tzinfo=UTC), datetime(2026, 11, 22, 5, tzinfo=UTC)
    assert night.holds(saturday)
    assert night.holds(sunday)
    assert not night.holds(saturday.replace(hour=5))
    assert not night.holds(sunday.replace(hour=23))
    assert not night.holds(sunday.replace(hour=6))


def test_scopes_count_in_the_zone_of_the_force(tmp_path: Path) -> None:
    noon = Scope(times=(Window(start=12 * 60, end=13 * 60),))
    summer = datetime(2026, 7, 1, 11, 30, tzinfo=UTC)
    lasting = entry("OA30AAA", valid_from=summer.replace(month=1))
    matcher = matcher_of(tmp_path, msgspec.structs.replace(lasting, scopes=(noon,)))
    assert len(matcher.match([Seen("OA30AAA", captured_at=summer)])) == 1
    assert matcher.match([Seen("OA30AAA", captured_at=summer.replace(hour=12))]) == []
