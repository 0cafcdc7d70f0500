"""Where the force edits the text of the public pages: preview first, then publish."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openanpr.accounts.models import User
from openanpr.public import queries
from openanpr.public.forms import TextForm
from openanpr.public.markdown import to_html
from openanpr.public.pages import LANGUAGES, PAGES
from openanpr.public.services.texts import publish_text
from openanpr.public.views.pages import page_or_404
from openanpr.web.clock import now


def desk(request: HttpRequest) -> HttpResponse:
    """Every page and its languages."""
    pages = [
        (page, [(code, name, queries.history(page, code)[:1]) for code, name in LANGUAGES.items()])
        for page in PAGES.values()
    ]
    return render(request, "public/desk.html", {"pages": pages})


def edit(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """One page's text: change it, look at it, publish it; older versions below."""
    page = page_or_404(slug)
    if language not in LANGUAGES:
        raise Http404
    current = queries.newest_text(page, language) or ""
    own = queries.history(page, language)[:1]
    title = own[0].title if own else ""
    initial = {"body": current, "title": title, "language": language}
    form = TextForm(request.POST or None, initial=initial)
    preview, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if "publish" in request.POST:
                if not isinstance(request.user, User):
                    raise PermissionError("this page was reached without an account")
                publish_text(
                    page=page,
                    language=language,
                    title=form.cleaned_data["title"],
                    body=form.cleaned_data["body"],
                    reason=form.cleaned_data["reason"],
                    author=request.user,
                    at=now(),
                )
                messages.success(request, "The text is published.")
                return redirect("public_text_edit", slug=slug, language=language)
            status = 200
            preview = to_html(form.cleaned_data["body"], {"force": queries.force_name()})
    return render(
        request,
        "public/edit.html",
        {
            "page": page,
            "language": LANGUAGES[language],
            "form": form,
            "preview": preview,
            "history": queries.history(page, language),
        },
        status=status,
    )
