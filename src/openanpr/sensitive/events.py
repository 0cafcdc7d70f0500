"""What the audit says of sensitive places; their kind, never where they are."""

from typing import Final

from openanpr.audit.events import EventKind, register

_KIND: Final = {"kind": "clinic, worship, court, school or protest"}

register(
    EventKind(
        verb="sensitive.propose",
        sentence="{actor} entered {subject} (kind {kind}), to be confirmed: {reason}.",
        payload=_KIND,
    ),
    EventKind(
        verb="sensitive.confirm",
        sentence="{actor} confirmed {subject} (kind {kind}).",
        payload=_KIND,
    ),
    EventKind(
        verb="sensitive.ask-to-end",
        sentence="{actor} asked to end {subject} (kind {kind}): {reason}.",
        payload=_KIND,
    ),
    EventKind(
        verb="sensitive.end",
        sentence="{actor} agreed to end {subject} (kind {kind}).",
        payload=_KIND,
    ),
    EventKind(
        verb="sensitive.keep",
        sentence="{actor} kept {subject} (kind {kind}) in force.",
        payload=_KIND,
    ),
)
