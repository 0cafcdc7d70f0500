"""Addresses of investigations; an investigation is named by its id, never by its reference."""

from openanpr.access.vocabulary import Role
from openanpr.investigations.views import (
    authorisations,
    investigations,
    reviewing,
    revoking,
    scope,
    subjects,
    team,
)
from openanpr.investigations.vocabulary import INVESTIGATING
from openanpr.web.permissions import Permission, path_for

READING = Permission(roles=INVESTIGATING)
FORM = Permission(roles=INVESTIGATING, methods=("GET", "POST"))
CHANGE = Permission(roles=INVESTIGATING, methods=("POST",))
AUTHORISER = frozenset({Role.AUTHORISER})

urlpatterns = [
    path_for("", investigations.index, name="investigations", permission=READING),
    path_for("open/", investigations.open_new, name="investigation_open", permission=FORM),
    path_for(
        "authorisations/",
        authorisations.queue,
        name="authorisations",
        permission=Permission(roles=AUTHORISER),
    ),
    path_for(
        "authorisations/<uuid:request_id>/",
        authorisations.decide,
        name="authorisation",
        permission=Permission(roles=AUTHORISER, methods=("GET", "POST")),
    ),
    path_for(
        "authorisations/<uuid:request_id>/revoke/",
        revoking.revoke,
        name="authorisation_revoke",
        permission=Permission(roles=AUTHORISER, methods=("GET", "POST")),
    ),
    path_for(
        "<uuid:investigation_id>/scope/", scope.scope, name="investigation_scope", permission=FORM
    ),
    path_for(
        "<uuid:investigation_id>/", investigations.detail, name="investigation", permission=READING
    ),
    path_for(
        "<uuid:investigation_id>/review/",
        reviewing.review,
        name="investigation_review",
        permission=FORM,
    ),
    path_for(
        "<uuid:investigation_id>/close/",
        investigations.close,
        name="investigation_close",
        permission=FORM,
    ),
    path_for(
        "<uuid:investigation_id>/team/add/", team.add, name="investigation_add", permission=FORM
    ),
    path_for(
        "<uuid:investigation_id>/team/remove/",
        team.remove,
        name="investigation_remove",
        permission=CHANGE,
    ),
    path_for("<uuid:investigation_id>/subjects/", subjects.index, name="subjects", permission=FORM),
    path_for(
        "<uuid:investigation_id>/subjects/<uuid:subject_id>/link/",
        subjects.link,
        name="subject_link",
        permission=FORM,
    ),
    path_for(
        "<uuid:investigation_id>/subjects/<uuid:subject_id>/remove/",
        subjects.remove,
        name="subject_remove",
        permission=FORM,
    ),
    path_for(
        "<uuid:investigation_id>/subjects/<uuid:subject_id>/<uuid:link_id>/end/",
        subjects.unlink,
        name="subject_unlink",
        permission=FORM,
    ),
    path_for(
        "<uuid:investigation_id>/authorisation/",
        authorisations.ask,
        name="authorisation_ask",
        permission=FORM,
    ),
]
