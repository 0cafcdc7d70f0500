"""The personal page of a named consultee: one person, one consultation, then nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.governance.forms.acts import OwnReplyForm
from openanpr.governance.queries import consultee_of
from openanpr.governance.services.consulting import reply_on_personal_page, show_personal_page
from openanpr.web.clock import now


def consultee_page(request: HttpRequest, token: str) -> HttpResponse:
    """What was released to this person, and their reply. A dead link is one answer for all."""
    at = now()
    consultee = consultee_of(token, at=at)
    if consultee is None:
        return _never_kept(render(request, "governance/no_page.html", status=404))
    form = OwnReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reference = reply_on_personal_page(
            consultee=consultee, words=form.cleaned_data["words"], at=at
        )
        thanks = render(request, "governance/thanks.html", {"reference": reference})
        return _never_kept(thanks)
    told = show_personal_page(consultee=consultee, at=at)
    status = 422 if form.is_bound else 200
    page = render(
        request,
        "governance/personal.html",
        {"told": told, "form": form, "consultee": consultee},
        status=status,
    )
    return _never_kept(page)


def _never_kept(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store, private"
    return response
