"""Addresses of the assurance of the system."""

from openanpr.assurance.views import overview
from openanpr.assurance.vocabulary import OVERSEEING
from openanpr.web.permissions import Permission, path_for

_READ = Permission(roles=OVERSEEING)

urlpatterns = [
    path_for("due/", overview.overview, name="assurance_due", permission=_READ),
]
