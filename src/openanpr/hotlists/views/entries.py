"""A new entry, its confirmation by a second person, its end."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.forces.queries import units_of
from openanpr.hotlists.forms import EntryForm, WithdrawForm
from openanpr.hotlists.models import Hotlist, HotlistEntry
from openanpr.hotlists.presenters import shown_entry
from openanpr.hotlists.queries import entries_of
from openanpr.hotlists.services.changes import ListChange, UnableToChangeList
from openanpr.hotlists.services.entries import add_entry, confirm_entry, withdraw_entry
from openanpr.hotlists.services.viewing import record_viewing
from openanpr.hotlists.views.requests import own_list, refusal, signed_in_user
from openanpr.hotlists.vocabulary import EntryState
from openanpr.web.clock import now
from openanpr.web.request import require_actor


def new_entry(request: HttpRequest, hotlist_id: UUID) -> HttpResponse:
    """Add a vehicle to the list."""
    hotlist = own_list(request, hotlist_id)
    areas = sorted({unit.area for unit in units_of(hotlist.owner_force) if unit.area})
    form = EntryForm(request.POST or None, areas=areas)
    if request.method == "POST" and form.is_valid():
        try:
            change = add_entry(
                hotlist=hotlist, by=signed_in_user(request), at=now(), details=form.details()
            )
        except UnableToChangeList as problem:
            form.add_error(None, str(problem))
        else:
            return _after(request, hotlist, change, said=_added(change))
    status = 422 if request.method == "POST" else 200
    return render(
        request, "hotlists/new_entry.html", {"form": form, "hotlist": hotlist}, status=status
    )


def withdraw(request: HttpRequest, hotlist_id: UUID, entry_id: UUID) -> HttpResponse:
    """End an entry, with the reason."""
    hotlist, entry = _entry(request, hotlist_id, entry_id)
    record_viewing(hotlist=hotlist, by=signed_in_user(request), at=now(), entry_ids=[entry.id])
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change = withdraw_entry(
                entry_id=entry.id,
                by=signed_in_user(request),
                at=now(),
                reason=form.cleaned_data["reason"],
            )
        except UnableToChangeList as problem:
            form.add_error(None, str(problem))
        else:
            return _after(request, hotlist, change, said="The entry was withdrawn.")
    status = 422 if request.method == "POST" else 200
    return render(
        request,
        "hotlists/withdraw.html",
        {"form": form, "hotlist": hotlist, "shown": shown_entry(entry, at=now())},
        status=status,
    )


def confirm(request: HttpRequest, hotlist_id: UUID, entry_id: UUID) -> HttpResponse:
    """Put a proposed entry in force, as the second person."""
    hotlist, entry = _entry(request, hotlist_id, entry_id)
    try:
        change = confirm_entry(entry_id=entry.id, by=signed_in_user(request), at=now())
    except UnableToChangeList as problem:
        messages.error(request, str(problem))
        return redirect("hotlist", hotlist_id=hotlist.id)
    return _after(request, hotlist, change, said="The entry is in force.")


def _entry(request: HttpRequest, hotlist_id: UUID, entry_id: UUID) -> tuple[Hotlist, HotlistEntry]:
    hotlist = own_list(request, hotlist_id)
    covert = require_actor(request).covert_right
    entry = entries_of(hotlist, covert=covert).filter(pk=entry_id).first()
    if entry is None:
        raise Http404
    return hotlist, entry


def _after(
    request: HttpRequest, hotlist: Hotlist, change: ListChange, *, said: str
) -> HttpResponse:
    if not change:
        return refusal(request, change)
    messages.success(request, said)
    return redirect("hotlist", hotlist_id=hotlist.id)


def _added(change: ListChange) -> str:
    if change.entry is not None and change.entry.state == EntryState.PROPOSED:
        return "The entry was proposed. A second person must confirm it before it matches."
    return "The entry was added. It matches within seconds."
