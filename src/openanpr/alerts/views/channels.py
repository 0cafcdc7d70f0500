"""The page of channels: make one, switch it, and send again what was given up."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.alerts.channels.forms import ChannelForm
from openanpr.alerts.channels.queries import channels_of, dead_messages
from openanpr.alerts.channels.services.managing import make_channel, send_again, switch_channel
from openanpr.alerts.channels.vocabulary import ChannelKind
from openanpr.alerts.views.requests import requester, signed_in_user
from openanpr.web.clock import now


def index(request: HttpRequest) -> HttpResponse:
    """Every channel of the force and what it could not deliver; a POST makes one."""
    if request.method != "POST":
        return _page(request, ChannelForm())
    form = ChannelForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    channel = make_channel(
        name=form.cleaned_data["name"],
        kind=ChannelKind(form.cleaned_data["kind"]),
        address=form.cleaned_data["address"],
        lowest_priority=form.cleaned_data["lowest_priority"],
        reminders=form.cleaned_data["reminders"],
        by=requester(request),
        at=now(),
    )
    return _page(request, ChannelForm(), made=channel.name, secret=channel.secret)


def switch(request: HttpRequest, channel_id: UUID) -> HttpResponse:
    """Turn a channel on or off."""
    active = request.POST.get("active") == "yes"
    if not switch_channel(channel_id=channel_id, active=active, by=requester(request), at=now()):
        raise Http404
    messages.success(request, "The channel is on." if active else "The channel is off.")
    return redirect("alert_channels")


def again(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Put a dead message in the queue again."""
    if not send_again(message_id=message_id, by=requester(request), at=now()):
        raise Http404
    messages.success(request, "The message waits to be sent again.")
    return redirect("alert_channels")


def _page(
    request: HttpRequest, form: ChannelForm, *, status: int = 200, made: str = "", secret: str = ""
) -> HttpResponse:
    force = signed_in_user(request).force.code
    context = {
        "form": form,
        "channels": channels_of(force),
        "dead": dead_messages(force),
        "made": made,
        "secret": secret,
    }
    return render(request, "alerts/channels.html", context, status=status)
