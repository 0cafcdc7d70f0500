"""Taking the reads of one's own search out in a file."""

import uuid
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from openanpr.accounts.limits import proof_lasts
from openanpr.accounts.session import proved_lately
from openanpr.investigations.views.author import author_of
from openanpr.investigations.wording import says_something
from openanpr.search import queries
from openanpr.search.analysis.questions import OF_MARKS
from openanpr.search.exporting import CONTENT_TYPES, FileFormat
from openanpr.search.services import SearchStoppedError, SearchTooLongError
from openanpr.search.services.export import Export, ExportRefused, export_search
from openanpr.web.clock import now

_FORMATS = [
    (FileFormat.CSV.value, "CSV, for any program"),
    (FileFormat.XLSX.value, "XLSX, a workbook"),
    (FileFormat.JSON.value, "JSON, with what was asked and allowed"),
]


class ExportForm(forms.Form):
    """For whom, why, and in what file."""

    recipient = forms.CharField(
        label="Recipient",
        help_text="Who will have the file: name and organisation",
        max_length=200,
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Why it leaves. The auditor reads it.",
        max_length=1000,
        validators=[says_something],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    format = forms.ChoiceField(label="File", choices=_FORMATS, widget=forms.RadioSelect)


def export(request: HttpRequest, run_id: uuid.UUID) -> HttpResponseBase:
    """The form; sent, the file, if it may leave. Who signed in a while ago proves themselves."""
    author = author_of(request)
    run = queries.run_of(person_id=author.actor.person_id, run_id=run_id)
    if run is None or run.investigation is None or run.decision == "deny" or run.kind in OF_MARKS:
        raise Http404
    at = now()
    proved = proved_lately(request, at=at, within=proof_lasts(at=at))
    if request.method != "POST" and not proved:
        again = reverse("account_reauthenticate")
        return redirect(f"{again}?{urlencode({'next': request.path})}")
    form = ExportForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "search/export.html", {"form": form, "run": run}, status=status)
    values = form.cleaned_data
    wanted = Export(
        run=run,
        format=FileFormat(values["format"]),
        recipient=values["recipient"],
        reason=values["reason"],
        stepped_up=proved,
    )
    try:
        answer = export_search(
            author=author, export=wanted, marking=settings.SETTINGS.marking, at=at
        )
    except SearchStoppedError:
        return render(request, "search/stopped.html", status=503)
    except SearchTooLongError:
        return render(request, "search/too_long.html", status=503)
    if isinstance(answer, ExportRefused):
        context = {"run": run, "sentences": answer.sentences}
        return render(request, "search/export_refused.html", context, status=403)
    return FileResponse(
        answer.file,
        as_attachment=True,
        filename=answer.name,
        content_type=CONTENT_TYPES[wanted.format],
    )
