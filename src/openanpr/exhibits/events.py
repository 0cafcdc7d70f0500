"""What the audit says about exhibits."""

from openanpr.audit.events import EventKind, register

register(
    EventKind(
        verb="exhibit.pick",
        sentence="{actor} picked {reads} reads for an exhibit of {investigation}.",
        payload={"reads": "how many"},
    ),
    EventKind(
        verb="exhibit.make",
        sentence=(
            "{actor} had exhibit {reference} ({edition}) made of {rows} reads for {recipient}, for "
            "{investigation}, because: {reason}."
        ),
        payload={
            "reference": "initials and number",
            "edition": "open (sites withheld) or sensitive",
            "recipient": "who is to have it",
            "jurisdiction": "whose courts it is for",
            "rows": "how many reads are in it",
            "digest": "SHA-256 of the reads",
            "read_ids": "opaque ids of the reads in it",
        },
    ),
    EventKind(
        verb="exhibit.refuse",
        sentence=(
            "{actor} was refused an exhibit for {recipient}, for {investigation}: {reasons}. "
            "Reason given: {reason}."
        ),
        payload={"recipient": "who was to have it", "reads": "how many were picked"},
    ),
    EventKind(
        verb="exhibit.finish",
        sentence="The pack of {subject} was made and signed.",
        payload={"sha256": "SHA-256 of the pack", "bytes": "its size"},
    ),
    EventKind(
        verb="exhibit.fail",
        sentence="The pack of {subject} could not be made: {reason}.",
        payload={},
    ),
    EventKind(
        verb="exhibit.fetch",
        sentence="{actor} took a copy of {subject}, for {investigation}.",
        payload={"reference": "initials and number", "sha256": "SHA-256 of the pack"},
    ),
    EventKind(
        verb="exhibit.note",
        sentence="{actor} noted on the continuity of {subject}: handed to {recipient} ({reason}).",
        payload={"recipient": "who has it now"},
    ),
    EventKind(
        verb="exhibit.remove",
        sentence="The file of {subject} was removed on its day; its record stays.",
        payload={"sha256": "SHA-256 of the pack that was removed; empty for a draft"},
    ),
)
