"""A client of the programming interface, for programs that act for the person of their token.

    with Client("https://anpr.example", token) as client:
        page = client.search(investigation="FX/2026/77", reason="...", mark="OA30AAA",
                             captured_from=start, captured_to=end)

Needs httpx and msgspec alone: no Django, no database.
"""

from openanpr.client.answers import (
    Authorisation,
    Exhibit,
    FoundRead,
    Investigation,
    Me,
    SearchPage,
)
from openanpr.client.calls import Client
from openanpr.client.problems import CallFailed, Refused, TooManyCalls

__all__ = [
    "Authorisation",
    "CallFailed",
    "Client",
    "Exhibit",
    "FoundRead",
    "Investigation",
    "Me",
    "Refused",
    "SearchPage",
    "TooManyCalls",
]
