"""What the views of lists share: the person, the list of their force, the answer to a change."""

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from openanpr.access.explain import explain
from openanpr.accounts.models import User
from openanpr.hotlists.models import Hotlist
from openanpr.hotlists.queries import list_of_force
from openanpr.hotlists.services.changes import ListChange
from openanpr.policy.queries import profile_in_force
from openanpr.web.clock import now
from openanpr.web.request import require_actor
from openanpr.web.views.errors import refused


def signed_in_user(request: HttpRequest) -> User:
    """The account of a request to a page that is not public."""
    return cast("User", request.user)


def own_list(request: HttpRequest, hotlist_id: UUID) -> Hotlist:
    """The list, if it is of this person's force and they may know of it; 404 otherwise."""
    actor = require_actor(request)
    hotlist = list_of_force(hotlist_id=hotlist_id, force=actor.force, covert=actor.covert_right)
    if hotlist is None:
        raise Http404
    return hotlist


def refusal(request: HttpRequest, change: ListChange) -> HttpResponse:
    """403 with the policy's reasons in words."""
    sentences = explain(change.decision, profile=profile_in_force(at=now()))
    return refused(request, needed=frozenset(), reason=" ".join(sentences))
