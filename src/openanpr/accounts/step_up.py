"""Proving again who one is, before something that cannot be taken back."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from openanpr.accounts.limits import proof_lasts
from openanpr.accounts.session import proved_lately
from openanpr.web.clock import now

TO_SEND: Final = timedelta(minutes=30)
"""A form that was opened after a fresh proof may be filled in for so long."""

View = Callable[..., HttpResponse]


def after_step_up(view: View) -> View:
    """``view`` for somebody who has just proven who they are; others are asked to, and come back.

    Asked for when the page is opened, so that what is written into its form is not lost.
    """

    @wraps(view)
    def stepped_up(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = request.method == "POST"
        at = now()
        if proved_lately(request, at=at, within=TO_SEND if sent else proof_lasts(at=at)):
            return view(request, *args, **kwargs)
        if sent:
            messages.error(request, "Nothing was sent: too much time had passed. Send it again.")
        again = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('account_reauthenticate')}?{again}")

    return stepped_up
