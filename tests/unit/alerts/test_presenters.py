"""What an officer reads, and what they are not shown."""

from datetime import timedelta

import pytest

from openanpr.alerts.presenters import page_of, percent, row_of
from tests.unit.alerts.cases import AT, entry_copy, hit, shown


def test_place_is_left_out_without_the_right() -> None:
    one = shown(with_place=False)
    row, page = row_of(one), page_of(one, hits=[one.alert.hit], at=AT, limit_kmh=200)
    assert (row.area, row.place) == ("Northgate", "")
    assert (page.place.camera, page.place.latitude, page.place.longitude) == ("", None, None)
    assert page.hits[0].place.camera == ""
    assert "Mill Road" not in repr(page)


def test_place_is_shown_with_the_right() -> None:
    one = shown(with_place=True)
    page = page_of(one, hits=[one.alert.hit], at=AT, limit_kmh=200)
    assert row_of(one).place == "Mill Road bridge"
    assert (page.place.latitude, page.place.longitude) == (51.5, 0.25)


def test_the_list_is_ordered_by_open_then_gravest_then_newest() -> None:
    older = shown(last_captured_at=AT - timedelta(minutes=1), severity=20)
    newer = shown(last_captured_at=AT, severity=20)
    urgent = shown(last_captured_at=AT - timedelta(hours=2), severity=10)
    closed = shown(last_captured_at=AT, severity=10, state="closed")
    rows = [row_of(one) for one in (older, closed, newer, urgent)]
    ordered = sorted(rows, key=lambda row: row.rank)
    assert ordered == [rows[3], rows[2], rows[0], rows[1]]


def test_markers_are_words_and_an_unknown_one_is_kept() -> None:
    assert row_of(shown()).markers == ["Violent", "ZZ"]


@pytest.mark.parametrize(("chance", "shown_as"), [(1.0, 99), (0.0, 1), (0.974, 97), (0.5, 50)])
def test_a_chance_is_never_shown_as_certain(chance: float, shown_as: int) -> None:
    assert percent(chance) == shown_as


def test_an_unsure_reading_and_an_old_list_are_said() -> None:
    copy = entry_copy(list_refreshed_at=AT - timedelta(days=40)).to_json()
    one = shown(one_hit=hit(confidence=0.6, entry_copy=copy))
    page = page_of(one, hits=[one.alert.hit], at=AT, limit_kmh=200)
    assert page.unsure
    assert page.list_stale
    assert page.list_age == "40 days"
    assert page.entry_age == "2 days"


def test_the_shown_mark_is_not_among_its_alternatives() -> None:
    page = page_of(shown(), hits=[], at=AT, limit_kmh=200)
    assert [(one.vrm, one.percent) for one in page.candidates] == [("OA30AAB", 2)]


def test_how_a_folded_match_came_about_is_explained() -> None:
    page = page_of(shown(one_hit=hit(how="folded")), hits=[], at=AT, limit_kmh=200)
    assert "O read as 0" in page.how
