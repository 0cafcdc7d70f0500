"""The demo's traffic: invented marks, soon a listed one, and no vehicle in two places at once."""

import pytest

from openanpr.capture.demo_world import DemoVehicle, Passing, Traffic, fleet, listed
from openanpr.vrm.fictional import is_fictional

FIXED = ("drove-north", "drove-south", "quay-street")


def _passings(
    traffic: Traffic, cameras: tuple[str, ...], until: float
) -> list[tuple[str, Passing]]:
    found: list[tuple[str, Passing]] = []
    for camera in cameras:
        while (passing := traffic.next_passing(camera)).at_s < until:
            found.append((camera, passing))
    return sorted(found, key=lambda pair: pair[1].at_s)


def _listed_marks() -> set[str]:
    return {vehicle.vrm for vehicle in fleet() if vehicle.listed is not None}


def test_every_mark_was_never_issued_and_stands_once() -> None:
    marks = [vehicle.vrm for vehicle in fleet()]
    assert all(is_fictional(mark) for mark in marks)
    assert len(set(marks)) == len(marks)


def test_each_list_has_vehicles_and_most_vehicles_are_on_none() -> None:
    vehicles: list[DemoVehicle] = [
        v for name in ("stolen", "missing", "covert", "uninsured") for v in listed(name)
    ]
    assert all(listed(name) for name in ("stolen", "missing", "covert", "uninsured"))
    assert len(vehicles) < len(fleet()) / 4


@pytest.mark.parametrize("seed", range(8))
def test_a_listed_vehicle_passes_a_fixed_camera_within_twenty_seconds(seed: int) -> None:
    passings = _passings(Traffic(FIXED, seed=seed), FIXED, 60)
    times = [p.at_s for _, p in passings if p.vehicles[0].vrm in _listed_marks()]
    assert times[0] <= 20


@pytest.mark.parametrize("seed", range(3))
def test_someone_passes_every_few_seconds_and_most_are_on_no_list(seed: int) -> None:
    passings = _passings(Traffic(FIXED, seed=seed), FIXED, 600)
    on_list = [p for _, p in passings if p.vehicles[0].vrm in _listed_marks()]
    assert 100 <= len(passings) <= 220
    assert 10 <= len(on_list) <= 40


def test_a_vehicle_takes_its_time_from_one_place_to_the_other() -> None:
    seen: dict[str, tuple[float, str]] = {}
    for camera, passing in _passings(Traffic(FIXED, seed=1), FIXED, 900):
        place = camera.partition("-")[0]
        for vehicle in passing.vehicles:
            before = seen.get(vehicle.vrm)
            if before is not None and before[1] != place:
                assert passing.at_s - before[0] >= 60
            seen[vehicle.vrm] = (passing.at_s, place)


def test_the_car_meets_vehicles_that_no_fixed_camera_sees() -> None:
    fixed = _passings(Traffic(FIXED, seed=1), FIXED, 1500)
    car = _passings(Traffic(("patrol",), seed=1), ("patrol",), 1500)
    marks = [{v.vrm for _, p in group for v in p.vehicles} for group in (fixed, car)]
    assert marks[0].isdisjoint(marks[1])
    assert marks[1] & _listed_marks()
