"""Every call of the interface. Each ends in the service that the page of the same name uses."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from openanpr.api import answers
from openanpr.api.asking import NotAQuestionError, question_from
from openanpr.api.calling import NotFoundError, RefusedError, api, caller_in
from openanpr.api.schemas import (
    AuthorisationOut,
    ExhibitIn,
    ExhibitOut,
    InvestigationOut,
    Me,
    MoreIn,
    Problem,
    Reference,
    SearchIn,
    SearchOut,
)
from openanpr.api.services.tokens import Caller
from openanpr.exhibits.models import Exhibit
from openanpr.exhibits.queries import own_exhibit
from openanpr.exhibits.services.giving import PackGoneError, fetch_pack
from openanpr.exhibits.services.making import ExhibitRefused, Terms, make_exhibit, pick_reads
from openanpr.exhibits.vocabulary import Edition, ExhibitState, Jurisdiction
from openanpr.investigations.models import Investigation
from openanpr.investigations.queries import investigations_of
from openanpr.investigations.vocabulary import InvestigationState
from openanpr.investigations.wording import says_something
from openanpr.policy.queries import profile_in_force
from openanpr.search import pages, queries
from openanpr.search.selection import picked
from openanpr.search.services import SearchResult, run_search
from openanpr.web.clock import now
from openanpr.web.permissions import View

_FAILS = dict.fromkeys((401, 403, 404, 422, 429, 503), Problem)


@api.get("/me", response={200: Me, **_FAILS}, url_name="api_me")
def me(request: HttpRequest) -> Me:
    """Whom the token acts for, and what it may do now."""
    return answers.me(caller_in(request))


@api.get(
    "/investigations",
    response={200: list[InvestigationOut], **_FAILS},
    url_name="api_investigations",
)
def investigations(request: HttpRequest) -> list[InvestigationOut]:
    """The investigations in whose team the person is."""
    caller = caller_in(request)
    found = investigations_of(person_id=caller.actor.person_id)
    return [answers.investigation(one) for one in found]


@api.get(
    "/authorisations",
    response={200: list[AuthorisationOut], **_FAILS},
    url_name="api_authorisations",
)
def authorisations(request: HttpRequest, investigation: Reference) -> list[AuthorisationOut]:
    """What authority was asked for in an investigation, and what came of it."""
    return answers.authorisations(_own(caller_in(request), investigation))


@api.post("/searches", response={200: SearchOut, **_FAILS}, url_name="api_searches")
def search(request: HttpRequest, asked: SearchIn) -> SearchOut:
    """Search, as far as the policy allows. A refusal is answered 403, and audited too."""
    caller = caller_in(request)
    question = question_from(asked, author=caller)
    at = now()
    result = run_search(
        author=caller,
        question=question,
        # One that is not the caller's is refused by the policy, which audits it.
        investigation=Investigation.objects.filter(reference=asked.investigation).first(),
        surveillance=asked.surveillance,
        page=min(asked.most, pages.PAGE),
        at=at,
    )
    return _answered(result, caller)


@api.post("/searches/more", response={200: SearchOut, **_FAILS}, url_name="api_searches_more")
def more(request: HttpRequest, asked: MoreIn) -> SearchOut:
    """The next page of one's own search: decided, recorded and looked for afresh."""
    caller = caller_in(request)
    run = queries.run_of(person_id=caller.actor.person_id, run_id=asked.search)
    if run is None or run.investigation is None:
        raise NotFoundError
    try:
        before = pages.opened(asked.after, run=run)
    except signing.BadSignature:
        raise NotAQuestionError("`after` is of another search, or was changed") from None
    result = run_search(
        author=caller,
        question=queries.question_asked(run),
        investigation=run.investigation,
        surveillance=run.surveillance,
        before=before,
        continues=run,
        page=pages.PAGE,
        at=now(),
    )
    return _answered(result, caller)


