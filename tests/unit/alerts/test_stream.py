"""One screen: what it is sent, from where it goes on, and why it ends."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest

from openanpr.access.facts import AlertFacts
from openanpr.alerts.live import stream as live_stream
from openanpr.alerts.live.entitlement import EndReason
from openanpr.alerts.live.feed import Feed, LiveEvent
from openanpr.alerts.live.stream import Stream
from openanpr.wire.ids import uuid7
from tests.unit.alerts.cases import AT


class Everything(live_stream.Standing):
    """A person who may hear of every alert of their unit."""

    def __init__(self, unit: str) -> None:
        object.__setattr__(self, "unit", unit)

    def may_see(self, alert: AlertFacts, *, at: Any) -> bool:
        return getattr(self, "unit", "") in alert.units


class ScriptedListener:
    """Stands as told, one answer for each question, the last one for ever."""

    user_id = 5

    def __init__(self, *answers: Any) -> None:
        self._answers = list(answers)

    async def standing(self) -> Any:
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


class NoDeliveries:
    """Remembers what was delivered."""

    def __init__(self) -> None:
        self.noted: list[Any] = []

    def note(self, **what: Any) -> None:
        self.noted.append(what["alert_id"])


def event(sequence: int, unit: str = "North") -> LiveEvent:
    facts = AlertFacts(force="FX", captured_at=AT, units=frozenset({unit}))
    return LiveEvent(sequence, "raised", AT, uuid7(), 1, False, facts)


def run_stream(
    events: Sequence[LiveEvent], listener: ScriptedListener, *, after: int = 0
) -> tuple[str, NoDeliveries]:
    """The text that a screen was sent until its stream ended."""
    written: list[str] = []
    deliveries = NoDeliveries()

    async def write(text: str) -> None:
        written.append(text)

    async def main() -> None:
        feed = Feed()
        feed.keep(events)
        one = Stream(
            feed=feed,
            deliveries=deliveries,  # type: ignore[arg-type]
            listener=listener,  # type: ignore[arg-type]
            write=write,
            after=after,
        )
        async with asyncio.timeout(10):
            await one.run(gone=asyncio.Event(), stopping=asyncio.Event())

    asyncio.run(main())
    return "".join(written), deliveries


def ids(text: str) -> list[int]:
    return [int(line[4:]) for line in text.splitlines() if line.startswith("id: ")]


def end_reason(text: str) -> str:
    last = text.strip().splitlines()[-1]
    return str(json.loads(last.removeprefix("data: "))["reason"])


def test_only_what_the_person_may_see_is_sent_and_counted_as_delivered() -> None:
    events = [event(1), event(2, "South"), event(3)]
    text, deliveries = run_stream(
        events, ScriptedListener(Everything("North"), EndReason.SIGNED_OUT)
    )
    assert ids(text) == [1, 3]
    assert deliveries.noted == [events[0].alert_id, events[2].alert_id]


def test_a_resumed_stream_goes_on_after_the_last_event_seen() -> None:
    text, _ = run_stream(
        [event(1), event(2), event(3)],
        ScriptedListener(Everything("North"), EndReason.SIGNED_OUT),
        after=2,
    )
    assert ids(text) == [3]


@pytest.mark.parametrize(
    "reason", [EndReason.SIGNED_OUT, EndReason.NOT_ENTITLED, EndReason.UNKNOWN]
)
def test_a_person_who_may_not_listen_is_told_why_and_hears_nothing(reason: EndReason) -> None:
    text, deliveries = run_stream([event(1)], ScriptedListener(reason))
    assert ids(text) == []
    assert deliveries.noted == []
    assert end_reason(text) == reason.value


def test_an_old_stream_asks_the_page_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_stream, "LONGEST_S", -1.0)
    text, _ = run_stream([event(1)], ScriptedListener(Everything("North")))
    assert end_reason(text) == "renew"


def test_an_event_names_neither_mark_nor_place() -> None:
    text, _ = run_stream([event(1)], ScriptedListener(Everything("North"), EndReason.SIGNED_OUT))
    data = next(
        json.loads(line.removeprefix("data: "))
        for line in text.splitlines()
        if line.startswith('data: {"alert"')
    )
    assert set(data) == {"alert", "kind", "priority", "late", "at"}
