"""The lists of a force, one list with its entries, a new list, a review."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.forces.queries import force_by_code, units_of
from openanpr.hotlists.due import due_of
from openanpr.hotlists.forms import CarsForm, ListForm, ReviewForm, TransferForm
from openanpr.hotlists.presenters import shown_entry, shown_list
from openanpr.hotlists.queries import entries_of, lists_of_force, newest_snapshot
from openanpr.hotlists.services.changes import UnableToChangeList
from openanpr.hotlists.services.lists import carry_list, create_list, review_list, transfer_list
from openanpr.hotlists.services.viewing import record_viewing
from openanpr.hotlists.views.requests import own_list, refusal, signed_in_user
from openanpr.web.clock import now
from openanpr.web.request import require_actor

PAGE_SIZE = 50


def list_index(request: HttpRequest) -> HttpResponse:
    """Every list of the force, and which snapshot matches now."""
    at = now()
    actor = require_actor(request)
    hotlists = lists_of_force(force=actor.force, covert=actor.covert_right, at=at)
    return render(
        request,
        "hotlists/index.html",
        {
            "lists": [shown_list(one, at=at) for one in hotlists],
            "snapshot": newest_snapshot(),
            "due": due_of(force=actor.force, covert=actor.covert_right, at=at),
        },
    )


def due(request: HttpRequest) -> HttpResponse:
    """What waits: reviews, ends, second persons, files to be answered. Names no mark."""
    at = now()
    actor = require_actor(request)
    waits = due_of(force=actor.force, covert=actor.covert_right, at=at)
    return render(request, "hotlists/due.html", {"due": waits, "at": at})


def list_page(request: HttpRequest, hotlist_id: UUID) -> HttpResponse:
    """One list and its entries, newest first."""
    at = now()
    hotlist = own_list(request, hotlist_id)
    entries = entries_of(hotlist, covert=require_actor(request).covert_right)
    page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [shown_entry(entry, at=at) for entry in page.object_list]
    record_viewing(
        hotlist=hotlist,
        by=signed_in_user(request),
        at=at,
        entry_ids=[one.entry.id for one in lines],
    )
    return render(
        request,
        "hotlists/list.html",
        {"shown": shown_list(hotlist, at=at), "entries": lines, "page": page},
    )


def new_list(request: HttpRequest) -> HttpResponse:
    """Make a list."""
    force_code = require_actor(request).force
    force = force_by_code(force_code)
    units = [unit.name for unit in units_of(force)] if force is not None else []
    form = ListForm(request.POST or None, units=units)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change = create_list(
                    by=signed_in_user(request), at=now(), details=form.details(force=force_code)
                )
            except UnableToChangeList as problem:
                form.add_error(None, str(problem))
            else:
                if change.hotlist is None:
                    return refusal(request, change)
                messages.success(request, "The list was made.")
                return redirect("hotlist", hotlist_id=change.hotlist.id)
    return render(request, "hotlists/new_list.html", {"form": form}, status=status)


def review(request: HttpRequest, hotlist_id: UUID) -> HttpResponse:
    """Keep a list for another term."""
    hotlist = own_list(request, hotlist_id)
    form = ReviewForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change = review_list(
                    hotlist=hotlist,
                    by=signed_in_user(request),
                    at=now(),
                    reason=form.cleaned_data["reason"],
                    review_at=form.cleaned_data["review_at"],
                )
            except UnableToChangeList as problem:
                form.add_error(None, str(problem))
            else:
                if not change:
                    return refusal(request, change)
                messages.success(request, "The review was recorded.")
                return redirect("hotlist", hotlist_id=hotlist.id)
    return render(
        request, "hotlists/review.html", {"form": form, "hotlist": hotlist}, status=status
    )


def transfer(request: HttpRequest, hotlist_id: UUID) -> HttpResponse:
    """Say who answers for the list from now on."""
    hotlist = own_list(request, hotlist_id)
    form = TransferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        change = transfer_list(
            hotlist=hotlist,
            by=signed_in_user(request),
            at=now(),
            owner=form.cleaned_data["owner"],
            reason=form.cleaned_data["reason"],
        )
        if not change:
            return refusal(request, change)
        messages.success(request, "The owner was changed.")
        return redirect("hotlist", hotlist_id=hotlist.id)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "hotlists/transfer.html", {"form": form, "hotlist": hotlist}, status=status
    )


def cars(request: HttpRequest, hotlist_id: UUID) -> HttpResponse:
    """Say whether patrol cars hold the list, to match without the network."""
    hotlist = own_list(request, hotlist_id)
    form = CarsForm(request.POST or None, initial={"in_cars": "yes" if hotlist.in_cars else "no"})
    if request.method == "POST" and form.is_valid():
        try:
            change = carry_list(
                hotlist=hotlist,
                by=signed_in_user(request),
                at=now(),
                in_cars=form.cleaned_data["in_cars"] == "yes",
                reason=form.cleaned_data["reason"],
            )
        except UnableToChangeList as problem:
            form.add_error("in_cars", str(problem))
        else:
            if not change:
                return refusal(request, change)
            messages.success(request, "Cars take it over when they next hear from here.")
            return redirect("hotlist", hotlist_id=hotlist.id)
    status = 422 if request.method == "POST" else 200
    return render(request, "hotlists/cars.html", {"form": form, "hotlist": hotlist}, status=status)
