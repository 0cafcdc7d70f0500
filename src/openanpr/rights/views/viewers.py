"""The defence's and the owner's question: who ever saw this read, and why."""

import uuid

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.access.explain import explain
from openanpr.investigations.views.author import author_of
from openanpr.policy.queries import profile_in_force
from openanpr.rights.services.asking_who import Answer, who_saw, who_saw_found
from openanpr.rights.views.asked import request_or_404
from openanpr.web.clock import now
from openanpr.web.views.errors import refused


class ReadForm(forms.Form):
    """A read by its reference."""

    read = forms.UUIDField(
        label="Reference of the read",
        help_text="As it stands on an exhibit, in an export or in an audit row, such as "
        "01890b6c-4e60-7cc3-98c4-dc0c0c07398f",
        error_messages={"invalid": "Write the whole reference: 32 letters and digits"},
    )


def by_reference(request: HttpRequest) -> HttpResponse:
    """For auditors: any read, named by its reference."""
    form = ReadForm(request.GET or None)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "rights/viewers.html", {"form": form}, status=status)
    read_id: uuid.UUID = form.cleaned_data["read"]
    answer = who_saw(author=author_of(request), read_id=read_id, at=now())
    return _shown(request, answer, {"form": form, "read_id": read_id})


def of_found(request: HttpRequest, request_id: uuid.UUID, found_id: uuid.UUID) -> HttpResponse:
    """For the rights officer: a read that their request concerns."""
    asked = request_or_404(request_id)
    answer = who_saw_found(author=author_of(request), request=asked, found_id=found_id, at=now())
    return _shown(request, answer, {"asked": asked, "read_id": answer.read_id})


def _shown(request: HttpRequest, answer: Answer, context: dict[str, object]) -> HttpResponse:
    if not answer.decision.allowed:
        reason = explain(answer.decision, profile=profile_in_force(at=now()))
        return refused(request, needed=frozenset(), reason=" ".join(reason))
    return render(
        request, "rights/viewers.html", {**context, "rows": answer.rows, "asked_for": True}
    )
