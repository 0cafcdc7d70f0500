"""Pages of a search: each is a search of its own, and all together show what one search may."""

import uuid
from datetime import datetime
from typing import Final

from django.core import signing
from django.db.models import Q, Sum

from openanpr.search.models import SearchRun
from openanpr.search.services import SearchResult
from openanpr.search.store import Before

PAGE: Final = 200
"""Reads on one page."""
_SALT: Final = "openanpr.search.page"


def next_page(result: SearchResult) -> str:
    """Where the next page begins, signed for the search it belongs to; empty for the last one."""
    if not (result.truncated and result.reads) or is_full(result):
        return ""
    last = result.reads[-1]
    return signing.dumps(
        [str(_first(result.run)), last.captured_at.isoformat(), str(last.id)], salt=_SALT
    )


def opened(token: str, *, run: SearchRun) -> Before:
    """Where the page begins. Raises ``django.core.signing.BadSignature`` for another search's."""
    first, captured_at, read_id = signing.loads(token, salt=_SALT)
    if first != str(_first(run)):
        raise signing.BadSignature("the page is of another search")
    return Before(datetime.fromisoformat(captured_at), uuid.UUID(read_id))


def is_full(result: SearchResult) -> bool:
    """Whether its pages have shown as many reads as the policy lets one search show."""
    scope = result.decision.scope
    if scope is None or not result.truncated:
        return False
    first = _first(result.run)
    shown = SearchRun.objects.filter(Q(id=first) | Q(continues=first)).aggregate(n=Sum("rows"))
    return int(shown["n"] or 0) >= scope.row_limit


def _first(run: SearchRun) -> uuid.UUID:
    return run.continues or run.id
