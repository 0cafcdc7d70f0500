"""The public pages: their names, their order, and the text that comes with the product."""

from dataclasses import dataclass
from importlib.resources import files
from typing import Final

LANGUAGES: Final = {"en": "English", "cy": "Cymraeg"}
"""The languages a page may have: code to its own name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page. ``generated``: the template of the part that no editor can change, if any.

    ``action``: the words of a button and the name of the address that it opens.
    """

    slug: str
    title: str
    summary: str
    generated: str = ""
    action: tuple[str, str] | None = None

    @property
    def shipped(self) -> str:
        """The text that comes with the product: Markdown, in English."""
        path = files("openanpr.public").joinpath("texts", "en", f"{self.slug}.md")
        return path.read_text(encoding="utf-8")


_PAGES: Final = (
    Page(slug="why", title="Why we use it", summary="What number plate reading is for."),
    Page(
        slug="how-it-works",
        title="How it works",
        summary="What happens when a vehicle passes a camera.",
    ),
    Page(
        slug="who-may-look",
        title="Who may look, and for how long",
        summary="The rules that the system itself enforces.",
        generated="public/rules.html",
    ),
    Page(
        slug="places",
        title="Why we do not say where cameras are",
        summary="What we keep back, and what we tell instead.",
    ),
    Page(
        slug="new-cameras",
        title="How a new camera is decided",
        summary="Need, privacy and consultation, and how to take part.",
        generated="public/consultations_part.html",
    ),
    Page(
        slug="figures",
        title="What was done with it",
        summary="Reads, alerts, false alerts, searches and refusals, month by month.",
        generated="public/figures.html",
    ),
    Page(
        slug="your-rights",
        title="Ask what we hold about you",
        summary="Your rights, and how to use them.",
    ),
    Page(
        slug="complain",
        title="Complain",
        summary="If something went wrong.",
        action=("Complain online", "complain"),
    ),
    Page(
        slug="who-we-are",
        title="Who is responsible",
        summary="The controller of the data, and the data protection officer.",
    ),
    Page(slug="cookies", title="Cookies and privacy of this site", summary="What this site keeps."),
    Page(
        slug="accessibility",
        title="Accessibility",
        summary="How to use this site, and what to do if you cannot.",
    ),
)
PAGES: Final = {page.slug: page for page in _PAGES}
"""Every page by the last part of its address, in the order of the menu."""
