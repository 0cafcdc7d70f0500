"""What the audit says about investigations and authorisations."""

from openanpr.audit.events import EventKind, register

register(
    EventKind(
        verb="investigation.open",
        sentence="{actor} opened the investigation {investigation} ({category}): {reason}.",
        payload={
            "category": "category of the investigation",
            "officer_in_charge": "person id of the officer in charge",
        },
    ),
    EventKind(
        verb="investigation.close",
        sentence="{actor} closed the investigation {investigation}: {reason}.",
    ),
    EventKind(
        verb="investigation.review",
        sentence="{actor} kept {investigation} open until a review by {next_review_at}: {reason}.",
        payload={"next_review_at": "when its need is looked at again"},
    ),
    EventKind(
        verb="investigation.add-member",
        sentence="{actor} took {subject} into the team of {investigation}.",
    ),
    EventKind(
        verb="investigation.remove-member",
        sentence="{actor} took {subject} out of the team of {investigation}.",
    ),
    EventKind(
        verb="investigation.scope",
        sentence="{actor} {change} the scope of {investigation}: {reason}.",
        payload={
            "change": "widened or narrowed",
            "marks": "how many marks it holds, or any",
            "areas": "how many areas it holds, or any",
            "period_from": "start of its captures, where there is one",
            "period_to": "end of its captures, where there is one",
        },
    ),
    EventKind(
        verb="subject.add",
        sentence="{actor} took {subject} in as a {role} in {investigation}.",
        payload={"role": "what they are to the investigation"},
    ),
    EventKind(
        verb="subject.remove",
        sentence="{actor} took {subject} off {investigation}: {reason}.",
    ),
    EventKind(
        verb="subject.link-vehicle",
        sentence="{actor} linked a vehicle to {subject} for {investigation} ({grade}).",
        payload={
            "link": "id of the link; the mark stands in the investigation",
            "grade": "grade of the source, 3x5x2",
            "expires_at": "when the link ends by itself",
        },
    ),
    EventKind(
        verb="subject.end-link",
        sentence="{actor} ended the link of a vehicle to {subject} for {investigation}: {reason}.",
        payload={"link": "id of the link"},
    ),
    EventKind(
        verb="grant.revoke",
        sentence="{actor} revoked the authorisation of {subject} for {investigation}: {reason}.",
        payload={"grant": "id of the grant"},
    ),
    EventKind(
        verb="grant.request",
        sentence="{actor} asked for an authorisation for {investigation}: {reason}.",
        payload={
            "period_from": "start of the captures asked for",
            "period_to": "end of the captures asked for",
            "vrms": "marks asked for; empty: any",
            "days": "how long it is wanted for",
            "proportionality": "why no smaller step would do",
        },
    ),
    EventKind(
        verb="grant.approve",
        sentence=(
            "{actor} authorised {subject} for {investigation} ({decision}: {reasons}): {reason}."
        ),
        payload={
            "grant": "id of the grant",
            "rank": "rank of the authorising officer",
            "expires_at": "end of the authorisation",
            "limited": "whether it gives less than was asked for",
        },
    ),
    EventKind(
        verb="grant.refuse",
        sentence="{actor} refused {subject} for {investigation}: {reason}.",
    ),
)
