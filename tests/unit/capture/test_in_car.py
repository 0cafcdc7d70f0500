"""A car by itself: what it holds, whom it alerts to, what its screen shows, and when it forgets."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openanpr.capture.car_alerts import CarAlerts
from openanpr.capture.car_page import CarPage
from openanpr.capture.held_lists import HeldLists
from openanpr.capture.records import Capture
from openanpr.capture.spool import Spool
from openanpr.vrm.fictional import marks
from openanpr.wire import uuid7
from openanpr.wire.car_lists import CarAlert, CarEntry, CarLists, digest_of, part_of
from tests.unit.capture.conftest import KEY, NOON, READER, capture

WANTED, OTHER = (vrm for _, vrm in zip(range(2), marks(7), strict=False))


def entry(vrm: str = WANTED, **changes: object) -> CarEntry:
    values: dict[str, object] = {
        "id": uuid7(),
        "vrm": vrm,
        "action": "stop",
        "priority": 1,
        "list_name": "Local",
        "reason": "Seen <at> a burglary",
        "valid_from": NOON - timedelta(days=1),
        "until": NOON + timedelta(days=1),
        "warning_markers": ("FI",),
        "information": "Two people",
    }
    return CarEntry(**(values | changes))  # type: ignore[arg-type]


def told(*entries: CarEntry, keep: timedelta = timedelta(hours=12)) -> CarLists:
    parts: dict[str, tuple[CarEntry, ...]] = {}
    for one in entries:
        parts[part_of(one.vrm)] = (*parts.get(part_of(one.vrm), ()), one)
    return CarLists(
        keep_until=NOON + keep,
        parts={name: digest_of(part) for name, part in parts.items()},
        entries=parts,
    )


@pytest.fixture
def lists(tmp_path: Path) -> HeldLists:
    return HeldLists(tmp_path / "lists.sealed", key=KEY, reader=READER)


def test_what_is_held_is_matched_folded_and_outlives_the_process(
    lists: HeldLists, tmp_path: Path
) -> None:
    assert lists.update(told(entry(), entry("OA30AAA", priority=2)), heard_at=NOON)
    again = HeldLists(tmp_path / "lists.sealed", key=KEY, reader=READER)
    for held in (lists, again):
        assert [one.vrm for one in held.match(WANTED, at=NOON)] == [WANTED]
        assert [one.vrm for one in held.match("0A3OAAA", at=NOON)] == ["OA30AAA"]
        assert held.match(OTHER, at=NOON) == ()
        assert set(held.held(at=NOON).parts) == {part_of(WANTED), part_of("OA30AAA")}


def test_only_changed_parts_travel_and_what_is_gone_goes(lists: HeldLists) -> None:
    first, second = entry(), entry("OA30AAA")
    lists.update(told(first, second), heard_at=NOON)
    whole = told(first)
    lists.update(msgspec.structs.replace(whole, entries={}), heard_at=NOON)
    assert lists.match("OA30AAA", at=NOON) == ()
    assert lists.match(WANTED, at=NOON) == (first,)


def test_what_is_not_whole_is_not_taken(lists: HeldLists) -> None:
    lists.update(told(entry()), heard_at=NOON)
    answer = told(entry(reason="other"))
    wrong = msgspec.structs.replace(answer, parts=told(entry(reason="another")).parts)
    assert not lists.update(wrong, heard_at=NOON)
    assert lists.match(WANTED, at=NOON)


@pytest.mark.security
def test_the_file_says_nothing_without_the_key(lists: HeldLists, tmp_path: Path) -> None:
    lists.update(told(entry()), heard_at=NOON)
    file = tmp_path / "lists.sealed"
    assert file.stat().st_mode & 0o077 == 0
    assert WANTED.encode() not in file.read_bytes()
    assert b"burglary" not in file.read_bytes()
    strange = HeldLists(file, key=Ed25519PrivateKey.generate(), reader=READER)
    assert strange.state(at=NOON) == (0, None, None)
    sealed = bytearray(file.read_bytes())
    sealed[-1] ^= 1
    file.write_bytes(sealed)
    assert HeldLists(file, key=KEY, reader=READER).state(at=NOON) == (0, None, None)


@pytest.mark.security
@pytest.mark.parametrize(
    ("later", "matches", "held"),
    [
        (timedelta(hours=11), True, True),
        (timedelta(hours=12), False, False),
        # Set back, a clock shows no more than it did when the lists came.
        (timedelta(days=-400), True, True),
    ],
)
def test_lists_are_forgotten_in_time(
    lists: HeldLists, tmp_path: Path, later: timedelta, matches: bool, held: bool
) -> None:
    lists.update(told(entry()), heard_at=NOON)
    assert bool(lists.match(WANTED, at=NOON + later)) is matches
    assert (tmp_path / "lists.sealed").exists() is held


@pytest.mark.parametrize(
    "changes",
    [
        {"until": NOON},
        {"valid_from": NOON + timedelta(seconds=1)},
    ],
)
def test_an_entry_matches_in_its_time_only(lists: HeldLists, changes: dict[str, object]) -> None:
    lists.update(told(entry(**changes)), heard_at=NOON)
    assert lists.match(WANTED, at=NOON) == ()


@pytest.fixture
def alerts(lists: HeldLists, spool: Spool) -> CarAlerts:
    lists.update(told(entry()), heard_at=NOON)
    return CarAlerts(lists=lists, spool=spool)


def again(first: Capture, seconds: int) -> Capture:
    at = first.read.captured_at + timedelta(seconds=seconds)
    return Capture(msgspec.structs.replace(first.read, id=uuid7(), captured_at=at), first.images)


def test_a_met_entry_is_shown_once_and_each_time_is_told(alerts: CarAlerts, spool: Spool) -> None:
    first = capture(0)
    assert alerts.look(first, at=NOON) == 1
    assert alerts.look(again(first, 5), at=NOON + timedelta(seconds=5)) == 1
    assert alerts.look(capture(1), at=NOON) == 0
    (shown,) = alerts.shown(at=NOON)
    assert (shown.vrm, shown.seen, shown.patch) == (WANTED, 2, b"picture 0.0")
    waiting = [msgspec.json.decode(body, type=CarAlert) for _, body in spool.reports(limit=9)]
    assert waiting[0].read == first.read.id
    assert len({one.id for one in waiting}) == 2
    spool.reports_done([str(one.id) for one in waiting])
    assert spool.reports(limit=9) == []
    assert alerts.shown(at=NOON + timedelta(hours=2)) == []


@pytest.fixture
def page(alerts: CarAlerts, lists: HeldLists) -> Iterator[CarPage]:
    served = CarPage(port=0, alerts=alerts, lists=lists, clock=lambda: NOON)
    served.start()
    yield served
    served.stop()


def test_the_screen_shows_it_and_says_that_it_changed(page: CarPage, alerts: CarAlerts) -> None:
    address = f"http://127.0.0.1:{page.port}"
    with httpx.Client(base_url=address, trust_env=False) as browser:
        empty = browser.get("/").text
        assert "No alerts." in empty
        assert "1 vehicles of interest, last heard less than a minute ago" in empty
        with browser.stream("GET", "/events") as events:
            lines = events.iter_lines()
            assert next(lines) == "event: changed"
            alerts.look(capture(0), at=NOON)
            assert "event: changed" in (next(lines) for _ in range(5))
        rows = browser.get("/rows").text
        assert "Seen &lt;at&gt; a burglary" in rows
        assert "Firearms" in rows
        (shown,) = alerts.shown(at=NOON)
        assert browser.get(f"/patch/{shown.id}").content == b"picture 0.0"
        assert browser.get(f"/patch/{uuid7()}").status_code == 404
        assert browser.get("/nothing").status_code == 404


@pytest.mark.security
def test_the_screen_is_for_this_machine_alone(page: CarPage, alerts: CarAlerts) -> None:
    alerts.look(capture(0), at=NOON)
    address = f"http://127.0.0.1:{page.port}"
    answer = httpx.get(address, headers={"Host": "elsewhere.example"}, trust_env=False)
    assert answer.status_code == 403
    assert WANTED not in answer.text
    policy = httpx.get(address, trust_env=False).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
