"""The open interface of a channel: implement ``Channel`` and name it in ``CARRIERS`` to add one.

A radio gateway, say, is a webhook today; one with a protocol of its own is a class with ``send``.
"""

from dataclasses import asdict, dataclass
from typing import Protocol

import msgspec


class CannotDeliver(Exception):
    """The message did not arrive; the text says why, and what to do, in words.

    ``final``: no further attempt can succeed as long as the channel is as it is.
    """

    def __init__(self, text: str, *, final: bool = False) -> None:
        super().__init__(text)
        self.final = final


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """All that a channel is given: that an alert waits, how grave, what to do, where to look.

    Never the mark, the place, the list or the reason: these are shown by the page to people who are
    decided on, and what leaves by a channel is read by whoever stands at its other end.
    ``message`` is the same for every attempt, so that a receiver can drop what it has already.
    """

    message: str
    alert: str
    event: str
    raised_at: str
    priority: int
    action: str
    page: str

    @property
    def subject(self) -> str:
        """The subject of an e-mail."""
        return f"ANPR alert, priority {self.priority}"

    @property
    def text(self) -> str:
        """The text of an e-mail."""
        return (
            f"An alert of priority {self.priority} ({self.event}) waits for you.\n"
            f"Action on the record: {self.action}.\n\n{self.page}\n"
        )

    def body(self) -> bytes:
        """The notice as JSON, which is what a webhook receives."""
        return msgspec.json.encode(asdict(self))


class Message(Protocol):
    """What a channel can carry: an alert's ``Notice``, or a reminder of what falls due."""

    @property
    def message(self) -> str:
        """The id of the message, the same for every attempt."""

    @property
    def subject(self) -> str:
        """The subject of an e-mail."""

    @property
    def text(self) -> str:
        """The text of an e-mail."""

    def body(self) -> bytes:
        """The JSON that a webhook receives."""


class Channel(Protocol):
    """Carries messages to one address."""

    def send(self, notice: Message) -> None:
        """Deliver, or raise ``CannotDeliver``. May be called again with the same notice."""
