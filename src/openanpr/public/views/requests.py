"""The form by which anybody asks what is held about them, or what the force does."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from openanpr.postbox.counting import within
from openanpr.postbox.receiving import Came, arguments, come, form_page
from openanpr.public.views.pages import public_page
from openanpr.rights.forms import PublicRequestForm
from openanpr.rights.services.receiving import receive
from openanpr.rights.services.replying import fetch_reply
from openanpr.rights.timing import day_of
from openanpr.rights.vocabulary import Channel
from openanpr.web.clock import now
from openanpr.web.request import source_address
from openanpr.workflow import Refused

_KEPT: Final = "no-store"


def ask(request: HttpRequest) -> HttpResponse:
    """The form; sent, the reference. The answer is the same whoever asks and whatever is held."""
    at = now()
    given: dict[str, Any] = arguments(request, purpose="request", at=at)
    form = PublicRequestForm(today=day_of(at), **given)
    came = come(request, form)
    if came is not Came.GOOD:
        return form_page(request, "public/request.html", form, came)
    made = receive(
        asked=form.asked(),
        channel=Channel.WEB,
        received_on=day_of(at),
        author=None,
        at=at,
        form_id=form.form_id,
    )
    if isinstance(made, Refused):
        raise PermissionError("anybody may ask, but a request was refused")
    page = public_page(request, "public/request_received.html", {"reference": made.reference})
    page["Cache-Control"] = _KEPT
    return page


def reply(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a link, the same for every link; with the reference sent, the reply, once.

    Opening the page uses nothing up, so that a program which follows links takes nothing away.
    """
    content = None
    at = now()
    if request.method == "POST" and within("reply", address=source_address(request), at=at):
        reference = request.POST.get("reference", "")
        content = fetch_reply(token=token, reference=reference, at=at)
    if content is not None:
        page = HttpResponse(content, content_type="application/zip")
        page["Content-Disposition"] = 'attachment; filename="reply.zip"'
    else:
        failed = request.method == "POST"
        status = 404 if failed else 200
        page = public_page(request, "public/reply.html", {"failed": failed}, status=status)
    page["Cache-Control"] = _KEPT
    page["X-Robots-Tag"] = "none"
    page["Referrer-Policy"] = "no-referrer"
    return page
