"""Addresses of the assurance of the system."""

from openanpr.assurance.views import foi, incidents, overview, reviews, statements
from openanpr.assurance.vocabulary import ANSWERING, OVERSEEING, READING, RECORDING
from openanpr.web.permissions import Permission, path_for

_READ = Permission(roles=OVERSEEING)
_WRITE = Permission(roles=OVERSEEING, methods=("GET", "POST"))
_RECORD = Permission(roles=RECORDING, methods=("GET", "POST"))

urlpatterns = [
    path_for("due/", overview.overview, name="assurance_due", permission=_READ),
    path_for("counts/", foi.counts, name="assurance_foi", permission=Permission(roles=ANSWERING)),
    path_for("incidents/", incidents.index, name="assurance_incidents", permission=_READ),
    path_for("incidents/new/", incidents.new, name="assurance_incident_new", permission=_RECORD),
    path_for(
        "incidents/<uuid:incident_id>/",
        incidents.detail,
        name="assurance_incident",
        permission=_WRITE,
    ),
    path_for(
        "reviews/", reviews.index, name="assurance_reviews", permission=Permission(roles=READING)
    ),
    path_for(
        "agreements/new/",
        reviews.new_agreement,
        name="assurance_agreement_new",
        permission=_RECORD,
    ),
    path_for(
        "reviews/<str:reference>/",
        reviews.review,
        name="assurance_review",
        permission=Permission(roles=READING, methods=("GET", "POST")),
    ),
    path_for("statements/", statements.index, name="assurance_statements", permission=_READ),
    path_for(
        "statements/<slug:kind>/",
        statements.statement,
        name="assurance_statement",
        permission=_WRITE,
    ),
    path_for(
        "statements/<slug:kind>/sign/",
        statements.sign,
        name="assurance_statement_sign",
        permission=Permission(roles=OVERSEEING, methods=("POST",)),
    ),
]
