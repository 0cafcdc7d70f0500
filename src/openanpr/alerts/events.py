"""What the audit says about alerts: each is named by its id, never by a mark or a place."""

from openanpr.audit.events import EventKind, register

register(
    EventKind(
        verb="alert.raise",
        sentence="{actor} raised {subject} from hit {hit} of {entry} (version {version}).",
        payload={
            "hit": "id of the hit",
            "entry": "id of the list entry",
            "list": "id of the list",
            "version": "snapshot that matched",
            "how": "in which way it matched",
            "late": "the read came late",
        },
    ),
    EventKind(
        verb="alert.join",
        sentence="{actor} joined hit {hit} to {subject}, the same vehicle seen again.",
        payload={
            "hit": "id of the hit",
            "entry": "id of the list entry",
            "list": "id of the list",
            "version": "snapshot that matched",
            "how": "in which way it matched",
            "late": "the read came late",
        },
    ),
    EventKind(
        verb="alert.list",
        sentence="{actor} was shown {count} alerts.",
        payload={"count": "how many", "alerts": "ids of the alerts shown"},
    ),
    EventKind(
        verb="alert.view",
        sentence="{actor} opened {subject}: {decision} ({reasons}).",
        payload={
            "place_shown": "the exact place was shown",
            "hits": "ids of the reads whose hits were shown",
        },
    ),
    EventKind(
        verb="alert.check",
        sentence="{actor} compared the picture of {subject} with its mark; the same: {same}.",
        payload={"same": "whether the picture shows the mark"},
    ),
    EventKind(
        verb="alert.outcome",
        sentence="{actor} recorded the outcome of {subject}: {outcome}.",
        payload={"outcome": "what came of it"},
    ),
)
