"""Walking the chain: is every row there, in order, and as it was written?"""

from collections.abc import Iterable
from dataclasses import dataclass

from openanpr.audit.canonical import GENESIS, Row


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the chain: a row's number and hash. ``START`` is the one before the first row."""

    sequence: int
    hash: bytes


START = Link(0, GENESIS)


@dataclass(frozen=True, slots=True)
class Break:
    """The first row that does not hold, and what is wrong there."""

    sequence: int
    problem: str

    def __str__(self) -> str:
        return f"the chain breaks at row {self.sequence}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many rows held, the last of them, and the break (``None``: the chain is whole)."""

    rows: int
    head: Link
    broken: Break | None

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.broken is None


def check(rows: Iterable[Row], *, after: Link = START, head: Link | None = None) -> Verdict:
    """Check ``rows``, which come in the order of their numbers and follow ``after``.

    ``head`` is where the chain is known to end (``None``: not known); rows cut off at the end show
    only against it.
    """
    last, count = after, 0
    for row in rows:
        problem = _problem(row, last)
        if problem is not None:
            return Verdict(count, last, problem)
        last = Link(row.sequence, row.hash)
        count += 1
    return Verdict(count, last, _cut_off(last, head))


def _problem(row: Row, last: Link) -> Break | None:
    expected = last.sequence + 1
    if row.sequence > expected:
        return Break(expected, f"this row is missing; the next one there is {row.sequence}")
    if row.sequence < expected:
        return Break(row.sequence, f"this row stands where row {expected} should be")
    if row.previous_hash != last.hash:
        return Break(
            row.sequence,
            f"it does not follow row {last.sequence}: "
            "one of the two was replaced, inserted or moved",
        )
    if row.computed_hash() != row.hash:
        return Break(row.sequence, "its fields were changed after it was written")
    return None


def _cut_off(last: Link, head: Link | None) -> Break | None:
    if head is None or head == last:
        return None
    if head.sequence > last.sequence:
        return Break(
            last.sequence + 1, f"this row is missing; the chain is known to reach {head.sequence}"
        )
    if head.sequence < last.sequence:
        return Break(
            head.sequence + 1,
            f"this row was added past the known end of the chain, {head.sequence}",
        )
    return Break(last.sequence, "its hash is not the one written down for the end of the chain")
