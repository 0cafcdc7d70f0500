"""Addresses of the web process: each app mounts its own under one prefix."""

import importlib.util
from typing import Final

from django.urls import URLPattern, URLResolver, include, path

# (prefix, module of the app's addresses)
MOUNTS: Final = (
    ("", "openanpr.web.urls"),
    ("account/", "openanpr.accounts.urls_login"),
    ("accounts/", "openanpr.accounts.urls"),
    ("rules/", "openanpr.policy.urls"),
    ("alerts/", "openanpr.alerts.urls"),
    ("lists/", "openanpr.hotlists.urls"),
    ("cameras/", "openanpr.cameras.urls"),
    ("sensitive/", "openanpr.sensitive.urls"),
    ("camera-cases/", "openanpr.governance.urls"),
    ("consultation/", "openanpr.governance.urls_personal"),
    ("images/", "openanpr.reads.urls"),
    ("checks/", "openanpr.reads.urls_checks"),
    ("investigations/", "openanpr.investigations.urls"),
    ("search/", "openanpr.search.urls"),
    ("holds/", "openanpr.holds.urls"),
    ("exhibits/", "openanpr.exhibits.urls"),
    ("api/v1/", "openanpr.api.urls"),
    ("account/tokens/", "openanpr.api.urls_tokens"),
    ("receipts/", "openanpr.receipts.urls"),
    ("health/", "openanpr.operations.urls"),
    ("rights/", "openanpr.rights.urls"),
    ("audit/roots/", "openanpr.audit.urls"),
    ("audit/", "openanpr.oversight.urls"),
    ("public/your-rights/", "openanpr.public.urls_requests"),
    ("asked/", "openanpr.oversight.urls_asked"),
    ("held/", "openanpr.oversight.urls_held"),
    ("protected/", "openanpr.hotlists.tripwires.urls"),
    ("assurance/", "openanpr.assurance.urls"),
    ("complaints/", "openanpr.complaints.urls"),
    ("public/complain/", "openanpr.complaints.urls_public"),
    ("public/", "openanpr.public.urls"),
    ("public-desk/", "openanpr.public.urls_desk"),
)

urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(module))
    for prefix, module in MOUNTS
    if importlib.util.find_spec(module) is not None
]

handler400 = "openanpr.web.views.errors.bad_request"
handler403 = "openanpr.web.views.errors.forbidden"
handler404 = "openanpr.web.views.errors.not_found"
handler500 = "openanpr.web.views.errors.server_error"
