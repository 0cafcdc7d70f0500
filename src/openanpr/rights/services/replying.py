"""The reply: made once, as letter, data and pictures in a ZIP, and fetched once by its link."""

import csv
import hashlib
import io
import secrets
import uuid
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import transaction

from openanpr.access.decide import Decision, decide_request_step
from openanpr.audit.actors import AuditActor
from openanpr.audit.services import record_event
from openanpr.cameras.queries import cameras_by_id
from openanpr.investigations.services.author import Author
from openanpr.papers import to_pdf
from openanpr.policy.queries import profile_in_force
from openanpr.reads.images import ImageStore
from openanpr.rights.letter import GivenRead, Reply, paper_of
from openanpr.rights.models import FoundRead, InformationRequest, ReplyPack
from openanpr.rights.queries import officers_of, steps_of, vehicles_of
from openanpr.rights.services.giving import GIVEN, concerned
from openanpr.rights.services.redacting import redacted
from openanpr.rights.services.steps import locked, make_step
from openanpr.rights.vocabulary import GIVES, HANDLING, Ground, Kind, Outcome
from openanpr.workflow import Refused

_TOKEN_BYTES: Final = 32
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a ZIP: the same reply is the same bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A reply that was made. ``token`` is told once, here, and never kept."""

    pack: ReplyPack
    token: str


@transaction.atomic
def make_reply(
    *,
    author: Author,
    request: InformationRequest,
    store: ImageStore,
    force: str,
    published_at: str,
    link_life: timedelta,
    at: datetime,
) -> Made | Refused:
    """Make the reply to a decided request and close it. The link lasts for ``link_life``."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    reads = _leaving(author, request, at)
    reply = _reply(request, _given(reads, store), force, published_at, at)
    content, files = zipped(reply)
    pack_id = uuid.uuid4()
    step = make_step(
        author=author,
        request_id=request.id,
        name="reply",
        reason="The reply is made",
        evidence={"pack": str(pack_id)},
        at=at,
    )
    if isinstance(step, Refused):
        return step
    pack = ReplyPack.objects.create(
        id=pack_id,
        request=request,
        made_by=author.user,
        made_at=at,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        token_hash=hash_of(token),
        expires_at=at + link_life,
    )
    record_event(
        verb="request.pack",
        actor=author.acting(HANDLING),
        at=at,
        subject=f"request:{request.id}",
        payload={
            "files": files,
            "rows": len(reads),
            "sha256": pack.sha256,
            "expires_at": pack.expires_at.isoformat(),
            "read_ids": [str(read.read_id) for read in reads],
        },
        **author.origin,
    )
    return Made(pack=pack, token=token)


@transaction.atomic
def renew_link(
    *, author: Author, request_id: uuid.UUID, link_life: timedelta, at: datetime
) -> Made | Decision | None:
    """A new link to a reply that nobody fetched; the old one opens nothing any more.

    ``None`` where there is no such reply, a refusal where the request is another officer's.
    """
    request = locked(request_id)
    decision = decide_request_step(
        actor=author.actor,
        officer_person_ids=officers_of(request),
        taking=False,
        profile=profile_in_force(at=at),
        at=at,
    )
    if not decision.allowed:
        return decision
    pack = request.packs.filter(fetched_at=None).order_by("-made_at").first()
    if pack is None:
        return None
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    pack.token_hash, pack.expires_at = hash_of(token), at + link_life
    pack.save(update_fields=["token_hash", "expires_at"])
    record_event(
        verb="request.link",
        actor=author.acting(HANDLING),
        at=at,
        subject=f"request:{request.id}",
        payload={"sha256": pack.sha256, "expires_at": pack.expires_at.isoformat()},
        **author.origin,
    )
    return Made(pack=pack, token=token)


@transaction.atomic
def fetch_reply(*, token: str, reference: str, at: datetime) -> bytes | None:
    """The reply behind a link, once; None where the link is wrong, used or over, without saying.

    The reference must be quoted with it. A wrong one uses nothing up.
    """
    pack = (
        ReplyPack.objects.select_for_update(of=("self",)).filter(token_hash=hash_of(token)).first()
    )
    why = _why_not(pack, reference, at)
    if pack is None or why:
        record_event(
            verb="request.fetch-refuse",
            actor=AuditActor.unknown(),
            at=at,
            subject=f"request:{pack.request_id}" if pack else "",
            decision="deny",
            payload={"why": why},
        )
        return None
    content = bytes(pack.content)
    pack.content, pack.fetched_at = b"", at
    pack.save(update_fields=["content", "fetched_at"])
    record_event(
        verb="request.fetch",
        actor=AuditActor.unknown(),
        at=at,
        subject=f"request:{pack.request_id}",
        payload={"sha256": pack.sha256},
    )
    return content