@api.post("/exhibits", response={200: ExhibitOut, **_FAILS}, url_name="api_exhibits")
def make(request: HttpRequest, asked: ExhibitIn) -> ExhibitOut:
    """Make an exhibit of picked reads; its pack is ready a little later.

    Takes a token that may take results out, made no longer ago than its owner's proof counts.
    """
    caller, at = caller_in(request), now()
    says_something(asked.reason)
    case = _own(caller, asked.investigation, to_change=True)
    found = [picked(one, account_id=caller.user.pk, at=at) for one in asked.picks]
    reads = {one.id: one for one in found if one is not None and one.investigation_id == case.id}
    if len(reads) != len(set(asked.picks)):
        raise NotAQuestionError("a pick is over, forged, twice there or of another investigation")
    if len(reads) > profile_in_force(at=at).limits.export_rows:
        raise NotAQuestionError("these are more reads than one exhibit may hold")
    terms = _terms(asked, caller)
    draft = pick_reads(author=caller, investigation=case, reads=list(reads.values()), at=at)
    made = make_exhibit(
        author=caller,
        exhibit=draft,
        terms=terms,
        stepped_up=caller.stepped_up,
        settings=settings.SETTINGS,
        at=at,
    )
    if isinstance(made, ExhibitRefused):
        raise RefusedError("no exhibit is made", made.sentences)
    return answers.exhibit(made)


@api.get("/exhibits/{exhibit_id}", response={200: ExhibitOut, **_FAILS}, url_name="api_exhibit")
def exhibit(request: HttpRequest, exhibit_id: UUID, investigation: Reference) -> ExhibitOut:
    """An exhibit of an investigation of one's own."""
    return answers.exhibit(_exhibit(caller_in(request), exhibit_id, investigation))


@api.get("/exhibits/{exhibit_id}/pack", response={200: None, **_FAILS}, url_name="api_exhibit_pack")
def pack(request: HttpRequest, exhibit_id: UUID, investigation: Reference) -> HttpResponse:
    """The pack as a ZIP file, once its taking is in the audit and in its continuity."""
    caller = caller_in(request)
    found = _exhibit(caller, exhibit_id, investigation)
    if not caller.stepped_up:
        raise RefusedError("this token takes nothing out (any more): make another")
    if found.state != ExhibitState.READY:
        raise NotFoundError
    try:
        content = fetch_pack(author=caller, exhibit=found, settings=settings.SETTINGS, at=now())
    except PackGoneError:
        raise NotFoundError from None
    response = HttpResponse(content, content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    return response


def addresses() -> list[tuple[str, View, str]]:
    """(route, view, name) of every call above."""
    found: list[Any] = api.urls[0]
    named = [one for one in found if str(one.name).startswith("api_")]
    return [(str(one.pattern), one.callback, str(one.name)) for one in named]


def _answered(result: SearchResult, caller: Caller) -> SearchOut:
    if not result.decision.allowed:
        raise RefusedError("this search is refused", result.sentences)
    return answers.search(result, caller=caller, at=now())


def _own(caller: Caller, reference: str, *, to_change: bool = False) -> Investigation:
    found = investigations_of(person_id=caller.actor.person_id).filter(reference=reference).first()
    if found is None or (to_change and found.state != InvestigationState.OPEN):
        raise NotFoundError
    return found


def _exhibit(caller: Caller, exhibit_id: UUID, reference: str) -> Exhibit:
    case = _own(caller, reference)
    found = own_exhibit(caller.actor, exhibit_id)
    if found is None or found.investigation_id != case.id:
        raise NotFoundError
    return found


def _terms(asked: ExhibitIn, caller: Caller) -> Terms:
    ours = settings.SETTINGS
    return Terms(
        recipient=" ".join(asked.recipient.split()),
        reason=asked.reason,
        edition=Edition(asked.edition),
        jurisdiction=Jurisdiction(asked.jurisdiction or ours.jurisdiction),
        initials=asked.initials,
        keep_until=now() + timedelta(days=asked.keep_days or ours.exhibit_days),
    )
