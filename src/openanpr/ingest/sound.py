"""The quick way to judge a batch: all of its reads at once, where nothing is wrong with any.

Nearly every batch is sound. Its reads are then decoded together, and their texts checked a column
at a time instead of one by one. Whatever is not plainly in order is left to the careful way
(`openanpr.ingest.checking`), which says what is wrong with which read.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from openanpr.wire import Alternative, RawBatch, Read

_MARK_LINES: Final = re.compile(r"[A-Z0-9]{1,12}(?:\n[A-Z0-9]{1,12})*")
_COUNTRY: Final = re.compile(r"[A-Z]{1,3}")
_PRINTABLE: Final = re.compile(r"[^\x00-\x1f\x7f]{0,64}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class _LooseAlternative(Alternative, frozen=True, kw_only=True, gc=False):
    vrm: str


class _LooseRead(Read, frozen=True, kw_only=True, gc=False):
    """A read whose texts have not been looked at; numbers, times and ids have."""

    camera: str
    vrm: str
    raw_vrm: str = ""
    alternatives: Annotated[tuple[_LooseAlternative, ...], Meta(max_length=10)] = ()
    country: str | None = None
    patch_sha256: str | None = None
    overview_sha256: str | None = None
    model_version: str = ""


_decoder: Final = msgspec.json.Decoder(list[_LooseRead])


def sound_reads(batch: RawBatch) -> Sequence[Read] | None:
    """The reads, where each has the form that the schema asks for; else None.

    The form of the cameras' names is not checked: only known ones are of use.
    """
    try:
        reads = _decoder.decode(b"[" + b",".join(map(bytes, batch.reads)) + b"]")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return reads if _texts_are_sound(reads) else None


def _texts_are_sound(reads: Sequence[Read]) -> bool:
    marks = [read.vrm for read in reads]
    marks += [other.vrm for read in reads for other in read.alternatives]
    if not _are_marks(marks):
        return False
    printed = {read.raw_vrm for read in reads}.difference(marks)
    printed.update({read.model_version for read in reads})
    hashes = {read.patch_sha256 for read in reads} | {read.overview_sha256 for read in reads}
    countries = {read.country for read in reads}
    return (
        _all_match(_PRINTABLE, printed)
        and _all_match(_COUNTRY, countries)
        and _all_match(_SHA256, hashes)
    )


def _are_marks(marks: Sequence[str]) -> bool:
    if not marks:
        return True
    lines = "\n".join(marks)
    # A line feed within a mark would make it pass for two.
    return lines.count("\n") == len(marks) - 1 and _MARK_LINES.fullmatch(lines) is not None


def _all_match(form: re.Pattern[str], texts: Iterable[str | None]) -> bool:
    return all(text is None or form.fullmatch(text) for text in texts)