def hash_of(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def preview(
    *, author: Author, request: InformationRequest, force: str, published_at: str, at: datetime
) -> Reply:
    """The reply as it would be made now, without its pictures."""
    reads = _leaving(author, request, at)
    return _reply(
        request, [_plain(n, read) for n, read in enumerate(reads, 1)], force, published_at, at
    )


def zipped(reply: Reply) -> tuple[bytes, int]:
    """The reply as a ZIP (letter as PDF, reads as CSV, pictures), and how many files it holds."""
    files: list[tuple[str, bytes]] = [("reply.pdf", to_pdf(paper_of(reply)))]
    if reply.reads:
        files.append(("reads.csv", _csv(reply.reads)))
    for read in reply.reads:
        if read.plate is not None:
            files.append((f"pictures/{read.number:04d}-plate.jpg", read.plate))
        if read.scene is not None:
            files.append((f"pictures/{read.number:04d}-scene.jpg", read.scene))
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files)
    files.append(("SHA256SUMS", sums.encode()))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name, _FIRST_DAY), data, zipfile.ZIP_DEFLATED)
    return file.getvalue(), len(files)


def _why_not(pack: ReplyPack | None, reference: str, at: datetime) -> str:
    if pack is None:
        return "wrong"
    if pack.fetched_at is not None:
        return "used"
    if at >= pack.expires_at:
        return "over"
    given = reference.strip().upper()
    return "" if secrets.compare_digest(given, pack.request.reference) else "another reference"


def _leaving(author: Author, request: InformationRequest, at: datetime) -> list[FoundRead]:
    if request.outcome not in {str(one) for one in GIVES} or request.what is not Kind.ACCESS:
        return []
    reads = concerned(author=author, request=request, at=at)
    return [read for read in reads if not read.withheld]


def _given(reads: Sequence[FoundRead], store: ImageStore) -> list[GivenRead]:
    found = []
    areas = _areas(reads)
    for number, read in enumerate(reads, 1):
        pictures = redacted(read, store) if read.picture == GIVEN else None
        found.append(
            _plain(
                number,
                read,
                area=areas.get(read.camera_id, ""),
                plate=pictures.plate if pictures else None,
                scene=pictures.scene if pictures else None,
            )
        )
    return found


def _plain(
    number: int,
    read: FoundRead,
    *,
    area: str = "",
    plate: bytes | None = None,
    scene: bytes | None = None,
) -> GivenRead:
    return GivenRead(
        number=number,
        vrm=read.vrm,
        captured_at=read.captured_at.astimezone(UTC),
        area=area,
        direction=read.direction,
        plate=plate,
        scene=scene,
    )


def _areas(reads: Sequence[FoundRead]) -> dict[int, str]:
    cameras = cameras_by_id({read.camera_id for read in reads})
    return {number: camera.area_name for number, camera in cameras.items()}


def _reply(
    request: InformationRequest,
    reads: Sequence[GivenRead],
    force: str,
    published_at: str,
    at: datetime,
) -> Reply:
    decided: dict[str, str] = next(
        (step.evidence for step in reversed(steps_of(request)) if step.move == "decide"), {}
    )
    told = decided.get("ground told") == "yes" and decided.get("ground")
    silent = request.outcome == Outcome.NEITHER
    return Reply(
        reference=request.reference,
        kind=request.what,
        outcome=Outcome(request.outcome),
        force=force,
        made_at=at,
        full_name=request.full_name,
        letter=str(decided.get("letter", "")),
        ground=Ground(str(decided["ground"])) if told else None,
        reads=tuple(reads),
        searches=() if silent else _searches(request),
        retention=f"We keep them for {profile_in_force(at=at).retention}.",
        published_at=published_at,
    )


def _searches(request: InformationRequest) -> tuple[str, ...]:
    """What proves the search: vehicle and days, and the rows of the audit that hold it."""
    lines = [
        f"{one.vrm}, kept from {one.kept_from:%Y-%m-%d} to {one.kept_to:%Y-%m-%d}"
        for one in vehicles_of(request)
    ]
    lines += [
        f"Searched {search.at:%Y-%m-%d %H:%M} UTC: rows {search.audit_sequence} and "
        f"{search.result_sequence} of our audit"
        for search in request.searches.filter(result_sequence__isnull=False).order_by("at")
    ]
    return tuple(lines)


def _csv(reads: Sequence[GivenRead]) -> bytes:
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(["number", "mark", "captured_at_utc", "area", "direction"])
    for read in reads:
        rows.writerow(
            [read.number, read.vrm, read.captured_at.isoformat(), read.area, read.direction]
        )
    return file.getvalue().encode()
