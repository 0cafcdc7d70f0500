"""A form's ticket: made by us, for this form, old enough to have been filled in by a person."""

from datetime import UTC, datetime, timedelta

import pytest

from openanpr.postbox.networks import digest_of, network_of
from openanpr.postbox.tickets import Fault, Ticket, new_ticket, read_ticket, too_fast

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_ticket_comes_back_as_it_went() -> None:
    ticket = new_ticket("complaint", at=AT)
    assert read_ticket(ticket.signed, "complaint", at=AT + timedelta(hours=1)) == ticket


@pytest.mark.parametrize(
    ("purpose", "later", "fault"),
    [
        ("consultation", timedelta(minutes=1), Fault.FORGED),
        ("complaint", -timedelta(minutes=1), Fault.FORGED),
        ("complaint", timedelta(hours=25), Fault.TOO_OLD),
    ],
)
def test_a_ticket_is_good_for_its_form_and_its_day(purpose, later, fault) -> None:
    ticket = new_ticket("complaint", at=AT)
    assert read_ticket(ticket.signed, purpose, at=AT + later) is fault


@pytest.mark.parametrize("text", ["", "x", "e30:1:2", "\0"])
def test_no_ticket_can_be_made_up(text) -> None:
    assert read_ticket(text, "complaint", at=AT) is Fault.FORGED


def test_a_changed_ticket_is_no_ticket() -> None:
    signed = new_ticket("complaint", at=AT).signed
    body, rest = signed.split(":", 1)
    other = new_ticket("complaint", at=AT + timedelta(days=1)).signed.split(":", 1)[0]
    assert isinstance(read_ticket(f"{body}:{rest}", "complaint", at=AT), Ticket)
    assert read_ticket(f"{other}:{rest}", "complaint", at=AT) is Fault.FORGED


def test_nobody_fills_in_a_form_in_two_seconds() -> None:
    ticket = new_ticket("complaint", at=AT)
    assert too_fast(ticket, at=AT + timedelta(seconds=2))
    assert not too_fast(ticket, at=AT + timedelta(seconds=3))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2aa::5", "2001:db8:1:200::/56"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_networks(address, network) -> None:
    assert network_of(address) == network


def test_a_network_has_another_name_each_day_and_for_each_key() -> None:
    names = {
        digest_of("192.0.2.0/24", key=key, at=AT + days * timedelta(days=1))
        for key in ("a", "b")
        for days in (0, 1)
    }
    assert len(names) == 4
    assert digest_of("192.0.2.0/24", key="a", at=AT) == digest_of(
        "192.0.2.0/24", key="a", at=AT + timedelta(hours=1)
    )
