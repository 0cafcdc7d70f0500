"""The audit verbs of ingest."""

from openanpr.audit.events import EventKind, register

register(
    EventKind(
        verb="ingest.store",
        sentence=(
            "{actor} stored {accepted} reads of {batches} batches ({duplicates} known already, "
            "{late} late, {quarantined} from the future, {hits} hits); refused: {refused}."
        ),
        payload={
            "batches": "batches committed together",
            "readers": "ids of the readers",
            "accepted": "reads stored",
            "duplicates": "reads that were stored before",
            "late": "reads that came late",
            "quarantined": "reads from the future, set apart",
            "hits": "hits on lists",
            "snapshots": "versions of the lists that were matched against",
            "refused": "reads refused, a text for each kind and camera",
        },
    ),
    EventKind(
        verb="reads.match-again",
        sentence=(
            "{actor} matched {reads} reads of the last {minutes} minutes against {subject}: {hits} "
            "hits that were not there before."
        ),
        payload={
            "minutes": "how far back",
            "reads": "reads compared",
            "hits": "hits added",
        },
    ),
    EventKind(
        verb="ingest.refuse",
        sentence="{actor} refused {count} requests of {subject}: {kind}.",
        payload={"kind": "why", "count": "how many requests in the last second"},
    ),
)
register(
    EventKind(
        verb="ingest.gaps",
        sentence=(
            "{actor} noticed {noticed} gaps of {missing} reads in what readers sent, and {closed} "
            "gaps that have been filled."
        ),
        payload={
            "noticed": "gaps noticed now",
            "missing": "reads in them",
            "closed": "gaps filled since the last look, or replaced by smaller ones",
        },
    ),
)
register(
    EventKind(
        verb="list.carry",
        sentence=(
            "{actor} gave {subject}, in a patrol vehicle, {parts} changed parts of the lists that "
            "cars hold: {entries} entries, to be forgotten by {keep_until}."
        ),
        payload={
            "snapshot": "the version of the lists",
            "entries": "entries given",
            "parts": "parts given, or to be dropped",
            "keep_until": "when the car forgets them unless it hears again",
        },
    ),
    EventKind(
        verb="alert.in-car",
        sentence="{actor} was told by {subject} what it showed its crew by itself.",
        payload={
            "alerts": "for each: its id, the ids of the read and of the entry, when it was shown"
        },
    ),
)
