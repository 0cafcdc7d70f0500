"""The author of a request to these pages."""

import uuid

from django.http import Http404, HttpRequest

from openanpr.accounts.models import User
from openanpr.audit.origin import origin_of
from openanpr.investigations.models import Investigation
from openanpr.investigations.queries import investigation_of
from openanpr.investigations.services.author import Author
from openanpr.investigations.vocabulary import InvestigationState
from openanpr.web.request import require_actor


def author_of(request: HttpRequest) -> Author:
    """The signed-in person; the middleware lets nobody else this far."""
    if not isinstance(request.user, User):
        raise PermissionError("this page was reached without an account")
    return Author(user=request.user, actor=require_actor(request), origin=origin_of(request))


def own_investigation(
    author: Author, investigation_id: uuid.UUID, *, to_change: bool = False
) -> Investigation:
    """An investigation of the author's; for everybody else there is no such page.

    ``to_change``: an open one, for a closed one does not change any more.
    """
    found = investigation_of(
        person_id=author.actor.person_id,
        investigation_id=investigation_id,
    )
    if found is None or (to_change and found.state != InvestigationState.OPEN):
        raise Http404
    return found
