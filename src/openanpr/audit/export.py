"""The export that outsiders check with ``verify/audit_check.py``: JSON lines, one global sequence.

The first line names the format and the fields in the order of hashing, then one line a row, then
the trailer with count, head and the signed root of the last row. Every value is the canonical text
that was hashed, so that no program has to rebuild it. A redacted export leaves the value of a field
out and gives its digest instead.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TextIO

from openanpr.audit.canonical import FIELDS, FORMAT, Row, field_digest, field_salt
from openanpr.audit.chain import START, Link, Verdict, check
from openanpr.audit.roots import Root

REDACTED = frozenset(
    {
        "actor_person",
        "actor_account",
        "actor_name",
        "subject",
        "reason",
        "source_address",
        "payload",
    }
)
"""What a redacted export leaves out: names, marks, reasons, and whatever may hold them."""


@dataclass(slots=True)
class _Tally:
    rows: int = 0
    last: Link = START


def write_export(
    rows: Iterable[Row],
    file: TextIO,
    *,
    redacted: bool,
    head: Link,
    sign: Callable[[Link], Root] | None = None,
) -> Verdict:
    """Write ``rows`` to ``file``, checking them on the way; the verdict says whether they hold.

    ``sign`` makes the root of the last row (``None``: the trailer has none).
    """
    tally = _Tally()
    _line(file, {"format": FORMAT, "fields": list(FIELDS)})
    written = _written(rows, file, redacted=redacted, tally=tally)
    verdict = check(written, head=head)
    # A check stops at the first break; what lies behind it is exported all the same.
    for _ in written:
        pass
    trailer: dict[str, Any] = {"rows": tally.rows, "head": tally.last.hash.hex()}
    if sign is not None and tally.rows:
        trailer["root"] = sign(tally.last).fields()
    _line(file, {"trailer": trailer})
    return verdict


def _written(rows: Iterable[Row], file: TextIO, *, redacted: bool, tally: _Tally) -> Iterator[Row]:
    for row in rows:
        _line(file, export_row(row, redacted=redacted))
        tally.rows += 1
        tally.last = Link(row.sequence, row.hash)
        yield row


def export_row(row: Row, *, redacted: bool = False) -> dict[str, Any]:
    """One row as it is exported. The row's own salt is given only where nothing is left out."""
    chained = {
        "sequence": row.sequence,
        "previous_hash": row.previous_hash.hex(),
        "hash": row.hash.hex(),
    }
    if not redacted:
        return {**chained, "salt": row.salt.hex(), "fields": dict(row.values)}
    shown = [name for name in FIELDS if name not in REDACTED]
    salts = {name: field_salt(row.salt, name) for name in FIELDS}
    return {
        **chained,
        "fields": {name: row.values[name] for name in shown},
        "salts": {name: salts[name].hex() for name in shown},
        "digests": {
            name: field_digest(salts[name], row.values[name]).hex()
            for name in FIELDS
            if name in REDACTED
        },
    }


def _line(file: TextIO, value: dict[str, Any]) -> None:
    file.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")
