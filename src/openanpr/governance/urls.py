"""Addresses of camera cases."""

from openanpr.access.vocabulary import Role
from openanpr.governance.navigation import READING
from openanpr.governance.views import cases, consulting, deciding, parts
from openanpr.web.permissions import Permission, path_for

_BOTH = ("GET", "POST")
_READ = Permission(roles=READING)
_PART = Permission(roles=READING, methods=_BOTH)
_WRITE = Permission(roles=frozenset({Role.CAMERA_MANAGER}), methods=_BOTH)
_REMOVE = Permission(roles=frozenset({Role.CAMERA_MANAGER}), methods=("POST",))
_SIGN = Permission(roles=frozenset({Role.DATA_PROTECTION_OFFICER}), methods=_BOTH)
_DECIDE = Permission(roles=frozenset({Role.AUTHORISER}), methods=_BOTH)
_CASE = "<uuid:case_id>/"

urlpatterns = [
    path_for("", cases.index, name="camera_cases", permission=_READ),
    path_for("new/", cases.new, name="camera_case_new", permission=_WRITE),
    path_for(_CASE, cases.detail, name="camera_case", permission=_READ),
    path_for(f"{_CASE}parts/<slug:part>/", parts.part, name="camera_case_part", permission=_PART),
    path_for(f"{_CASE}cameras/", cases.cameras, name="camera_case_cameras", permission=_WRITE),
    path_for(f"{_CASE}overlaps/", cases.overlaps, name="camera_case_overlaps", permission=_READ),
    path_for(f"{_CASE}evidence/", cases.evidence, name="camera_case_evidence", permission=_WRITE),
    path_for(
        f"{_CASE}evidence/<uuid:evidence_id>/",
        cases.evidence_file,
        name="camera_case_evidence_file",
        permission=_READ,
    ),
    path_for(
        f"{_CASE}evidence/<uuid:evidence_id>/remove/",
        cases.evidence_remove,
        name="camera_case_evidence_remove",
        permission=_REMOVE,
    ),
    path_for(f"{_CASE}submit/", cases.submit, name="camera_case_submit", permission=_WRITE),
    path_for(f"{_CASE}give-up/", cases.give_up, name="camera_case_give_up", permission=_WRITE),
    path_for(
        f"{_CASE}consultation/",
        consulting.consultation,
        name="camera_case_consultation",
        permission=_READ,
    ),
    path_for(
        f"{_CASE}consultation/open/",
        consulting.open_consultation,
        name="camera_case_consult",
        permission=_WRITE,
    ),
    path_for(
        f"{_CASE}consultation/ask/",
        consulting.consultee,
        name="camera_case_ask",
        permission=_WRITE,
    ),
    path_for(
        f"{_CASE}consultation/reply/",
        consulting.reply,
        name="camera_case_reply",
        permission=_WRITE,
    ),
    path_for(f"{_CASE}sign-off/", deciding.sign_off, name="camera_case_sign_off", permission=_SIGN),
    path_for(f"{_CASE}release/", deciding.release, name="camera_case_release", permission=_DECIDE),
    path_for(f"{_CASE}decide/", deciding.decide, name="camera_case_decide", permission=_DECIDE),
    path_for(f"{_CASE}dossier/", deciding.dossier, name="camera_case_dossier", permission=_READ),
]
