"""From a decided search to the content of a pack."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from openanpr.access.vocabulary import Rank
from openanpr.accounts.models import User
from openanpr.accounts.queries import standing_of
from openanpr.alerts.models import Hit
from openanpr.audit.export import export_row
from openanpr.audit.stored import rows_numbered
from openanpr.cameras.gaps import gaps_of
from openanpr.cameras.models import Camera
from openanpr.cameras.queries import cameras_by_id, covert_among, name_of
from openanpr.config.values import Settings
from openanpr.exhibits.content import (
    Content,
    PackedCamera,
    PackedEntry,
    PackedEvent,
    PackedGrant,
    PackedRead,
)
from openanpr.exhibits.jurisdictions import form_of
from openanpr.exhibits.models import Exhibit, ExhibitEvent
from openanpr.exhibits.vocabulary import Edition, Jurisdiction
from openanpr.investigations.models import AuthorisationGrant
from openanpr.reads.links import pictures_here
from openanpr.search.readings import by_read
from openanpr.search.services import SearchResult
from openanpr.search.services.export import exported_reads
from openanpr.search.services.record import digest_of
from openanpr.search.store import FoundRead


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What goes into the pack: these reads of the result, with exact places or without."""

    result: SearchResult
    reads: tuple[FoundRead, ...]
    exact: bool


def chosen_of(result: SearchResult, edition: Edition) -> Chosen:
    """The reads of an edition: the open one leaves out every covert camera, and all sites."""
    scope = result.decision.scope
    exact = edition is Edition.SENSITIVE and scope is not None and scope.show_location
    reads = result.reads
    if edition is Edition.OPEN:
        covert = covert_among({read.camera_id for read in reads})
        reads = tuple(read for read in reads if read.camera_id not in covert)
    return Chosen(result=result, reads=reads, exact=exact)


def content_of(
    exhibit: Exhibit, chosen: Chosen, *, user: User, settings: Settings, at: datetime
) -> Content:
    """Everything that the pack will say of the exhibit, which stands recorded already."""
    run = chosen.result.run
    cameras = cameras_by_id({read.camera_id for read in chosen.reads})
    form = form_of(Jurisdiction(exhibit.jurisdiction), settings)
    return Content(
        exhibit_id=str(exhibit.id),
        reference=exhibit.reference or "",
        edition=exhibit.edition,
        jurisdiction=exhibit.jurisdiction,
        investigation=exhibit.investigation.reference,
        category=exhibit.investigation.category,
        force=user.force.name,
        maker=user.full_name,
        maker_rank=Rank(user.rank).value,
        maker_unit=user.unit.name,
        trained_until=_utc(standing_of(user, at=at).training_expires_at),
        recipient=exhibit.recipient,
        reason=exhibit.reason,
        marking=settings.marking,
        made_at=_utc(at),
        zone=settings.force_time_zone,
        captured_from=_utc(run.period_from),
        captured_to=_utc(run.period_to),
        asked=run.asked,
        profile=run.profile,
        allowed=list(chosen.result.sentences),
        picked=len(exhibit.picks),
        export=exhibit.audit_sequence or 0,
        digest=digest_of(chosen.reads),
        exact=chosen.exact,
        reads=_reads(chosen, exhibit.audit_sequence or 0),
        cameras=_cameras(chosen, cameras, at),
        grants=_grants(chosen.result),
        entries=_entries(chosen.reads) if chosen.exact else [],
        audit=_audit(exhibit, chosen),
        continuity=[
            PackedEvent(at=_utc(one.at), by=one.by, what=one.what, note=one.note)
            for one in ExhibitEvent.objects.filter(exhibit=exhibit).order_by("at", "id")
        ],
        disclosure_body=form.disclosure,
        complaints_body=form.complaints,
    )


def _reads(chosen: Chosen, number: int) -> list[PackedRead]:
    scope = chosen.result.decision.scope
    shown = scope is not None and scope.show_images
    hashes = {one for read in chosen.reads for one in (read.patch_hash, read.overview_hash) if one}
    here = pictures_here(hashes) if shown else {}
    second = by_read(chosen.result.found.second)
    lines = exported_reads(chosen.reads, number, exact=chosen.exact)
    return [
        PackedRead(
            line=line,
            clock_offset_ms=read.clock_offset_ms,
            patch=here.get(read.patch_hash or ""),
            # The surroundings of a vehicle show where it was.
            overview=here.get(read.overview_hash or "") if chosen.exact else None,
            patch_received=read.patch_hash,
            overview_received=read.overview_hash,
            alternatives=list(read.alternatives),
            second_readings=list(second.get(read.id, ())),
        )
        for line, read in zip(lines, chosen.reads, strict=True)
    ]


def _cameras(chosen: Chosen, cameras: dict[int, Camera], at: datetime) -> list[PackedCamera]:
    run = chosen.result.run
    listed = sorted(cameras.values(), key=lambda one: one.id)
    gaps = gaps_of(listed, [(run.period_from, min(run.period_to, at))], at=at)
    return [
        PackedCamera(
            name=name_of(one, with_location=chosen.exact),
            area=one.area_name,
            state=one.state,
            fault=one.fault if chosen.exact else "",
            last_heard_at=_utc(one.last_heard_at),
            clock_offset_ms=one.clock_offset_ms,
            gaps=[(_utc(gap.start), _utc(gap.end), gap.words) for gap in gaps[one.id]],
        )
        for one in listed
    ]


def _grants(result: SearchResult) -> list[PackedGrant]:
    used = {grant for part in result.decision.parts if part.allowed for grant in part.grant_ids}
    return [
        PackedGrant(
            grant=str(one.id),
            authoriser=one.granted_by.full_name,
            rank=one.authoriser_rank,
            valid_from=_utc(one.valid_from),
            expires_at=_utc(one.expires_at),
            captures_from=_utc(one.period_from),
            captures_to=_utc(one.period_to),
        )
        for one in AuthorisationGrant.objects.filter(id__in=used).select_related("granted_by")
    ]


def _entries(reads: Sequence[FoundRead]) -> list[PackedEntry]:
    hits = Hit.objects.filter(read_id__in=[read.id for read in reads]).order_by("captured_at", "id")
    return [
        PackedEntry(
            read_id=str(hit.read_id),
            how=hit.how,
            snapshot=hit.snapshot_version,
            entry=dict(hit.entry_copy),
        )
        for hit in hits
    ]


def _audit(exhibit: Exhibit, chosen: Chosen) -> list[dict[str, object]]:
    """The rows of question, answer and making; an open edition leaves names and payload out."""
    run = chosen.result.run
    numbers = [run.audit_sequence, run.result_sequence, exhibit.audit_sequence]
    rows = rows_numbered([one for one in numbers if one is not None])
    return [export_row(row, redacted=not chosen.exact) for row in rows]


def _utc(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(UTC).isoformat()
