"""The audit verbs of removal, and of backups."""

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
register(
    EventKind(
        verb="backup.make",
        sentence="{actor} made {subject} of {rows} rows, which expires {expires_at}.",
        payload={
            "digest": "SHA-256 of its signed manifest",
            "expires_at": "when it is to be destroyed",
            "rows": "how many rows of all tables",
            "pictures": "copied, left out, or in a bucket",
        },
    ),
)
register(
    EventKind(
        verb="backup.restore",
        sentence="{actor} restored {subject} of {made_at}, after audit row {audit_sequence}.",
        payload={
            "made_at": "when it was made",
            "audit_sequence": "the last audit row that it holds",
        },
    ),
)
register(
    EventKind(
        verb="backup.expire",
        sentence="{actor} destroyed {subject} of {made_at}, which expired {expires_at}.",
        payload={
            "made_at": "when it was made",
            "expires_at": "when it was to be destroyed",
            "digest": "SHA-256 of the signed certificate of its destruction",
        },
    ),
)
