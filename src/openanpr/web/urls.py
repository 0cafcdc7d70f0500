"""Home, what falls due, and the sign of life."""

from openanpr.web.permissions import Permission, path_for
from openanpr.web.views.deadlines import calendar
from openanpr.web.views.home import alive, home

urlpatterns = [
    path_for("", home, name="home", permission=Permission(signed_in=True)),
    path_for("due/", calendar, name="deadlines", permission=Permission(signed_in=True)),
    path_for("alive", alive, name="alive", permission=Permission(public=True)),
]
