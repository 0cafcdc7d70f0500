"""The words of channels. Their values are what is stored."""

from enum import StrEnum
from typing import Final


class ChannelKind(StrEnum):
    """What carries the message."""

    WEBHOOK = "webhook"
    EMAIL = "email"


class MessageState(StrEnum):
    """A dead message is tried no more until somebody sends it again."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


KIND_NAMES: Final[dict[ChannelKind, str]] = {
    ChannelKind.WEBHOOK: "Webhook: a signed request to another system",
    ChannelKind.EMAIL: "E-mail",
}
