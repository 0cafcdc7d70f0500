"""Audit rows as the auditor's pages show them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from openanpr.access.explain import SENTENCES
from openanpr.access.vocabulary import Reason
from openanpr.audit.events import all_kinds, sentence, value_text
from openanpr.audit.models import AuditEvent

_TAGS: Final = {
    "allow": ("Allowed", "green"),
    "deny": ("Refused", "red"),
    "partial": ("Allowed in part", "yellow"),
}
_ONLY_COUNTED: Final = frozenset({"read_ids", "live_search_ids"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """One row of the list. ``tag`` is (text, colour); ``None`` where nothing was decided."""

    sequence: int
    at: datetime
    verb: str
    sentence: str
    tag: tuple[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A named value of a row."""

    name: str
    value: str


def event_line(event: AuditEvent) -> EventLine:
    """One row in short."""
    return EventLine(
        sequence=event.sequence,
        at=event.at,
        verb=event.verb,
        sentence=sentence(event),
        tag=_TAGS.get(event.decision),
    )


def reasons_in_words(event: AuditEvent) -> list[str]:
    """Each reason, with what the person was told."""
    told = {reason.value: SENTENCES[reason] for reason in Reason if reason in SENTENCES}
    return [
        reason.replace("-", " ") + (f" (they were told: {told[reason]})" if reason in told else "")
        for reason in event.reasons
    ]


def payload_facts(event: AuditEvent) -> list[Fact]:
    """The payload by the meaning of its keys, in their order. Ids of reads are only counted."""
    meanings = next((kind.payload for kind in all_kinds() if kind.verb == event.verb), {})
    known = [name for name in meanings if name in event.payload]
    further = [name for name in event.payload if name not in meanings]
    return [
        Fact(name=_heading(meanings.get(name, name)), value=_shown(name, event.payload[name]))
        for name in (*known, *further)
    ]


def _heading(text: str) -> str:
    return text[:1].upper() + text[1:]


def _shown(name: str, value: Any) -> str:
    if name in _ONLY_COUNTED and isinstance(value, list):
        return str(len(value))
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        return "\n".join(_record(one) for one in value)
    if isinstance(value, dict):
        return _record(value)
    return value_text(value)


def _record(value: dict[str, Any]) -> str:
    return "; ".join(f"{name}: {value_text(item)}" for name, item in value.items())
