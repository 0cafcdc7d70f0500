"""Taking a result out: the search made afresh, the export decided, recorded, then written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO

from django import db
from django.db import transaction

from openanpr.access.decide import SearchDecision, decide_export
from openanpr.access.explain import explain_search
from openanpr.audit.services import record_event
from openanpr.cameras.queries import Place, cameras_by_id, name_of, place_of
from openanpr.investigations.queries import facts_of, grants_of
from openanpr.investigations.services.author import Author
from openanpr.investigations.vocabulary import INVESTIGATING
from openanpr.policy.queries import NoProfileError, profile_in_force
from openanpr.search.exporting import ExportedRead, FileFormat, write
from openanpr.search.models import SearchRun
from openanpr.search.queries import question_asked
from openanpr.search.services.record import digest_of, shown_of
from openanpr.search.services.run import SearchResult, SearchStoppedError, run_search
from openanpr.search.store import FoundRead


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What somebody asks to take out: of which search, in what file, for whom and why."""

    run: SearchRun
    format: FileFormat
    recipient: str
    reason: str
    stepped_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRefused:
    """Nothing left; ``sentences`` say why."""

    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The file, open at its beginning, and its name."""

    file: IO[bytes]
    name: str


def export_search(
    *, author: Author, export: Export, marking: str, at: datetime
) -> Exported | ExportRefused:
    """The reads of one's own search in a file, once recipient and reason stand in the audit.

    Decided twice: before anything is looked at, and again with the number of reads that would
    leave. Raises ``SearchStoppedError`` where the audit can't be written, ``SearchTooLongError``
    where looking took too long; then there is no file.
    """
    try:
        refused = _refused(author, export, rows=0, at=at)
        if refused is not None:
            return refused
        result = _searched(author, export, at)
        refused = _refused(author, export, rows=_leaving(result), at=at)
        if refused is not None:
            return refused
        number = _record(author, export, result, at)
    except (db.Error, NoProfileError) as problem:
        raise SearchStoppedError from problem
    about = (
        ("marking", marking),
        ("export", str(number)),
        ("search", str(result.run.id)),
        ("looked for", result.run.asked),
        ("captured from", _utc(result.run.period_from)),
        ("captured to", _utc(result.run.period_to)),
        ("investigation", result.run.investigation.reference if result.run.investigation else ""),
        ("exported by", author.user.full_name),
        ("exported at", _utc(at)),
        ("recipient", export.recipient),
        ("reason", export.reason),
        ("allowed", " ".join(result.sentences)),
        ("SHA-256 of the reads", digest_of(shown_of(result.found))),
    )
    scope = result.decision.scope
    exact = scope is not None and scope.show_location
    lines = exported_reads(result.reads, number, exact=exact)
    return Exported(
        file=write(export.format, lines, about),
        name=f"search-{number}.{export.format.value}",
    )


def _searched(author: Author, export: Export, at: datetime) -> SearchResult:
    return run_search(
        author=author,
        question=question_asked(export.run),
        investigation=export.run.investigation,
        surveillance=export.run.surveillance,
        continues=export.run,
        at=at,
    )


def _leaving(result: SearchResult) -> int:
    """How many reads would leave; more than were found where there are more."""
    return len(shown_of(result.found)) + int(result.truncated)


def _refused(author: Author, export: Export, *, rows: int, at: datetime) -> ExportRefused | None:
    investigation = export.run.investigation
    if investigation is None:
        return ExportRefused(sentences=("Not allowed: the search belongs to no investigation.",))
    profile = profile_in_force(at=at)
    decision = decide_export(
        actor=author.actor,
        query=question_asked(export.run).as_query(),
        investigation=facts_of(investigation),
        grants=grants_of(investigation),
        profile=profile,
        at=at,
        rows=rows,
        stepped_up=export.stepped_up,
    )
    if decision.allowed:
        return None
    _record_refusal(author, export, decision, rows, at)
    return ExportRefused(sentences=explain_search(decision, profile=profile))


def _record_refusal(
    author: Author, export: Export, decision: SearchDecision, rows: int, at: datetime
) -> None:
    with transaction.atomic(durable=True):
        record_event(
            verb="export.refuse",
            actor=author.acting(INVESTIGATING),
            at=at,
            subject=f"search:{export.run.id}",
            investigation=export.run.investigation.reference if export.run.investigation else "",
            reason=export.reason,
            decision="deny",
            reasons=list(decision.reasons),
            profile_version=decision.profile,
            payload={"format": export.format.value, "recipient": export.recipient, "rows": rows},
            **author.origin,
        )


def _record(author: Author, export: Export, result: SearchResult, at: datetime) -> int:
    reads = shown_of(result.found)
    with transaction.atomic(durable=True):
        written = record_event(
            verb="export.make",
            actor=author.acting(INVESTIGATING),
            at=at,
            subject=f"search:{result.run.id}",
            investigation=result.run.investigation.reference if result.run.investigation else "",
            reason=export.reason,
            decision="allow",
            profile_version=result.decision.profile,
            payload={
                "format": export.format.value,
                "recipient": export.recipient,
                "rows": len(reads),
                "digest": digest_of(reads),
                "read_ids": [str(read.id) for read in reads],
            },
            **author.origin,
        )
    return written.sequence


def exported_reads(
    reads: Sequence[FoundRead], number: int, *, exact: bool
) -> Iterator[ExportedRead]:
    """The reads as they leave under the audit row ``number``; ``exact``: with sites."""
    cameras = cameras_by_id({read.camera_id for read in reads})
    for read in reads:
        camera = cameras.get(read.camera_id)
        place = place_of(camera, with_location=exact) if camera else Place(area_name="Unknown")
        own = exact and read.latitude is not None
        yield ExportedRead(
            export=number,
            read_id=str(read.id),
            captured_at=_utc(read.captured_at),
            mark=read.vrm,
            first_read_as=read.raw_vrm,
            confidence=round(read.confidence, 4),
            camera=name_of(camera, with_location=exact) if camera else "",
            area=place.area_name,
            site=place.site_name or "",
            latitude=read.latitude if own else place.latitude,
            longitude=read.longitude if own else place.longitude,
            direction=read.direction,
            came_late=read.late,
            reader_model=read.model_version,
        )


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
