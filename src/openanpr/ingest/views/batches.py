"""POST /v1/batches: reads come in."""

from concurrent.futures import TimeoutError as FutureTimeoutError
from datetime import timedelta
from typing import Final

import msgspec
from django.http import HttpRequest, HttpResponse

from openanpr.access.bands import retention_edge
from openanpr.access.facts import Profile
from openanpr.ingest import metrics
from openanpr.ingest.checking import Limits, Verdict, check_batch
from openanpr.ingest.hits import place_of
from openanpr.ingest.requests import (
    UNREADABLE,
    Refused,
    SignedRequest,
    answer,
    plainly_refusing,
    require_method,
    signed_request,
)
from openanpr.ingest.signs import SignOfLife
from openanpr.ingest.work import JudgedBatch, Outcome, StoreRefusedError, StoreUnavailableError
from openanpr.wire import MAX_BATCH_BYTES, BatchAck, RawBatch

_decoder: Final = msgspec.json.Decoder(RawBatch)


@plainly_refusing
def receive_batch(request: HttpRequest) -> HttpResponse:
    """Judge each read, match, and answer 202 once what could be kept is committed."""
    require_method(request, "POST")
    signed = signed_request(request, limit=MAX_BATCH_BYTES)
    batch = _open(signed)
    if signed.knowledge.profile is None:
        raise Refused(
            503,
            "no-profile",
            "No access profile is in force, so it is not known how long reads may be kept.",
            retry_after=30,
        )
    verdict = check_batch(
        batch=batch,
        device_id=signed.device.id,
        cameras=signed.knowledge.cameras,
        limits=_limits(signed, signed.knowledge.profile),
        at=signed.at,
    )
    outcome = _store(signed, batch, verdict)
    _note_signs(signed, batch, verdict)
    for rejection in verdict.rejections:
        metrics.READS.labels(rejection.reason.value).inc()
    return answer(
        BatchAck(
            batch_id=batch.batch_id,
            accepted=outcome.accepted,
            duplicates=outcome.duplicates,
            late=outcome.late,
            rejected=tuple(verdict.rejections),
            quarantined=len(verdict.quarantined),
            images_wanted=outcome.images_wanted,
        ),
        status=202,
    )


def _open(signed: SignedRequest) -> RawBatch:
    try:
        batch = _decoder.decode(signed.body)
    except UNREADABLE:
        raise Refused(
            400,
            "unreadable",
            "The body is not a batch as the schema openanpr.batch.v1 says: at most 100 reads in "
            "one JSON object. Nothing of it was stored.",
            device=signed.device,
        ) from None
    if batch.reader != signed.device.id:
        raise Refused(
            400,
            "reader-mismatch",
            "The batch names another reader than the one that signed it.",
            device=signed.device,
        )
    return batch


def _limits(signed: SignedRequest, profile: Profile) -> Limits:
    late_after = timedelta(seconds=signed.process.options.late_after_seconds)
    return Limits(
        oldest=retention_edge(at=signed.at, profile=profile),
        newest=signed.at + profile.clock_tolerance,
        late_before=signed.at - late_after,
    )


def _store(signed: SignedRequest, batch: RawBatch, verdict: Verdict) -> Outcome:
    matcher = signed.knowledge.matcher
    judged = JudgedBatch(
        device_id=signed.device.id,
        batch_id=batch.batch_id,
        first_sequence=batch.sequence,
        reads=len(batch.reads),
        clock=batch.clock,
        received_at=signed.at,
        verdict=verdict,
        candidates=tuple(
            matcher.match(
                [row.read for row in verdict.rows],
                places=list(map(place_of, verdict.rows, verdict.cameras)),
            )
        ),
        snapshot_version=matcher.version,
    )
    try:
        future = signed.process.writer.submit(judged)
        return future.result(timeout=signed.process.options.answer_seconds)
    except StoreUnavailableError as error:
        reason = "queue-full" if error.retry_after == 1 else "store-unavailable"
        raise Refused(503, reason, error.detail, retry_after=error.retry_after) from None
    except FutureTimeoutError:
        raise Refused(
            503, "store-slow", "The batch could not be committed in time.", retry_after=5
        ) from None
    except StoreRefusedError as error:
        raise Refused(
            500,
            "store-refused",
            f"The store refuses this batch ({error.code}). Keep it and tell the operator.",
            device=signed.device,
        ) from None


def _note_signs(signed: SignedRequest, batch: RawBatch, verdict: Verdict) -> None:
    for camera_id in {camera.id for camera in verdict.cameras}:
        signed.process.notes.heard(
            SignOfLife(
                camera_id=camera_id,
                at=signed.at,
                clock_offset_ms=batch.clock.offset_ms,
                fault=None,
            )
        )
