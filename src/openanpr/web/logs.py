"""Keeps marks out of the logs, whatever a library puts into a message."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any, Final

# Current, prefix, suffix and NI forms with or without a space, also one that an address writes in
# its own way; a word of letters alone is left. In small letters only the current form is known from
# other words.
_GAP: Final = r"(?:\s|\+|%20)?"
_MARK: Final = re.compile(
    rf"(?<![A-Za-z0-9])(?:[A-Z]{{2}}\d{{2}}{_GAP}[A-Z]{{3}}|[A-Z]\d{{1,3}}{_GAP}[A-Z]{{3}}"
    rf"|[A-Z]{{3}}{_GAP}\d{{1,4}}[A-Z]?|[A-Z]{{1,3}}{_GAP}\d{{3,4}}"
    rf"|[a-z]{{2}}\d{{2}}{_GAP}[a-z]{{3}})(?![A-Za-z0-9])"
)


class NoMarks(logging.Filter):
    """Replaces what looks like a registration mark in a record's text."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        masked = _MARK.sub("[mark]", text)
        if masked != text:
            record.msg, record.args = masked, ()
        return True


def mask_traces(_logger: object, _name: str, line: MutableMapping[str, Any]) -> Any:
    """A structlog processor: the same for what an exception said, which may quote a row or a form.

    Stands after the traceback was made text.
    """
    for key in ("exception", "stack_info", "stack"):
        if isinstance(line.get(key), str):
            line[key] = _MARK.sub("[mark]", line[key])
    return line
