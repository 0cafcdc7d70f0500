"""Addresses of the audit's own pages."""

from openanpr.access.vocabulary import Role
from openanpr.audit.views.roots import roots
from openanpr.web.permissions import Permission, path_for

_KEEPERS = frozenset({Role.AUDITOR, Role.DATA_PROTECTION_OFFICER})

urlpatterns = [
    path_for("", roots, name="audit_roots", permission=Permission(roles=_KEEPERS)),
]
