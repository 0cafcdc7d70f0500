"""Whatever the line does, every read arrives once, and pictures come after the text."""

import time
from collections.abc import Callable, Iterator

import pytest

from openanpr.capture.clock import ClockWatch
from openanpr.capture.health import Health
from openanpr.capture.link import Link
from openanpr.capture.spool import Spool
from openanpr.capture.upload import Uploader
from tests.unit.capture.conftest import CAMERA, KEY, READER, BackOffice, Plan, capture

Start = Callable[[], Uploader]


@pytest.fixture
def start(
    spool: Spool, back_office: BackOffice, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Start]:
    """Starts an uploader to the local server; pauses after failures are short."""
    monkeypatch.setattr("openanpr.capture.link._FIRST_PAUSE_S", 0.02)
    monkeypatch.setattr("openanpr.capture.link._REFUSED_PAUSE_S", 0.02)
    monkeypatch.setattr("openanpr.capture.upload._GATHER_S", 0.05)
    opened: list[tuple[Uploader, Link]] = []

    def begin() -> Uploader:
        clock = ClockWatch()
        link = Link(url=back_office.url, reader=READER, key=KEY, clock=clock)
        uploader = Uploader(
            spool=spool,
            link=link,
            clock=clock,
            health=Health((CAMERA,)),
            heartbeat_s=600,
            version="test",
        )
        opened.append((uploader, link))
        uploader.start()
        return uploader

    yield begin
    for uploader, link in opened:
        uploader.stop()
        link.close()


def _ids(spool: Spool, count: int, first: int = 0) -> list[str]:
    return [str(spool.put(capture(n)).id) for n in range(first, first + count)]


def test_reads_and_wanted_pictures_arrive_signed(
    spool: Spool, back_office: BackOffice, start: Start
) -> None:
    sent = _ids(spool, 3)

    assert start().drain(timeout_s=20)

    assert list(back_office.reads) == sent
    assert len(back_office.images) == 6
    assert back_office.order == ["batch"] + ["image"] * 6


@pytest.mark.parametrize(
    "plans",
    [
        [503, 503],
        ["drop", "drop after"],
        ["drop after", 503, "drop after", 500],
        [401, 403],
        [503, "drop", 502, "drop after", 503],
    ],
)
def test_nothing_is_lost_or_doubled_on_a_bad_line(
    spool: Spool, back_office: BackOffice, start: Start, plans: list[Plan]
) -> None:
    back_office.plans = list(plans)
    sent = _ids(spool, 4)
    uploader = start()
    sent += _ids(spool, 2, first=4)
    uploader.wake()

    assert uploader.drain(timeout_s=20)

    assert sorted(back_office.reads) == sorted(sent)
    sequences = [read.sequence for read in back_office.reads.values()]
    assert sequences == list(range(6))
    assert back_office.plans == []


def test_a_batch_that_was_taken_but_not_answered_is_sent_again_as_the_same(
    spool: Spool, back_office: BackOffice, start: Start
) -> None:
    back_office.plans = ["drop after"]
    _ids(spool, 2)
    uploader = start()

    assert uploader.drain(timeout_s=20)

    assert len(back_office.batches) == 2
    assert len(set(back_office.batches)) == 1
    assert uploader.counts["duplicates"] == 2


def test_retry_after_is_honoured(spool: Spool, back_office: BackOffice, start: Start) -> None:
    back_office.plans = [503]
    back_office.retry_after = "0.6"
    _ids(spool, 1)
    began = time.monotonic()

    assert start().drain(timeout_s=20)

    # A lower bound holds on any machine, however slow.
    assert time.monotonic() - began >= 0.6


def test_a_batch_that_cannot_be_taken_is_halved_and_its_good_reads_arrive(
    spool: Spool, back_office: BackOffice, start: Start
) -> None:
    # The whole of three is refused, then the first read alone: the other two go through.
    back_office.plans = [400, 400]
    sent = _ids(spool, 3)
    uploader = start()

    assert uploader.drain(timeout_s=20)

    assert list(back_office.reads) == sent[1:]
    assert uploader.counts["unusable"] == 1


def test_a_picture_refused_for_good_does_not_hold_up_the_rest(
    spool: Spool, back_office: BackOffice, start: Start
) -> None:
    # The first request is the batch, which must succeed; the picture after it is refused.
    _ids(spool, 1)
    back_office.wants_images = True
    back_office.image_plans = [415]

    assert start().drain(timeout_s=20)

    assert len(back_office.images) == 1


def test_pictures_that_are_not_wanted_are_not_sent(
    spool: Spool, back_office: BackOffice, start: Start
) -> None:
    back_office.wants_images = False
    _ids(spool, 2)

    assert start().drain(timeout_s=20)

    assert back_office.images == {}


def test_the_sign_of_life_tells_what_waits(
    spool: Spool, back_office: BackOffice, start: Start
) -> None:
    start()
    deadline = time.monotonic() + 20
    while not back_office.heartbeats and time.monotonic() < deadline:
        time.sleep(0.02)

    heartbeat = back_office.heartbeats[0]
    assert heartbeat["reader"] == str(READER)
    assert heartbeat["next_sequence"] == 0


def test_text_stored_while_stopping_still_leaves(
    spool: Spool, back_office: BackOffice, start: Start
) -> None:
    uploader = start()
    sent = _ids(spool, 1)

    uploader.stop()

    assert list(back_office.reads) == sent
