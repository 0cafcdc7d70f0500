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
