"""Addresses of the audit's own pages."""

from openanpr.access.vocabulary import Role
from openanpr.audit.views.roots import roots, roots_pdf
from openanpr.web.permissions import Permission, path_for

_KEEPERS = frozenset({Role.AUDITOR, Role.DATA_PROTECTION_OFFICER})

urlpatterns = [
    path_for("paper.pdf", roots_pdf, name="audit_roots_pdf", permission=Permission(roles=_KEEPERS)),
    path_for("", roots, name="audit_roots", permission=Permission(roles=_KEEPERS)),
]
