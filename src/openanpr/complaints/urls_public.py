"""The address where anybody complains."""

from django.views.decorators.csrf import csrf_exempt

from openanpr.complaints.views.public import complain
from openanpr.web.permissions import Permission, path_for

urlpatterns = [
    path_for(
        "form/",
        # Nobody is signed in and no cookie is set: the form carries a signed ticket of its own.
        csrf_exempt(complain),
        name="complain",
        permission=Permission(public=True, methods=("GET", "POST")),
    ),
]
