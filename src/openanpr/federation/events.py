"""The audit verbs of the line between forces and the centre."""

from openanpr.audit.events import EventKind, register

register(
    EventKind(
        verb="federation.send",
        sentence="{actor} sent {reads} reads to the national centre ({subject}).",
        payload={
            "reads": "reads named in the parcel",
            "batches": "the force's batches they came in",
            "first_sequence": "number of the first read on this line",
        },
    ),
    EventKind(
        verb="federation.refused",
        sentence="{actor} noted that the national centre refused reads of {subject}: {refused}.",
        payload={"refused": "reads refused, a text for each reason"},
    ),
    EventKind(
        verb="federation.compare",
        sentence="{actor} compared {day} with the centre: sent {sent}, held {held}.",
        payload={
            "day": "day of capture (UTC)",
            "sent": "reads that the centre acknowledged",
            "held": "reads that the centre holds",
        },
    ),
    EventKind(
        verb="federation.resend",
        sentence="{actor} queued {reads} stored reads to go up again ({reason}).",
        payload={"reads": "reads queued", "day": "day of capture (UTC)"},
    ),
    EventKind(
        verb="federation.admit",
        sentence="{actor} admitted the force {force} as {subject}, feeds {feeds}.",
        payload={
            "force": "code of the force",
            "controller": "controller of its reads",
            "feeds": "feed numbers of its cameras",
        },
    ),
    EventKind(
        verb="federation.register",
        sentence="{actor} took up the register of {subject}: {added} cameras added, {changed} "
        "changed, {left} left out.",
        payload={
            "added": "cameras entered",
            "changed": "cameras changed",
            "left": "cameras that were not taken up",
        },
    ),
)
