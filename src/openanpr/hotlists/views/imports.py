"""Importing a file: upload, columns, preview, answer. Each step is a page of its own."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.adapters.list_rows import guess_columns
from openanpr.hotlists.import_forms import ApplyForm, MappingForm, UploadForm
from openanpr.hotlists.models import Hotlist, HotlistImport
from openanpr.hotlists.presenters import shown_import
from openanpr.hotlists.queries import import_of, imports_of
from openanpr.hotlists.services.changes import UnableToChangeList
from openanpr.hotlists.services.imports import (
    APPLY,
    READ,
    ListMoved,
    apply_import,
    cancel_import,
    map_columns,
    recount,
    upload_list,
)
from openanpr.hotlists.views.requests import own_list, refusal, signed_in_user
from openanpr.hotlists.vocabulary import ImportState
from openanpr.jobs.queries import newest_job
from openanpr.web.clock import now

SHOWN_BEFORE = 20


def upload(request: HttpRequest, hotlist_id: UUID) -> HttpResponse:
    """Give a file for the list; below it, the files given before."""
    hotlist = own_list(request, hotlist_id)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            change, made = upload_list(
                hotlist=hotlist,
                by=signed_in_user(request),
                at=now(),
                name=file.name,
                file=file,
                details=form.details(),
            )
        except UnableToChangeList as problem:
            form.add_error("file", str(problem))
        else:
            if made is None:
                return refusal(request, change)
            return redirect("hotlist_import_one", hotlist_id=hotlist.id, import_id=made.id)
    before = [shown_import(one) for one in imports_of(hotlist)[:SHOWN_BEFORE]]
    return render(
        request,
        "hotlists/import_upload.html",
        {"form": form, "hotlist": hotlist, "before": before},
        status=422 if request.method == "POST" else 200,
    )


def one_import(request: HttpRequest, hotlist_id: UUID, import_id: UUID) -> HttpResponse:
    """One file: its columns to be told, its preview to be answered, or what became of it."""
    hotlist = own_list(request, hotlist_id)
    made = import_of(hotlist, import_id=import_id)
    if made is None:
        raise Http404
    if request.method == "POST" and request.POST.get("step") == "cancel":
        return _cancel(request, hotlist, made)
    if made.state in {ImportState.READING, ImportState.APPLYING}:
        return _at_work(request, hotlist, made)
    if made.state == ImportState.UPLOADED:
        return _columns(request, hotlist, made)
    return _preview(request, hotlist, made)


def _at_work(request: HttpRequest, hotlist: Hotlist, made: HotlistImport) -> HttpResponse:
    kind = READ if made.state == ImportState.READING else APPLY
    job = newest_job(kind, **{"import": str(made.id)})
    return render(
        request,
        "hotlists/import_at_work.html",
        {"hotlist": hotlist, "shown": shown_import(made, job=job)},
    )


def _columns(request: HttpRequest, hotlist: Hotlist, made: HotlistImport) -> HttpResponse:
    form = MappingForm(
        request.POST or None,
        header=made.header,
        width=made.width,
        guess=guess_columns(made.header),
    )
    if request.method == "POST" and form.is_valid():
        try:
            map_columns(
                import_id=made.id, by=signed_in_user(request), at=now(), columns=form.columns()
            )
        except UnableToChangeList as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("hotlist_import_one", hotlist_id=hotlist.id, import_id=made.id)
    return render(
        request,
        "hotlists/import_columns.html",
        {"form": form, "hotlist": hotlist, "shown": shown_import(made)},
        status=422 if request.method == "POST" else 200,
    )


def _preview(request: HttpRequest, hotlist: Hotlist, made: HotlistImport) -> HttpResponse:
    form = ApplyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by = signed_in_user(request)
        try:
            change = apply_import(
                import_id=made.id,
                by=by,
                at=now(),
                without_rejected=form.cleaned_data["without_rejected"],
            )
        except ListMoved as problem:
            recount(import_id=made.id, by=by, at=now())
            messages.error(request, str(problem))
            return redirect("hotlist_import_one", hotlist_id=hotlist.id, import_id=made.id)
        except UnableToChangeList as problem:
            form.add_error("without_rejected" if made.counts["rejected"] else None, str(problem))
        else:
            if not change:
                return refusal(request, change)
            messages.success(request, "The file is being applied. You may leave this page.")
            return redirect("hotlist_import_one", hotlist_id=hotlist.id, import_id=made.id)
    return render(
        request,
        "hotlists/import_preview.html",
        {"form": form, "hotlist": hotlist, "shown": shown_import(made)},
        status=422 if request.method == "POST" else 200,
    )


def _cancel(request: HttpRequest, hotlist: Hotlist, made: HotlistImport) -> HttpResponse:
    try:
        cancel_import(import_id=made.id, by=signed_in_user(request), at=now())
    except UnableToChangeList as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "The file was thrown away. The list is as it was.")
    return redirect("hotlist", hotlist_id=hotlist.id)
