"""Reading the kept pictures of an investigation's reads again with the model installed now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openanpr.investigations.models import Investigation
from openanpr.investigations.services.author import Author
from openanpr.investigations.vocabulary import INVESTIGATING
from openanpr.reads.corrections import (
    Finding,
    ReadGoneError,
    ReadKey,
    Source,
    Verdict,
    correct_read,
    verdict_on,
)
from openanpr.reads.images import ImageDamagedError, ImageKeyMissingError, ImageStore
from openanpr.reads.links import pictures_here
from openanpr.search.second_reader import SecondReader
from openanpr.search.selection import PickedRead
from openanpr.search.services.compare import picked_again
from openanpr.search.services.run import SearchResult, run_search
from openanpr.search.store import FoundRead

MOST_REREAD: Final = 20
"""So many pictures are read while a person waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAgain:
    """A read and what the second model makes of its picture; ``why_not`` where it was not asked."""

    read: FoundRead
    verdict: Verdict | None = None
    vrm: str = ""
    confidence: float | None = None
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereading:
    """What came of it: the search that opened the reads, and each of them."""

    result: SearchResult
    model: str
    lines: tuple[ReadAgain, ...] = ()


def read_again(
    *,
    author: Author,
    investigation: Investigation,
    reads: Sequence[PickedRead],
    images: ImageStore,
    reader: SecondReader,
    at: datetime,
) -> Rereading:
    """Read the pictures again, and keep each second reading beside the first.

    A search of its own opens the reads, decided and recorded. Nothing that the same model has
    read is read again. Must not run inside a transaction; raises as ``run_search`` does.
    """
    result = run_search(
        author=author,
        question=picked_again(author, investigation, reads, why="Reading pictures again"),
        investigation=investigation,
        at=at,
    )
    scope = result.decision.scope
    if scope is None or not scope.show_images:
        return Rereading(result=result, model=reader.version)
    here = pictures_here([one.patch_hash for one in result.reads if one.patch_hash])
    done = {one.read_id for one in result.found.second if one.model == reader.version}
    lines = []
    for read in result.reads:
        if read.model_version == reader.version or read.id in done:
            lines.append(ReadAgain(read=read, why_not="This model has read it already"))
            continue
        patch = _patch(images, here.get(read.patch_hash or ""))
        if patch is None:
            lines.append(ReadAgain(read=read, why_not="There is no picture of the plate"))
            continue
        lines.append(_second(author, investigation, read, patch, reader, at))
    return Rereading(result=result, model=reader.version, lines=tuple(lines))


def _second(
    author: Author,
    investigation: Investigation,
    read: FoundRead,
    patch: bytes,
    reader: SecondReader,
    at: datetime,
) -> ReadAgain:
    look = reader.read(patch)
    vrm = "" if look is None else look.vrm
    verdict = verdict_on(read.vrm, vrm)
    confidence = None if look is None else look.confidence
    try:
        correct_read(
            read=ReadKey(
                id=read.id,
                vrm=read.vrm,
                captured_at=read.captured_at,
                camera_id=read.camera_id,
            ),
            finding=Finding(
                verdict=verdict,
                says=vrm,
                source=Source.MODEL,
                reference=f"investigation:{investigation.id}",
                investigation=investigation.reference,
                reason="Picture read again",
                model=reader.version,
                confidence=confidence,
            ),
            actor=author.acting(INVESTIGATING),
            at=at,
            origin=author.origin,
        )
    except ReadGoneError:
        return ReadAgain(read=read, why_not="The read has left the store")
    return ReadAgain(read=read, verdict=verdict, vrm=vrm, confidence=confidence)


def _patch(images: ImageStore, kept: str | None) -> bytes | None:
    if kept is None:
        return None
    try:
        return images.open(kept)
    except (ImageDamagedError, ImageKeyMissingError, OSError):
        return None
