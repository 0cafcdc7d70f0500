"""Taking a new account over by its one-time link."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.accounts.services.enrolment import EnrolmentRefusedError, use_enrolment
from openanpr.accounts.sign_in import write
from openanpr.audit.services import AuditActor
from openanpr.web.clock import now

NOT_GOOD = "This link was used already, is too old or was replaced. Ask your system manager."


class EnrolmentForm(forms.Form):
    """The code of the link, and the first password."""

    code = forms.CharField(
        label="One-time code",
        help_text="It is in the link that you were given",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="New password",
        help_text="At least 12 characters; three random words are good",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="New password again",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("password") != values.get("again") and "again" in values:
            self.add_error("again", "The two passwords differ")
        return values


def enrol(request: HttpRequest) -> HttpResponse:
    """Set the password, then go on to sign in and set the second factor up."""
    form = EnrolmentForm(request.POST or None, initial={"code": request.GET.get("code", "")})
    if form.is_valid() and _taken_over(request, form):
        messages.success(request, "Your password is set. Sign in with it.")
        return redirect("account_login")
    return render(
        request, "accounts/enrol.html", {"form": form}, status=422 if form.errors else 200
    )


def _taken_over(request: HttpRequest, form: EnrolmentForm) -> bool:
    values = form.cleaned_data
    try:
        use_enrolment(code=values["code"], password=values["password"], at=now())
    except ValidationError as problem:
        form.add_error("password", problem)
    except EnrolmentRefusedError:
        write(
            request,
            "enrolment.refuse",
            AuditActor.unknown(),
            decision="deny",
            reasons=["unknown-or-ended"],
        )
        form.add_error("code", NOT_GOOD)
    return not form.errors
