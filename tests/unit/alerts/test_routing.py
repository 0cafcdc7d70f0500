"""Whom a hit reaches."""

from openanpr.alerts.routing import Routing, UnitFacts, route
from tests.unit.alerts.cases import entry_copy

NORTH = UnitFacts("North response", "Northgate")
SOUTH = UnitFacts("South response", "Southgate")
CONTROL = UnitFacts("Control room", "")
UNITS = [NORTH, SOUTH, CONTROL]


def test_units_of_the_area_and_of_the_whole_force_are_told() -> None:
    routing = route(entry=entry_copy(), camera_area="Northgate", units=UNITS)
    assert routing == Routing(
        frozenset({"North response", "Control room"}), frozenset({"Northgate"})
    )


def test_a_place_that_no_unit_works_in_is_told_to_all() -> None:
    routing = route(entry=entry_copy(), camera_area="Eastgate", units=[NORTH, SOUTH])
    assert routing.units == {"North response", "South response"}


def test_a_camera_without_an_area_is_told_to_all_and_names_no_area() -> None:
    routing = route(entry=entry_copy(), camera_area="", units=[NORTH, SOUTH])
    assert routing == Routing(frozenset({"North response", "South response"}), frozenset())


def test_a_list_that_names_units_tells_no_others() -> None:
    entry = entry_copy(told_units=("South response",))
    routing = route(entry=entry, camera_area="Northgate", units=UNITS)
    assert routing == Routing(frozenset({"South response"}), frozenset())


def test_a_covert_entry_never_names_an_area() -> None:
    entry = entry_copy(covert=True, told_units=("Surveillance",))
    routing = route(entry=entry, camera_area="Northgate", units=UNITS)
    assert routing == Routing(frozenset({"Surveillance"}), frozenset())


def test_a_covert_entry_that_names_nobody_reaches_nobody() -> None:
    routing = route(entry=entry_copy(covert=True), camera_area="Northgate", units=UNITS)
    assert routing == Routing(frozenset(), frozenset())


def test_a_moving_vehicle_stays_with_those_told_before() -> None:
    north = Routing(frozenset({"North response"}), frozenset({"Northgate"}))
    south = Routing(frozenset({"South response"}), frozenset({"Southgate"}))
    both = north.joined(south)
    assert both.units == {"North response", "South response"}
    assert both.areas == {"Northgate", "Southgate"}
