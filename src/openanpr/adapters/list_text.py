"""The text of a list file: which encoding it is in, and its lines one by one.

A record is one line. A quoted cell cannot hold a line break, so that one stray quotation mark
spoils its own line and no other.
"""

import codecs
import io
from collections.abc import Iterator
from typing import IO, Final

LONGEST_LINE: Final = 16_384
"""Characters of the longest line that is read; a longer one is rejected."""

_BLOCK: Final = 1 << 20
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENCODING_NAMES: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16": "UTF-16 with a byte order mark",
    "utf-16-le": "UTF-16 (little-endian, without a byte order mark)",
    "utf-16-be": "UTF-16 (big-endian, without a byte order mark)",
    "cp1252": "Windows-1252, because it is not valid UTF-8",
}
"""How each encoding is told to a person."""


def encoding_of(file: IO[bytes]) -> str:
    """The encoding of the whole file; it is left at its start.

    A byte order mark decides; then zero bytes in the even or odd places (UTF-16); then whether all
    of it is valid UTF-8; otherwise Windows-1252.
    """
    file.seek(0)
    head = file.read(4096)
    for mark, name in _BOMS:
        if head.startswith(mark):
            file.seek(0)
            return name
    guess = _without_mark(head)
    name = guess or ("utf-8" if _is_utf8(file) else "cp1252")
    file.seek(0)
    return name


def lines_of(file: IO[bytes], encoding: str) -> Iterator[str | None]:
    """Each line without its end, or ``None`` for one longer than ``LONGEST_LINE``.

    Bytes that the encoding does not know become U+FFFD. The file stays open.
    """
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline=None)
    try:
        while line := text.readline(LONGEST_LINE + 1):
            if line.endswith("\n"):
                yield line[:-1]
            elif len(line) <= LONGEST_LINE:
                yield line  # the last one, which no line end follows
            else:
                _skip_rest(text)
                yield None
    finally:
        text.detach()


def _skip_rest(text: io.TextIOWrapper) -> None:
    while (part := text.readline(LONGEST_LINE)) and not part.endswith("\n"):
        pass


def _without_mark(head: bytes) -> str | None:
    pairs = len(head) // 2
    if pairs and head[1::2].count(0) * 2 > pairs and not head[::2].count(0):
        return "utf-16-le"
    if pairs and head[::2].count(0) * 2 > pairs and not head[1::2].count(0):
        return "utf-16-be"
    return None


def _is_utf8(file: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
