"""The one way to write the audit: ``record_event``. Rows are made and chained by the database.

The database serialises appends with a lock held to the end of the transaction, so a transaction
that does long work calls ``record_event`` last, and none may run at ``REPEATABLE READ``.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal, Protocol, TypeAlias, TypedDict, Unpack, cast

from django.db import connections

from openanpr.audit import events
from openanpr.audit.actors import AuditActor
from openanpr.audit.origin import present_origin

__all__ = ["JSON", "AuditActor", "AuditRecord", "append_sql", "record_event", "record_event_raw"]

JSON: TypeAlias = "str | int | bool | Sequence[JSON] | Mapping[str, JSON] | None"
Decision: TypeAlias = Literal["", "allow", "deny", "partial"]
DECISIONS: Final = frozenset({"", "allow", "deny", "partial"})

append_sql: Final = "select sequence, hash, recorded_at from audit_append(%s::jsonb)"
"""Takes one parameter, the text made by ``event_text``; returns one row."""


class Cursor(Protocol):
    """A psycopg cursor with tuple rows, or a Django one."""

    def execute(self, query: Any, params: Any = ..., /) -> object: ...

    def fetchone(self) -> Any: ...


class EventDetails(TypedDict, total=False):
    """What an event may say beside its verb, author and time; everything left out is empty."""

    subject: str
    investigation: str
    reason: str
    decision: Decision
    reasons: Sequence[str]
    profile_version: str
    request_id: str
    source_address: str
    payload: Mapping[str, JSON]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord:
    """What was written: its number in the chain, its hash (hexadecimal) and the database's time."""

    sequence: int
    hash: str
    recorded_at: datetime


def record_event(
    *,
    verb: str,
    actor: AuditActor,
    at: datetime,
    using: str = "default",
    **details: Unpack[EventDetails],
) -> AuditRecord:
    """Append one event in the current transaction of the Django connection ``using``.

    ``verb`` is one that an ``events`` module registered (else ``LookupError``); ``subject`` is a
    typed reference such as ``camera:12``. ``payload`` holds text, whole numbers, truth values and
    lists or mappings of them: no fractions, whose text differs between programs (``TypeError``).
    Where the database refuses, ``django.db.Error`` reaches the caller: what cannot be audited must
    not be done.
    """
    text = event_text(verb=verb, actor=actor, at=at, **details)
    with connections[using].cursor() as cursor:
        return _append(cursor, text)


def record_event_raw(
    cursor: Cursor, *, verb: str, actor: AuditActor, at: datetime, **details: Unpack[EventDetails]
) -> AuditRecord:
    """As ``record_event``, in the current transaction of a psycopg cursor (rows as tuples)."""
    return _append(cursor, event_text(verb=verb, actor=actor, at=at, **details))


def event_text(
    *, verb: str, actor: AuditActor, at: datetime, **details: Unpack[EventDetails]
) -> str:
    """The event as the JSON text that ``append_sql`` takes (for callers that run it themselves)."""
    events.kind_of(verb)
    if at.utcoffset() is None:
        raise ValueError("`at` has no time zone; give an aware datetime")
    if details.get("decision", "") not in DECISIONS:
        raise ValueError(f"a decision is allow, deny or partial, not {details['decision']!r}")
    event: dict[str, JSON] = {
        "verb": verb,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_kind": actor.kind,
        "actor_person": actor.person_id,
        "actor_account": actor.account,
        "actor_name": actor.name,
        "acting_role": actor.role,
        # Who forgets to say where it came from does not leave the row without it.
        **cast("Mapping[str, JSON]", present_origin()),
        **cast("Mapping[str, JSON]", {name: value for name, value in details.items() if value}),
    }
    return json.dumps(_storable(event), ensure_ascii=False)


def _storable(value: JSON) -> JSON:
    """``value`` without what PostgreSQL cannot keep: NUL and lone surrogates become U+FFFD."""
    if isinstance(value, str):
        text = str(value).replace("\x00", "\ufffd")
        return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Mapping):
        return {str(_storable(str(key))): _storable(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_storable(item) for item in value]
    raise TypeError(f"an audit payload cannot hold {type(value).__name__}")


def _append(cursor: Cursor, text: str) -> AuditRecord:
    cursor.execute(append_sql, [text])
    sequence, digest, recorded_at = cursor.fetchone()
    return AuditRecord(sequence=sequence, hash=bytes(digest).hex(), recorded_at=recorded_at)
