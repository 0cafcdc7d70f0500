"""Addresses of the auditor's room."""

from openanpr.oversight import views
from openanpr.oversight.views import acts, owned, questions, reports, room, samples, vehicles
from openanpr.oversight.vocabulary import AUDITING
from openanpr.web.permissions import Permission, path_for

_READ = Permission(roles=AUDITING)
_POST = Permission(roles=AUDITING, methods=("POST",))
_FORM = Permission(roles=AUDITING, methods=("GET", "POST"))
_ACT = "room/<slug:kind>/<uuid:subject_id>/"

urlpatterns = [
    path_for("", views.index, name="audit", permission=_READ),
    path_for("check/", views.check, name="audit_check", permission=_POST),
    path_for("<int:sequence>/", views.detail, name="audit_event", permission=_READ),
    path_for("room/", room.room, name="oversight_room", permission=_READ),
    path_for("room/samples/new/", samples.new, name="oversight_sample_new", permission=_FORM),
    path_for(
        "room/samples/<uuid:sample_id>/", samples.one, name="oversight_sample", permission=_READ
    ),
    path_for("room/older/", acts.older, name="oversight_older", permission=_FORM),
    path_for("room/challenged/", acts.challenged, name="oversight_challenged", permission=_FORM),
    path_for("room/owned/", owned.owned, name="oversight_owned", permission=_READ),
    path_for("room/report/", reports.report, name="oversight_report", permission=_READ),
    path_for(
        "room/report/<slug:month>/<slug:form>/",
        reports.file,
        name="oversight_report_file",
        permission=_POST,
    ),
    path_for("room/entries/", acts.entries, name="oversight_entries", permission=_FORM),
    path_for(
        "room/questions/<uuid:question_id>/",
        questions.question,
        name="oversight_question",
        permission=_FORM,
    ),
    path_for(
        "room/findings/<uuid:finding_id>/",
        questions.finding,
        name="oversight_finding",
        permission=_FORM,
    ),
    path_for("room/vehicles/", vehicles.index, name="oversight_vehicles", permission=_FORM),
    path_for(
        "room/vehicles/<uuid:vehicle_id>/off/",
        vehicles.remove,
        name="oversight_vehicle_remove",
        permission=_POST,
    ),
    path_for(_ACT, acts.act, name="oversight_act", permission=_FORM),
    path_for(f"{_ACT}ask/", acts.question, name="oversight_ask", permission=_FORM),
    path_for(f"{_ACT}find/", acts.finding, name="oversight_find", permission=_FORM),
]
