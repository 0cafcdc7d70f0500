"""The audit verbs of holds."""

from openanpr.audit.events import EventKind, register

_TERMS = {
    "ground": "kind of need",
    "reference": "the force's own reference, of a schedule or an exhibit",
    "owner": "person id of who answers for the hold",
    "review_at": "when its need is looked at again",
}

register(
    EventKind(
        verb="hold.place",
        sentence=(
            "{actor} held {reads} reads for {investigation} ({ground}, {reference}) until a review "
            "on {review_at}: {reason}."
        ),
        payload={
            **_TERMS,
            "reads": "how many",
            "held_ids": "opaque ids of the reads",
        },
    ),
    EventKind(
        verb="hold.refuse",
        sentence="{actor} was refused a hold of {reads} reads for {investigation}: {reasons}.",
        payload={"reads": "how many were asked for"},
    ),
    EventKind(
        verb="hold.review",
        sentence="{actor} reviewed {subject} for {investigation}; next on {review_at}: {reason}.",
        payload={"review_at": "when its need is looked at again"},
    ),
    EventKind(
        verb="hold.release",
        sentence=(
            "{actor} released {subject} for {investigation}; what is past retention goes: {reason}."
        ),
        payload={"reads": "how many reads it held"},
    ),
)
