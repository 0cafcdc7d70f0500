"""What the audit says about the public pages."""

from openanpr.audit.events import EventKind, register

register(
    EventKind(
        verb="public-text.publish",
        sentence="{actor} published a new text of the public page {page} ({language}): {reason}.",
        payload={
            "page": "the page",
            "language": "language of the text",
            "sha256": "SHA-256 of the text",
        },
    ),
    EventKind(
        verb="figures.publish",
        sentence="{actor} published the figures of {month} ({figures} figures).",
        payload={"month": "year and month", "figures": "how many figures"},
    ),
)
