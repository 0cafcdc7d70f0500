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
    EventKind(
        verb="read.correct",
        sentence="{actor} said of read {read_id} that its mark is {verdict} ({source}).",
        payload={
            "read_id": "opaque id of the read",
            "verdict": "right, wrong or unreadable",
            "source": "comparison, check, complaint or rights",
            "reference": "what it was said for",
            "model": "empty",
        },
    ),
    EventKind(
        verb="read.reread",
        sentence="Model {model} read the picture of read {read_id} again for {investigation}.",
        payload={
            "read_id": "opaque id of the read",
            "verdict": "right, wrong or unreadable, by the model",
            "source": "model",
            "reference": "what it was read again for",
            "model": "version of the model",
        },
    ),
    EventKind(
        verb="read.correct.refuse",
        sentence="{actor} was refused to say anything of read {read_id}: {reasons}.",
        payload={"read_id": "opaque id of the read"},
    ),
    EventKind(
        verb="check.draw",
        sentence="{actor} asked for a plate to check; it was drawn by chance.",
        payload={"drawn": "whether there was one"},
    ),
    EventKind(
        verb="check.refuse",
        sentence="{actor} was refused a plate to check: {reasons}.",
    ),
    EventKind(
        verb="check.pass",
        sentence="{actor} passed {subject} over.",
    ),
    EventKind(
        verb="check.figures",
        sentence="{actor} was shown the accuracy figures from {period_from} to {period_to}.",
        payload={"period_from": "start of the captures", "period_to": "end of the captures"},
    ),
)
