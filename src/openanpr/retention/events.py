"""The audit verb of removal."""

from openanpr.audit.events import EventKind, register

register(
    EventKind(
        verb="retention.delete",
        sentence="{actor} removed {rows} rows and pictures past their limit; {subject}.",
        payload={
            "rows": "how many in all",
            "limit": "reads captured before this moment were past retention",
            "counts": "for each store, by day and camera id (0: none known), how many",
            "held": "reads past that moment that stay, held for investigations",
            "digest": "SHA-256 of the signed certificate",
        },
    ),
)
