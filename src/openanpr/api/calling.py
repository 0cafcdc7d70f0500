"""The interface itself: who calls, how often, and how a call that fails is answered."""

import time
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import Error
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.security import HttpBearer

from openanpr.api.asking import NotAQuestionError
from openanpr.api.services.tokens import Caller, caller_of
from openanpr.audit.origin import origin_of
from openanpr.policy.queries import NoProfileError
from openanpr.search.services import SearchStoppedError, SearchTooLongError
from openanpr.vrm import InvalidVrm
from openanpr.web.clock import now
from openanpr.web.pace import Counter, Pace
from openanpr.web.request import source_address

PREFIX: Final = "/api/v1/"
PACE: Final = Pace(120, 60)
"""So many calls of one token, and so many failed ones of one address, in so many seconds."""
_STOPPED: Final = "nothing can be searched now: what cannot be recorded is not shown"


class TooManyCallsError(Exception):
    """The sender must wait so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many calls: wait {seconds} seconds")
        self.seconds = seconds


class RefusedError(Exception):
    """The policy says no; ``reasons`` say why, in words."""

    def __init__(self, detail: str, reasons: tuple[str, ...] = ()) -> None:
        super().__init__(detail)
        self.detail, self.reasons = detail, reasons


class NotFoundError(Exception):
    """There is no such thing for this caller."""


class Bearer(HttpBearer):
    """``Authorization: Bearer`` with a token of this installation."""

    def __init__(self) -> None:
        super().__init__()
        self.counter = Counter()

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """The caller, as they stand now."""
        caller = caller_of(token, origin=origin_of(request), at=now())
        sender = source_address(request) if caller is None else str(caller.token_id)
        wait = self.counter.wait("api", sender, PACE, at=time.monotonic())
        if wait:
            raise TooManyCallsError(wait)
        return caller


api = NinjaAPI(
    title="OpenANPR",
    version="1",
    description="Searches, authority and exhibits, under the same decisions and the same audit as "
    "the pages. Each call acts for the person whose token it bears, and names the investigation.",
    auth=Bearer(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)


def caller_in(request: HttpRequest) -> Caller:
    """Whom the call acts for; the interface lets nobody else this far."""
    caller: Any = getattr(request, "auth", None)
    if not isinstance(caller, Caller):
        raise PermissionError("a call was let in without a token")
    return caller


def _problem(
    request: HttpRequest, status: int, detail: str, reasons: tuple[str, ...] = ()
) -> HttpResponse:
    return api.create_response(request, {"detail": detail, "reasons": list(reasons)}, status=status)


@api.exception_handler(TooManyCallsError)
def _too_many(request: HttpRequest, problem: TooManyCallsError) -> HttpResponse:
    response = _problem(request, 429, str(problem))
    response["Retry-After"] = str(problem.seconds)
    return response


@api.exception_handler(RefusedError)
def _refused(request: HttpRequest, problem: RefusedError) -> HttpResponse:
    return _problem(request, 403, problem.detail, problem.reasons)


@api.exception_handler(NotFoundError)
def _not_found(request: HttpRequest, _problem_: NotFoundError) -> HttpResponse:
    return _problem(request, 404, "there is no such thing for you")


@api.exception_handler(NotAQuestionError)
@api.exception_handler(InvalidVrm)
def _not_a_question(request: HttpRequest, problem: ValueError) -> HttpResponse:
    return _problem(request, 422, str(problem))


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    return _problem(request, 422, " ".join(problem.messages))


@api.exception_handler(SearchTooLongError)
def _too_long(request: HttpRequest, _: SearchTooLongError) -> HttpResponse:
    return _problem(request, 503, "the search took too long: narrow it")


@api.exception_handler(SearchStoppedError)
@api.exception_handler(NoProfileError)
@api.exception_handler(Error)
def _stopped(request: HttpRequest, _: Exception) -> HttpResponse:
    return _problem(request, 503, _STOPPED)
