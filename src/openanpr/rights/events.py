"""What the audit says about information requests. No row but a search's names a mark."""

from typing import Final

from openanpr.audit.events import EventKind, register

_STEPS: Final = {
    "ask-identity": "asked for proof of identity for",
    "identify": "accepted proof of identity for",
    "start": "began to deal with",
    "ask-clarification": "asked what is meant by",
    "clarify": "noted the clarification of",
    "extend": "extended the time for",
    "decide": "decided on",
    "reopen": "went back to dealing with",
    "reply": "replied to",
    "withdraw": "closed as withdrawn",
}

register(
    EventKind(
        verb="request.receive",
        sentence="{actor} put in {subject}: {kind}, by {channel}.",
        payload={"kind": "kind of request", "channel": "how it came"},
    ),
    EventKind(
        verb="request.look",
        sentence="{actor} looked at {subject}.",
    ),
    EventKind(
        verb="request.take",
        sentence="{actor} took {subject} over.",
        payload={"from": "person who had it before"},
    ),
    EventKind(
        verb="request.refuse-step",
        sentence="{actor} was refused a step of {subject}: {reasons}.",
        payload={"move": "the step"},
    ),
    *(
        EventKind(
            verb=f"request.{move}",
            sentence=f"{{actor}} {words} {{subject}}: {{reason}}.",
            payload={
                "on": "day on which it counts",
                "evidence": "names of what was given as evidence, and references",
            },
        )
        for move, words in _STEPS.items()
    ),
    EventKind(
        verb="request.check-keeper",
        sentence="{actor} noted for {subject} from when to when the person kept a vehicle.",
        payload={"vehicle": "id of the note", "from": "first day", "to": "last day"},
    ),
    EventKind(
        verb="request.drop-keeper",
        sentence="{actor} took a vehicle off {subject}.",
        payload={"vehicle": "id of the note"},
    ),
    EventKind(
        verb="request.search",
        sentence=(
            "{actor} searched the reads that {subject} concerns. Answer: {decision} ({reasons})."
        ),
        payload={
            "vrms": "marks of which the person was found to be the keeper",
            "parts": "for each mark: bounds, allowed, reasons",
            "live_search_ids": "ids of the sessions that may look",
        },
    ),
    EventKind(
        verb="request.result",
        sentence="{actor} was shown {rows} reads for {subject} (cut short: {truncated}).",
        payload={
            "rows": "how many reads were shown",
            "truncated": "whether there were more",
            "digest": "SHA-256 of what was shown",
            "read_ids": "opaque ids of the reads shown",
        },
    ),
    EventKind(
        verb="request.shown",
        sentence="{actor} opened the {rows} reads found for {subject}.",
        payload={
            "rows": "how many reads were shown",
            "read_ids": "opaque ids of the reads shown",
        },
    ),
    EventKind(
        verb="request.hold-back",
        sentence="{actor} decided on {reads} reads for {subject}: {answer}, because: {reason}.",
        payload={
            "answer": "given, or the ground on which they are held back",
            "reads": "how many",
            "held_ids": "opaque ids of the reads",
        },
    ),
    EventKind(
        verb="request.check-picture",
        sentence="{actor} looked at a blacked-out picture for {subject}: {answer}.",
        payload={"answer": "given or withheld", "read": "opaque id of its read"},
    ),
    EventKind(
        verb="request.pack",
        sentence="{actor} made the reply to {subject}: {files} files, {rows} reads.",
        payload={
            "files": "how many files",
            "rows": "how many reads leave",
            "sha256": "SHA-256 of the reply",
            "expires_at": "when its link ends",
            "read_ids": "opaque ids of the reads that leave",
        },
    ),
    EventKind(
        verb="request.link",
        sentence="{actor} made a new link to the reply to {subject}; it ends {expires_at}.",
        payload={"sha256": "SHA-256 of the reply", "expires_at": "when the link ends"},
    ),
    EventKind(
        verb="request.fetch",
        sentence="Whoever had the link and the reference fetched the reply to {subject}.",
        payload={"sha256": "SHA-256 of the reply"},
    ),
    EventKind(
        verb="request.fetch-refuse",
        sentence="A link to a reply opened nothing ({why}).",
        payload={"why": "wrong, used, over, or another reference"},
    ),
    EventKind(
        verb="read.viewers",
        sentence="{actor} asked who ever saw one read ({rows} rows): {decision} ({reasons}).",
        payload={"read": "opaque id of the read", "rows": "rows of the audit that name it"},
    ),
)
