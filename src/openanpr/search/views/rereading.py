"""The pictures of picked reads, read again by the model installed now."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openanpr.investigations.views.author import author_of, own_investigation
from openanpr.reading import ModelProblem
from openanpr.reads.images import image_store
from openanpr.search import presenters, second_reader
from openanpr.search.services import SearchStoppedError, SearchTooLongError
from openanpr.search.services.rereading import MOST_REREAD, read_again
from openanpr.search.views.comparing import picked_reads
from openanpr.web.clock import now


def rereading(request: HttpRequest) -> HttpResponse:
    """Read the pictures of the picked reads again, and show both readings."""
    author = author_of(request)
    reads = picked_reads(request, author)
    if not reads or len(reads) > MOST_REREAD:
        context = {"most": MOST_REREAD, "many": bool(reads), "button": "Read pictures again"}
        return render(request, "search/nothing_to_compare.html", context, status=422)
    investigation = own_investigation(author, reads[0].investigation_id, to_change=True)
    try:
        again = read_again(
            author=author,
            investigation=investigation,
            reads=reads,
            images=image_store(settings.SETTINGS),
            reader=second_reader.installed_reader(),
            at=now(),
        )
    except (SearchStoppedError, ModelProblem):
        return render(request, "search/stopped.html", status=503)
    except SearchTooLongError:
        return render(request, "search/too_long.html", status=503)
    return render(
        request,
        "search/read_again.html",
        {
            "investigation": investigation,
            "again": again,
            "parts": presenters.part_lines(again.result),
        },
        status=200 if again.lines else 403,
    )
