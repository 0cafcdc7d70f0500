"""Addresses of what an auditor asked of somebody: their own page, whatever role they hold now."""

from openanpr.oversight.views import questions
from openanpr.web.permissions import Permission, path_for

_FORM = Permission(signed_in=True, methods=("GET", "POST"))

urlpatterns = [
    path_for("", questions.own, name="asked", permission=Permission(signed_in=True)),
    path_for(
        "questions/<uuid:question_id>/",
        questions.own_question,
        name="asked_one",
        permission=_FORM,
    ),
    path_for(
        "findings/<uuid:finding_id>/",
        questions.own_finding,
        name="asked_finding",
        permission=_FORM,
    ),
]
