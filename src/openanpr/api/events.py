"""What the audit says about tokens; what is done by them is told by the verbs of what it is."""

from openanpr.audit.events import EventKind, register

register(
    EventKind(
        verb="token.make",
        sentence="{actor} made {subject} for {name}, until {expires_at}, because: {reason}.",
        payload={
            "name": "program or system that is to have it",
            "expires_at": "when it ends",
            "takes_out": "whether results may leave by it",
        },
    ),
    EventKind(
        verb="token.revoke",
        sentence="{actor} revoked {subject} ({name}) {reason}.",
        payload={"name": "program or system that had it"},
    ),
    EventKind(
        verb="token.refuse",
        sentence="A call with {subject} was refused: {why}.",
        payload={"why": "revoked, expired, or its account may not act"},
    ),
)
