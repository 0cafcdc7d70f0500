"""HTML from Python, for pages that must be written without the server's packages.

Every text and every attribute is escaped; only what `element` made goes in as it is.
"""

import html
from typing import Final

Attribute = str | int | None
_VOID: Final = frozenset({"meta", "img", "br", "hr"})


class Markup(str):
    """HTML that is escaped already."""

    __slots__ = ()


def element(name: str, /, *children: str, **attributes: Attribute) -> Markup:
    """An element with texts and elements in it.

    A trailing underscore of an attribute's name is dropped (`class_`), others become hyphens;
    None leaves the attribute out.
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{told}>")
    return Markup(f"<{name}{told}>{joined(*children)}</{name}>")


def joined(*children: str) -> Markup:
    """Texts (escaped) and elements one after another."""
    return Markup(
        "".join(child if isinstance(child, Markup) else html.escape(child) for child in children)
    )
