"""Signing out: one press, no question."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session and show the sign-in page."""
    get_adapter(request).logout(request)
    return redirect("account_login")
