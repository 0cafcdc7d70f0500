"""Making the reply: what will leave, then the link that is shown once."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from openanpr.access.explain import explain
from openanpr.investigations.views.author import author_of
from openanpr.policy.queries import profile_in_force
from openanpr.reads.images import image_store
from openanpr.rights.models import InformationRequest
from openanpr.rights.services.replying import Made, make_reply, preview, renew_link
from openanpr.rights.views.asked import in_words, request_or_404
from openanpr.rights.vocabulary import OUTCOME_NAMES, RequestState
from openanpr.web.clock import now


def reply(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """What will leave; with the button pressed, the reply and its link."""
    at = now()
    asked = request_or_404(request_id)
    author = author_of(request)
    if asked.state != RequestState.DECIDED or asked.officer_id != author.user.pk:
        messages.error(request, "The reply is made once, by its officer, after the decision.")
        return redirect("rights_request", request_id=asked.id)
    if request.method == "POST":
        made = make_reply(
            author=author,
            request=asked,
            store=image_store(settings.SETTINGS),
            force=author.user.force.name,
            published_at=_published_at(),
            link_life=timedelta(days=settings.SETTINGS.reply_link_days),
            at=at,
        )
        if isinstance(made, Made):
            return _made(request, asked, made)
        messages.error(request, " ".join(in_words(made)))
        return redirect("rights_request", request_id=asked.id)
    shown = preview(
        author=author,
        request=asked,
        force=author.user.force.name,
        published_at=_published_at(),
        at=at,
    )
    return render(
        request,
        "rights/reply.html",
        {
            "asked": asked,
            "reply": shown,
            "outcome": OUTCOME_NAMES[shown.outcome],
            "pictures": sum(1 for one in asked.found.all() if one.picture == "given"),
            "days": settings.SETTINGS.reply_link_days,
        },
    )


def renew(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """A new link, shown once, where the first was lost or has ended."""
    asked = request_or_404(request_id)
    at = now()
    made = renew_link(
        author=author_of(request),
        request_id=asked.id,
        link_life=timedelta(days=settings.SETTINGS.reply_link_days),
        at=at,
    )
    if isinstance(made, Made):
        return _made(request, asked, made)
    if made is None:
        messages.error(request, "There is no reply that waits to be fetched.")
    else:
        messages.error(request, " ".join(explain(made, profile=profile_in_force(at=at))))
    return redirect("rights_request", request_id=asked.id)


def _made(request: HttpRequest, asked: InformationRequest, made: Made) -> HttpResponse:
    link = settings.SETTINGS.web_origin + reverse("public_reply", args=[made.token])
    page = render(
        request,
        "rights/reply_made.html",
        {"asked": asked, "link": link, "pack": made.pack},
    )
    page["Cache-Control"] = "private, no-store"
    return page


def _published_at() -> str:
    return settings.SETTINGS.web_origin + reverse("public_page", args=["figures"])
