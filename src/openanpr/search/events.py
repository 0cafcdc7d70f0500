"""What the audit says about searches."""

from openanpr.audit.events import EventKind, register

_ASKED = {
    "vrm": "mark asked for",
    "kind": "kind of search",
    "look_alikes": "whether marks that look the same (O and 0, I and 1) were asked for too",
    "period_from": "start of the period asked for",
    "period_to": "end of the period, which is not in it",
    "category": "category of the investigation",
    "parts": "the answer for each part of the period: band, bounds, allowed, reasons, grants",
}

register(
    EventKind(
        verb="search.run",
        sentence=(
            "{actor} searched for {vrm} from {period_from} to {period_to} for {investigation}, "
            "because: {reason}. Answer: {decision} ({reasons})."
        ),
        payload={**_ASKED, "live_search_ids": "ids of the sessions that may look"},
    ),
    EventKind(
        verb="search.refuse",
        sentence=(
            "{actor} was refused a search for {vrm} from {period_from} to {period_to} for "
            "{investigation}: {reasons}. Reason given: {reason}."
        ),
        payload=_ASKED,
    ),
    EventKind(
        verb="search.result",
        sentence="{actor} was shown the result of {subject} for {investigation}; reads: {rows}.",
        payload={
            "rows": "how many reads were shown",
            "truncated": "whether there were more than one search shows",
            "digest": "SHA-256 of what was shown",
            "read_ids": "opaque ids of the reads shown",
        },
    ),
)
