"""Layouts of marks by country and era."""

import datetime

import pytest

from openanpr.vrm import age_codes_at, display, layouts_of, plausibility


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        ("OA30AAA", "current"),
        ("A123ABC", "prefix"),
        ("ABC123A", "suffix"),
        ("Q434YUX", "age uncertain"),
        ("10FY", "dateless reversed"),
        ("FIN1", "Northern Ireland"),
        ("FAN1", "dateless"),
        ("ABZ1234", "Northern Ireland"),
        ("J19747", "Jersey"),
        ("101D200", "diplomatic"),
        ("12AB34", "military"),
        ("MAN123A", "Isle of Man"),
        ("191D12345", "Ireland"),
        ("AA123BB", "France"),
        ("XNXN00", "Netherlands 5"),
        ("1ABC234", "Belgium"),
        ("1234BCD", "Spain"),
        ("WA12345", "Poland"),
        ("B123ABC", "Romania, Bucharest"),
        ("BA123CD", "Slovakia"),
        ("1AB2345", "Czechia"),
    ],
)
def test_a_mark_is_known_by_its_layout(mark: str, name: str) -> None:
    assert name in {layout.name for layout in layouts_of(mark)}


@pytest.mark.parametrize("mark", ["OI30AAA", "OA30AAQ", "OA30AAAA", "OAA30AA"])
def test_a_mark_outside_the_current_form_is_not_taken_for_one(mark: str) -> None:
    assert "current" not in {layout.name for layout in layouts_of(mark)}


def test_age_codes_follow_the_calendar() -> None:
    november_2026 = age_codes_at(datetime.date(2026, 11, 22))
    assert november_2026 == {f"{code:02d}" for code in (*range(2, 27), *range(51, 77))}
    assert age_codes_at(datetime.date(2001, 8, 31)) == frozenset()
    assert age_codes_at(datetime.date(2001, 9, 1)) == {"51"}
    assert "27" not in age_codes_at(datetime.date(2027, 2, 28))
    assert "27" in age_codes_at(datetime.date(2027, 3, 1))


def test_a_current_mark_of_an_age_never_issued_is_less_plausible() -> None:
    (current,) = layouts_of("OA30AAA")
    day = datetime.date(2026, 11, 22)
    assert plausibility("OA30AAA", current, day=day) < plausibility("OA25AAA", current, day=day)
    assert plausibility("OA30AAA", current) == current.weight


@pytest.mark.parametrize(
    ("mark", "shown"),
    [
        ("OA30AAA", "OA30 AAA"),
        ("A123ABC", "A123 ABC"),
        ("ABC123A", "ABC 123A"),
        ("FIN1", "FIN 1"),
        ("10FY", "10 FY"),
        ("ABCDEFGH", "ABCDEFGH"),
    ],
)
def test_a_mark_is_spaced_as_on_its_plate(mark: str, shown: str) -> None:
    assert display(mark) == shown


def test_a_foreign_mark_is_spaced_as_in_its_country() -> None:
    assert display("XNXN00", country="NL") == "XN-XN-00"
