"""What the audit says about searches."""

from openanpr.audit.events import EventKind, register

_ASKED = {
    "kind": "kind of search",
    "asked": "what was looked for, in words",
    "vrm": "mark asked for, where it was one",
    "vrms": "marks asked for, where they were several",
    "picked": "ids and times of reads that were picked from an earlier result",
    "look_alikes": "whether marks that look the same (O and 0, I and 1) were asked for too",
    "near": "mark whose possible misreads were asked for",
    "pattern": "part of a mark asked for",
    "companions_of": "mark whose company was asked for",
    "within_seconds": "how near in time company was asked for",
    "at_least": "how many scenes or passes had to be shared",
    "place": "cameras by number, or areas, asked for",
    "places": "cameras by number, or areas, of each place of a route, in order",
    "scenes": "the same for each scene, with its period",
    "days": "how many days before the scenes were compared",
    "camera_ids": "numbers of the cameras that may be looked at, where a place was asked for",
    "earlier": "how often the mark was searched for lately for this investigation",
    "surveillance": "authority under which a mark is followed, or why none is needed",
    "continues": "the search of which this is a further page",
    "period_from": "start of the period asked for",
    "period_to": "end of the period, which is not in it",
    "category": "category of the investigation",
    "parts": "the answer for each part of the period: band, bounds, allowed, reasons, grants",
}

register(
    EventKind(
        verb="search.run",
        sentence=(
            "{actor} searched for {asked} from {period_from} to {period_to} for {investigation}, "
            "because: {reason}. Answer: {decision} ({reasons})."
        ),
        payload={**_ASKED, "live_search_ids": "ids of the sessions that may look"},
    ),
    EventKind(
        verb="search.refuse",
        sentence=(
            "{actor} was refused a search for {asked} from {period_from} to {period_to} for "
            "{investigation}: {reasons}. Reason given: {reason}."
        ),
        payload=_ASKED,
    ),
    EventKind(
        verb="search.save",
        sentence="{actor} saved {subject} for {investigation}, to be asked again.",
        payload={
            "saved": "id of the saved search",
            "up_to_now": "whether its period ends whenever it is asked",
        },
    ),
    EventKind(
        verb="search.unsave",
        sentence="{actor} took {subject} off the saved searches of {investigation}.",
        payload={"saved": "id of the saved search"},
    ),
    EventKind(
        verb="export.make",
        sentence=(
            "{actor} took {rows} reads of {subject} out as {format} for {recipient}, for "
            "{investigation}, because: {reason}."
        ),
        payload={
            "format": "csv, xlsx or json",
            "recipient": "who was to have the file",
            "rows": "how many reads left",
            "digest": "SHA-256 of the reads",
            "read_ids": "opaque ids of the reads that left",
        },
    ),
    EventKind(
        verb="export.refuse",
        sentence=(
            "{actor} was refused to take {subject} out for {recipient}: {reasons}. "
            "Reason given: {reason}."
        ),
        payload={
            "format": "csv, xlsx or json",
            "recipient": "who was to have the file",
            "rows": "how many reads would have left, where that was counted",
        },
    ),
    EventKind(
        verb="search.challenge",
        sentence="{actor} found signs of misuse in {subject}: {signs}. Answered: {answered}.",
        payload={
            "signs": "signs of misuse, by their names in the profile",
            "explanation": "what the searcher said to them",
            "released": "whether a second person had released it",
            "answered": "whether the search was answered",
        },
    ),
    EventKind(
        verb="search.follow",
        sentence=(
            "{actor} follows one mark for {investigation}: {earlier} earlier searches in {days} "
            "days. Authority, or why none is needed: {surveillance}."
        ),
        payload={
            "earlier": "how many searches for the mark there were before this one",
            "days": "in how many days",
            "surveillance": "reference of the surveillance authority, or why none is needed",
        },
    ),
    EventKind(
        verb="search.combine",
        sentence="{actor} combined reads by {kind} for {investigation}, because: {reason}.",
        payload={
            "kind": "kind of analysis",
            "method": "the method and its version, as docs/evaluation.md measures it",
        },
    ),
    EventKind(
        verb="search.result",
        sentence="{actor} was shown the result of {subject} for {investigation}; reads: {rows}.",
        payload={
            "rows": "how many reads were shown",
            "truncated": "whether there were more than one search shows",
            "forces": "how many of them by the force that owns them, where there are several",
            "digest": "SHA-256 of what was shown",
            "read_ids": "opaque ids of the reads shown",
        },
    ),
)
