"""What the audit says of the assurance of the system."""

from openanpr.audit.events import EventKind, register

register(
    EventKind(
        verb="deadline.remind",
        sentence="{actor} reminded {people} people and {channels} channels of what falls due; "
        "{failed} could not be reached; {overdue} things were overdue.",
        payload={
            "people": "accounts that were sent a message",
            "channels": "channels that were sent one",
            "failed": "messages that could not be sent",
            "overdue": "how many things were overdue, for anybody",
        },
    ),
)

register(
    EventKind(
        verb="incident.step",
        sentence="{actor} wrote in {subject}: {step} (risk {risk}; late: {late}).",
        payload={
            "step": "what kind of step it was",
            "risk": "unknown, unlikely, likely or high, where it was judged",
            "late": "whether it was reported after its time",
        },
    ),
    EventKind(
        verb="review.done",
        sentence="{actor} reviewed {subject}: {outcome}, because {reason}; next {next}.",
        payload={"outcome": "keep, change or remove", "next": "day of the next review, or none"},
    ),
    EventKind(
        verb="agreement.enter",
        sentence="{actor} entered {subject}, a sharing agreement that ends: {ends}.",
        payload={"ends": "its last day, or none"},
    ),
    EventKind(
        verb="statement.write",
        sentence="{actor} wrote {subject}, version {version}.",
        payload={"version": "which version"},
    ),
    EventKind(
        verb="statement.sign",
        sentence="{actor} signed {subject}, version {version}; its next review: {next}.",
        payload={"version": "which version", "next": "day by which it is reviewed"},
    ),
)
