"""The force's Markdown as safe HTML in the look of the pages."""

from collections.abc import Mapping
from typing import Final

import nh3
from markdown_it import MarkdownIt

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).enable("table")
_CLASSES: Final = {
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "p": "govuk-body",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
    "table": "govuk-table",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
}
_TAGS: Final = {*_CLASSES, "li", "strong", "em", "br", "hr", "blockquote", "thead", "tbody", "tr"}


def to_html(text: str, names: Mapping[str, str]) -> str:
    """HTML of ``text`` with ``{name}`` replaced by ``names``; every other brace stays as it is.

    No HTML of the author's own, no picture, no script: what is not in the short list of tags is
    left out. A page's own heading is its title, so headings begin at the second level.
    """
    for name, value in names.items():
        text = text.replace("{" + name + "}", value)
    return nh3.clean(
        _MARKDOWN.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
        set_tag_attribute_values={tag: {"class": value} for tag, value in _CLASSES.items()},
    )
