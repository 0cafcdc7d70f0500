"""One's own tokens: made after a fresh proof, shown once, revoked at any time."""

import uuid
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.accounts.step_up import after_step_up
from openanpr.api.models import ApiToken
from openanpr.api.services.tokens import LONGEST, make_token, revoke_token
from openanpr.investigations.views.author import author_of
from openanpr.investigations.wording import says_something
from openanpr.web.clock import now


class TokenForm(forms.Form):
    """Which program has the token, what for, how long, and whether results may leave by it."""

    name = forms.CharField(
        label="Program or system",
        help_text="It stands beside your name in the audit of whatever it does",
        max_length=80,
    )
    purpose = forms.CharField(
        label="What it is for",
        max_length=500,
        validators=[says_something],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    days = forms.IntegerField(
        label="Days until it ends",
        initial=30,
        min_value=1,
        max_value=LONGEST.days,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    takes_out = forms.BooleanField(
        label="Exhibits may be made and taken out by it, for 12 hours from now", required=False
    )


@after_step_up
def tokens(request: HttpRequest) -> HttpResponse:
    """One's tokens, and the form of another; sent, the token itself, this once."""
    author = author_of(request)
    at = now()
    form = TokenForm(request.POST if request.method == "POST" else None)
    text = ""
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        _, text = make_token(
            author=author,
            name=" ".join(values["name"].split()),
            purpose=values["purpose"],
            takes_out=values["takes_out"],
            lasts=timedelta(days=values["days"]),
            at=at,
        )
        form = TokenForm()
    mine = ApiToken.objects.filter(user=author.user).order_by("-made_at")[:50]
    response = render(
        request,
        "api/tokens.html",
        {"form": form, "tokens": mine, "text": text, "at": at},
        status=422 if form.errors else 200,
    )
    response["Cache-Control"] = "private, no-store"
    return response


def revoke(request: HttpRequest, token_id: uuid.UUID) -> HttpResponse:
    """End one of one's own tokens."""
    if revoke_token(author=author_of(request), token_id=token_id, at=now()):
        messages.success(request, "The token is revoked.")
    return redirect("api_tokens")
