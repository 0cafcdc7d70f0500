"""The ticket of the live stream: ours, fresh, and opaque."""

from datetime import timedelta

from openanpr.alerts import tickets
from tests.unit.alerts.cases import AT

TICKET = tickets.Ticket(user_id=12, session_key="a-session-key")


def test_a_fresh_ticket_gives_back_whose_it_is() -> None:
    text = tickets.issue(TICKET, at=AT)
    assert tickets.verify(text, at=AT + timedelta(seconds=59)) == TICKET


def test_a_ticket_is_good_for_a_minute() -> None:
    text = tickets.issue(TICKET, at=AT)
    assert tickets.verify(text, at=AT + timedelta(seconds=61)) is None


def test_a_ticket_of_a_clock_far_ahead_is_refused() -> None:
    text = tickets.issue(TICKET, at=AT + timedelta(hours=2))
    assert tickets.verify(text, at=AT) is None


def test_an_altered_ticket_is_refused() -> None:
    text = tickets.issue(TICKET, at=AT)
    altered = text[:40] + ("A" if text[40] != "A" else "B") + text[41:]
    assert tickets.verify(altered, at=AT) is None
    assert tickets.verify("", at=AT) is None
    assert tickets.verify("café", at=AT) is None


def test_the_session_key_cannot_be_read_from_the_ticket() -> None:
    assert TICKET.session_key not in tickets.issue(TICKET, at=AT)
