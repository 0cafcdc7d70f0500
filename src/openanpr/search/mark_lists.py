"""Marks out of a typed or brought list: one a line, in the first column."""

import re
from typing import Final

from openanpr.vrm import InvalidVrm, normalise

MOST_BYTES: Final = 200_000
_COLUMNS: Final = re.compile(r"[,;\t]")
_HEADINGS: Final = frozenset({"vrm", "mark", "marks", "registration", "plate", "vrn"})
_NAMED: Final = 5


class MarkListError(ValueError):
    """Lines that are no marks; the message names them by number and never repeats them."""


def marks_in(text: str) -> set[str]:
    """The marks of a list, normalised, each once; empty lines and a heading are passed over.

    Raises MarkListError where any other line holds no mark.
    """
    found: set[str] = set()
    wrong: list[int] = []
    for number, line in enumerate(text.splitlines(), 1):
        cell = _COLUMNS.split(line, maxsplit=1)[0].strip().strip("\"'")
        if not cell or (number == 1 and cell.casefold() in _HEADINGS):
            continue
        try:
            found.add(normalise(cell))
        except InvalidVrm:
            wrong.append(number)
    if wrong:
        lines = ", ".join(str(one) for one in wrong[:_NAMED])
        more = f" and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
        plural = "s" if len(wrong) > 1 else ""
        raise MarkListError(f"Line{plural} {lines}{more}: no registration mark; correct or remove")
    return found
