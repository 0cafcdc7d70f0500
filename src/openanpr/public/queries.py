"""The text of a page as it stands, and its history."""

from django.db.models import QuerySet

from openanpr.forces.models import Force
from openanpr.public.models import PublicText
from openanpr.public.pages import LANGUAGES, Page


def newest_text(page: Page, language: str) -> str | None:
    """The Markdown shown now; ``None``: the page has no text in that language."""
    found = _versions(page, language).values_list("body", flat=True).first()
    if found is not None:
        return found
    return page.shipped if language == "en" else None


def title_of(page: Page, language: str) -> str:
    """The heading shown now: the force's own, or the product's."""
    own = _versions(page, language).values_list("title", flat=True).first()
    return own or page.title


def languages_of(page: Page) -> list[str]:
    """The languages in which the page can be read, English first."""
    written = set(
        PublicText.objects.filter(page=page.slug).values_list("language", flat=True).distinct()
    )
    return [language for language in LANGUAGES if language == "en" or language in written]


def history(page: Page, language: str) -> list[PublicText]:
    """Every version that was published, newest first."""
    return list(_versions(page, language).select_related("author"))


def force_name() -> str:
    """The force that answers for these pages; the first one, where several share the system."""
    return Force.objects.order_by("id").values_list("name", flat=True).first() or "The force"


def _versions(page: Page, language: str) -> QuerySet[PublicText]:
    return PublicText.objects.filter(page=page.slug, language=language).order_by("-published_at")
