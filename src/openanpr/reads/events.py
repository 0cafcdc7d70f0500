"""The audit verbs of pictures."""

from openanpr.audit.events import EventKind, register

register(
    EventKind(
        verb="image.view",
        sentence="{actor} was shown a picture of a read for {subject}.",
        payload={"image": "SHA-256 of the picture as kept"},
    ),
    EventKind(
        verb="image.refuse",
        sentence="{actor} was refused a picture: its link gave them nothing now.",
    ),
)
