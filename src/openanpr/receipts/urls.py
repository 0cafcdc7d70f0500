"""Addresses of receipts."""

from openanpr.receipts.navigation import ACCOUNTING
from openanpr.receipts.views import index
from openanpr.web.permissions import Permission, path_for

urlpatterns = [
    path_for("", index, name="receipts", permission=Permission(roles=ACCOUNTING)),
]
