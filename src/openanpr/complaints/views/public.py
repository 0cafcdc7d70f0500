"""The form for everybody. It knows nobody, sets no cookie, and asks for no read, alert or list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.complaints.forms import ComplaintForm
from openanpr.complaints.services.receiving import receive_complaint
from openanpr.complaints.vocabulary import Channel
from openanpr.forces.queries import public_force
from openanpr.postbox.receiving import Came, arguments, come, form_page
from openanpr.web.clock import now


def complain(request: HttpRequest) -> HttpResponse:
    """Open the form, or send it: the answer is a reference, whatever was written."""
    at = now()
    form = ComplaintForm(**arguments(request, purpose="complaint", at=at))
    came = come(request, form)
    if came is not Came.GOOD:
        return form_page(request, "complaints/public/form.html", form, came)
    complaint = receive_complaint(
        complaint_id=form.form_id,
        force=public_force(),
        channel=Channel.ONLINE,
        said=form.said(),
        files=form.sent_files(),
        received_at=at,
        at=at,
    )
    return render(request, "complaints/public/sent.html", {"complaint": complaint}, status=201)
