"""The audit verbs of complaints. What a complainant wrote stands in none of them."""

from openanpr.audit.events import EventKind, register

register(
    EventKind(
        verb="complaint.receive",
        sentence="{actor} received the complaint {reference} ({about}, {channel}).",
        payload={
            "reference": "as the complainant was given it",
            "about": "what it is about",
            "channel": "how it came",
            "files": "how many files came with it",
        },
    ),
    EventKind(
        verb="complaint.view",
        sentence="{actor} opened the complaint {reference}.",
        payload={"reference": "of the complaint"},
    ),
    EventKind(
        verb="complaint.move",
        sentence="{actor} took the step “{move}” of the complaint {reference}.",
        payload={
            "reference": "of the complaint",
            "move": "name of the step",
            "state": "where it stands then",
            "outcome": "what was found, where the step says so",
        },
    ),
    EventKind(
        verb="complaint.refuse",
        sentence="{actor} was refused the step “{move}” of the complaint {reference}: {reasons}.",
        payload={"reference": "of the complaint", "move": "name of the step"},
    ),
    EventKind(
        verb="complaint.link",
        sentence="{actor} linked the complaint {reference} with a {kind}.",
        payload={
            "reference": "of the complaint",
            "kind": "read, alert or search",
            "linked": "opaque id of it",
        },
    ),
    EventKind(
        verb="complaint.note",
        sentence="{actor} wrote a note of the complaint {reference} to those who keep a list.",
        payload={"reference": "of the complaint", "hotlist": "id of the list"},
    ),
    EventKind(
        verb="complaint.note-answer",
        sentence="{actor} answered the note of the complaint {reference}.",
        payload={"reference": "of the complaint", "hotlist": "id of the list"},
    ),
    EventKind(
        verb="complaint.letter",
        sentence="{actor} made the letter “{letter}” of the complaint {reference}.",
        payload={
            "reference": "of the complaint",
            "letter": "which letter",
            "sha256": "SHA-256 of its text",
        },
    ),
    EventKind(
        verb="complaint.file",
        sentence="{actor} downloaded a file that came with the complaint {reference}.",
        payload={"reference": "of the complaint", "file": "id of the file"},
    ),
    EventKind(
        verb="complaint.letter-text",
        sentence="{actor} changed the text of the letter “{letter}”: {reason}.",
        payload={"letter": "which letter", "sha256": "SHA-256 of the text"},
    ),
    EventKind(
        verb="complaint.clear",
        sentence="{actor} removed {complaints} complaints that were closed long enough ago.",
        payload={"complaints": "how many"},
    ),
)
