"""What the audit says about lists."""

from openanpr.audit.events import EventKind, register

register(
    EventKind(
        verb="list.create",
        sentence="{actor} made the list {subject}: {reason} ({decision}: {reasons}).",
        payload={"kind": "kind of list", "covert": "hits are kept from patrols"},
    ),
    EventKind(
        verb="entry.add",
        sentence="{actor} added an entry to {list}: {reason} ({decision}: {reasons}).",
        payload={
            "list": "id of the list",
            "action": "what officers are told to do",
            "weed_at": "day on which it stops matching",
            "state": "live, or proposed until a second person confirms",
            "match_as": "exact, near or pattern: which marks it stands for",
        },
    ),
    EventKind(
        verb="entry.confirm",
        sentence="{actor} confirmed {subject} as the second person ({decision}: {reasons}).",
        payload={"list": "id of the list"},
    ),
    EventKind(
        verb="entry.withdraw",
        sentence="{actor} withdrew {subject} from {list}: {reason} ({decision}: {reasons}).",
        payload={"list": "id of the list"},
    ),
    EventKind(
        verb="list.review",
        sentence="{actor} reviewed the list {subject}: {reason} ({decision}: {reasons}).",
        payload={"review_at": "when it must be reviewed again"},
    ),
    EventKind(
        verb="list.transfer",
        sentence="{actor} handed {subject} from {from} to {to}: {reason} ({decision}: {reasons}).",
        payload={"from": "who answered for it", "to": "who answers for it now"},
    ),
    EventKind(
        verb="list.cars",
        sentence=(
            "{actor} changed whether patrol cars hold {subject}: {reason} ({decision}: {reasons})."
        ),
        payload={"in_cars": "whether they hold it now"},
    ),
    EventKind(
        verb="list.import",
        sentence="{actor} {step} an import of {subject}: {reason} ({decision}: {reasons}).",
        payload={
            "step": "uploaded, mapped, compared, accepted, applied, refused or cancelled",
            "import": "id of the import",
            "operation": "replace, add, delete, or archive of these",
            "sha256": "SHA-256 of the file",
            "counts": "lines, rejected, added, changed, removed, unchanged",
        },
    ),
    EventKind(
        verb="list.import-lapse",
        sentence="{actor} threw away an import of {subject} that nobody had answered for a week.",
        payload={"import": "id of the import"},
    ),
    EventKind(
        verb="list.view",
        sentence="{actor} looked at {count} entries of {subject}.",
        payload={"count": "how many", "entries": "ids of the entries shown"},
    ),
    EventKind(
        verb="tripwire.protect",
        sentence="{actor} protected a mark ({subject}) until {ends_at}.",
        payload={"ends_at": "until when"},
    ),
    EventKind(
        verb="tripwire.end",
        sentence="{actor} ended the protection of {subject}; the mark is not kept.",
    ),
    EventKind(
        verb="tripwire.trip",
        sentence="{actor} found that a protected mark ({protected}) was {kind}.",
        payload={"kind": "asked, shown or hit", "protected": "id of the protected mark"},
    ),
    EventKind(verb="tripwire.deal", sentence="{actor} dealt with {subject}."),
    EventKind(
        verb="snapshot.publish",
        sentence="{actor} published the lists for matching: version {version}, {entries} entries.",
        payload={
            "version": "number of the snapshot",
            "entries": "entries in it",
            "digest": "SHA-256 of the file",
        },
    ),
)
