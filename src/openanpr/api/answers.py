"""What calls are answered with, from what the services gave."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from openanpr.access.vocabulary import Role
from openanpr.api.schemas import (
    AuthorisationOut,
    ExhibitOut,
    InvestigationOut,
    Me,
    ReadOut,
    SearchOut,
)
from openanpr.api.services.tokens import Caller
from openanpr.cameras.queries import Place, cameras_by_id, place_of
from openanpr.exhibits.models import Exhibit
from openanpr.investigations.models import AuthorisationGrant, AuthorisationRequest, Investigation
from openanpr.search import pages, presenters
from openanpr.search.readings import by_read
from openanpr.search.selection import token_of
from openanpr.search.services import SearchResult


def me(caller: Caller) -> Me:
    """Whom a token acts for."""
    return Me(
        person=caller.user.full_name,
        force=caller.actor.force,
        unit=caller.actor.unit,
        roles=[one.value for one in Role if one in caller.actor.roles],
        program=caller.program,
        may_take_out=caller.stepped_up,
    )


def investigation(found: Investigation) -> InvestigationOut:
    """One investigation."""
    return InvestigationOut(
        reference=found.reference,
        category=found.category,
        title=found.title,
        state=found.state,
    )


def authorisations(case: Investigation) -> list[AuthorisationOut]:
    """Every request of an investigation, newest first, with its grant where there is one."""
    requests: QuerySet[AuthorisationRequest] = AuthorisationRequest.objects.filter(
        investigation=case
    ).order_by("-requested_at")
    grants = {one.request_id: one for one in AuthorisationGrant.objects.filter(investigation=case)}
    return [
        AuthorisationOut(
            id=one.id,
            state=one.state,
            asked_at=one.requested_at,
            captures_from=one.period_from,
            captures_to=one.period_to,
            marks=one.vrms,
            **_granted(grants.get(one.id)),
        )
        for one in requests
    ]


def _granted(grant: AuthorisationGrant | None) -> dict[str, Any]:
    if grant is None:
        return {}
    return {
        "captures_from": grant.period_from,
        "captures_to": grant.period_to,
        "marks": grant.vrms,
        "valid_from": grant.valid_from,
        "expires_at": grant.expires_at,
        "revoked_at": grant.revoked_at,
    }


def search(result: SearchResult, *, caller: Caller, at: datetime) -> SearchOut:
    """What a search found."""
    covered = presenters.coverage(result, at=at)
    return SearchOut(
        search=result.run.id,
        answer=result.run.decision,
        allowed=list(result.sentences),
        asked=result.run.asked,
        audit_row=result.run.audit_sequence,
        profile=result.run.profile,
        reads=_reads(result, caller, at),
        truncated=result.truncated,
        after=pages.next_page(result),
        coverage=[] if covered is None else list(covered.sentences),
    )


def _reads(result: SearchResult, caller: Caller, at: datetime) -> list[ReadOut]:
    scope, case = result.decision.scope, result.run.investigation_id
    if scope is None or case is None:
        return []
    exact = scope.show_location
    cameras = cameras_by_id({read.camera_id for read in result.reads})
    second = by_read(result.found.second)
    shown = []
    for read in result.reads:
        camera = cameras.get(read.camera_id)
        place = place_of(camera, with_location=exact) if camera else Place(area_name="Unknown")
        own = exact and read.latitude is not None
        shown.append(
            ReadOut(
                id=read.id,
                captured_at=read.captured_at,
                mark=read.vrm,
                first_read_as=read.raw_vrm,
                confidence=read.confidence,
                area=place.area_name,
                site=place.site_name,
                latitude=read.latitude if own else place.latitude,
                longitude=read.longitude if own else place.longitude,
                direction=read.direction,
                came_late=read.late,
                reader_model=read.model_version,
                second_readings=list(second.get(read.id, ())),
                pick=token_of(read, investigation_id=case, account_id=caller.user.pk, at=at),
            )
        )
    return shown


def exhibit(made: Exhibit) -> ExhibitOut:
    """One exhibit's record."""
    return ExhibitOut(
        id=made.id,
        investigation=made.investigation.reference,
        reference=made.reference,
        state=made.state,
        edition=made.edition,
        recipient=made.recipient,
        reads=made.reads,
        audit_row=made.audit_sequence,
        pack_sha256=made.pack_sha256,
        pack_bytes=made.pack_bytes,
    )
