"""The signed roots as a page to print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.audit.root_store import newest_roots

SHOWN = 24


def roots(request: HttpRequest) -> HttpResponse:
    """The newest roots with hash and signature in groups that can be read out."""
    found = newest_roots(SHOWN)
    rows = [(root, grouped(root.hash), grouped(root.signature), root.holds()) for root in found]
    keys = sorted({grouped(root.public_key) for root in found})
    return render(request, "audit/roots.html", {"rows": rows, "keys": keys})


def grouped(value: bytes) -> str:
    """Hexadecimal digits in groups of eight."""
    digits = value.hex()
    return " ".join(digits[start : start + 8] for start in range(0, len(digits), 8))
