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
register(
    EventKind(
        verb="alert.acknowledge",
        sentence="{actor} took on {subject}: {decision} ({reasons}).",
    ),
    EventKind(
        verb="alert.assign",
        sentence="{actor} gave {subject} to {unit}: {decision} ({reasons}).",
        payload={"unit": "name of the unit"},
    ),
    EventKind(
        verb="alert.escalate",
        sentence="{actor} escalated {subject}, which nobody had taken on (step {step}: {told}).",
        payload={"step": "how many steps it has taken", "told": "who was told beside the first"},
    ),
    EventKind(
        verb="alert.withdraw",
        sentence="{actor} withdrew {subject} from screens: its site was made covert.",
    ),
    EventKind(
        verb="alert.figures",
        sentence="{actor} was shown figures of {lists} lists over {days} days.",
        payload={"lists": "how many lists", "days": "length of the period"},
    ),
    EventKind(
        verb="channel.make",
        sentence="{actor} made {subject}: {kind} for alerts of {force}.",
        payload={"kind": "webhook or email", "force": "code of the force", "host": "where to"},
    ),
    EventKind(
        verb="channel.switch",
        sentence="{actor} switched {subject}; on: {active}.",
        payload={"active": "whether it sends now"},
    ),
    EventKind(
        verb="channel.send",
        sentence="{actor} sent {subject} by {channel}: {result} (attempt {attempt}).",
        payload={
            "channel": "id of the channel",
            "message": "id of the message",
            "result": "sent, waits for another attempt, or dead",
            "attempt": "which attempt it was",
        },
    ),
    EventKind(
        verb="channel.resend",
        sentence="{actor} put {subject} in the queue again.",
    ),
)
