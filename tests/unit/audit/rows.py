"""Chains of audit rows made without a database."""

from dataclasses import replace

from openanpr.audit.canonical import FIELDS, GENESIS, Row


def chain(values: list[dict[str, str]]) -> list[Row]:
    """A whole chain with one row for each mapping; fields that are not named are empty."""
    rows: list[Row] = []
    previous = GENESIS
    for number, given in enumerate(values, 1):
        row = Row(
            sequence=number,
            values=dict.fromkeys(FIELDS, "") | given,
            salt=number.to_bytes(32, "big"),
            previous_hash=previous,
            hash=b"",
        )
        row = replace(row, hash=row.computed_hash())
        previous = row.hash
        rows.append(row)
    return rows


def simple_chain(length: int) -> list[Row]:
    """A whole chain of ``length`` rows that differ."""
    return chain([{"verb": "test.do", "reason": f"reason {n}"} for n in range(length)])
