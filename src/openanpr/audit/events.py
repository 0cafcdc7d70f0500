"""The register of audit verbs: what was done, and the sentence that says it.

Each app registers its verbs in its own ``events`` module. Verb, data and sentence are three things,
so that wording can improve without rewriting history.
"""

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """A verb (``noun.verb``), its sentence template and what its payload holds (key: meaning).

    The template may name ``{actor}``, ``{role}``, ``{subject}``, ``{investigation}``, ``{reason}``,
    ``{decision}``, ``{reasons}`` and any key of ``payload``. Payload keys may not hold read times,
    places or, except for what a search asked, marks.
    """

    verb: str
    sentence: str
    payload: Mapping[str, str] = field(default_factory=dict)


class Event(Protocol):
    """What a sentence is made from; ``audit.models.AuditEvent`` has it."""

    verb: str
    actor_kind: str
    actor_account: str
    actor_name: str
    acting_role: str
    subject: str
    investigation: str
    reason: str
    decision: str
    reasons: list[str]
    payload: dict[str, object]


_REGISTER: Final[dict[str, EventKind]] = {}


def register(*kinds: EventKind) -> None:
    """Add verbs. Raises ``ValueError`` for one that is taken with another meaning or ill-formed."""
    for kind in kinds:
        noun, dot, verb = kind.verb.partition(".")
        if not (noun and dot and verb):
            raise ValueError(f"a verb is `noun.verb`, not {kind.verb!r}")
        unknown = set(_names(kind.sentence)) - _COMMON - set(kind.payload)
        if unknown:
            raise ValueError(f"the sentence of {kind.verb} names unknown fields {sorted(unknown)}")
        if _REGISTER.setdefault(kind.verb, kind) != kind:
            raise ValueError(f"the verb {kind.verb} is registered twice")


def kind_of(verb: str) -> EventKind:
    """The kind of ``verb``. Raises ``LookupError`` for a verb that no app registered."""
    try:
        return _REGISTER[verb]
    except KeyError:
        raise LookupError(
            f"the audit verb {verb!r} is not registered in any events module"
        ) from None


def all_kinds() -> tuple[EventKind, ...]:
    """Every registered kind, by verb."""
    return tuple(_REGISTER[verb] for verb in sorted(_REGISTER))


def sentence(event: Event) -> str:
    """``event`` in one plain sentence. A verb that has since been retired gives its bare name."""
    kind = _REGISTER.get(event.verb)
    if kind is None:
        return f"{actor_text(event)}: {event.verb} {event.subject}".strip()
    values = {
        "actor": actor_text(event),
        "role": event.acting_role or "no particular role",
        "subject": event.subject or "nothing named",
        "investigation": event.investigation or "no investigation",
        "reason": event.reason or "no reason given",
        "decision": _ANSWERS.get(event.decision, event.decision),
        "reasons": ", ".join(event.reasons).replace("-", " ") or "no reason given",
    }
    for name in kind.payload:
        values[name] = value_text(event.payload.get(name))
    return kind.sentence.format_map(values)


def actor_text(event: Event) -> str:
    """The author as people read it: ``PC A Example (pc.example)``, ``the ingest process``."""
    if event.actor_kind == "system":
        return f"The {event.actor_account} process"
    if event.actor_kind == "unknown":
        claimed = f" claiming to be {event.actor_account}" if event.actor_account else ""
        return f"Somebody unknown{claimed}"
    return f"{event.actor_name} ({event.actor_account})"


_COMMON: Final = frozenset(
    {"actor", "role", "subject", "investigation", "reason", "decision", "reasons"}
)


_ANSWERS: Final = {
    "": "no decision",
    "allow": "allowed",
    "deny": "refused",
    "partial": "allowed in part",
}
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*(?:\+00:00|Z)")


def _names(template: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]


def value_text(value: object) -> str:
    """A value of a payload as people read it; times in UTC."""
    if value is None or value == "":
        return "-"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        moment = datetime.fromisoformat(value)
        return f"{moment.day} {moment:%B %Y %H:%M:%S} UTC"
    return str(value)


register(
    EventKind(
        verb="access.refuse",
        sentence="{actor} was refused the page {page} ({method}): {reasons}.",
        payload={"page": "name of the page, never its address", "method": "HTTP method"},
    ),
    EventKind(
        verb="audit.verify",
        sentence="{actor} checked the chain: {outcome} ({rows} rows).",
        payload={
            "outcome": "whole, or what is broken and where",
            "rows": "rows checked",
            "head": "hash of the last row checked",
        },
    ),
    EventKind(
        verb="audit.export",
        sentence="{actor} wrote the whole audit to a file (redacted: {redacted}).",
        payload={"redacted": "whether names, marks and reasons were left out"},
    ),
)
