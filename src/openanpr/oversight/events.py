"""What the audit says about those who look at it, and about what they ask and find."""

from openanpr.audit.events import EventKind, register

_ABOUT = {"about": "the search or entry that it is about, by id"}

register(
    EventKind(
        verb="audit.view",
        sentence="{actor} looked at the audit ({filters}; {rows} rows shown).",
        payload={"filters": "names of the filters that were set", "rows": "rows shown"},
    ),
    EventKind(
        verb="sample.draw",
        sentence="{actor} drew {size} of {population} searches ({method}).",
        payload={
            "method": "at random, or weighted by risk",
            "seed": "seed of the draw",
            "rules": "digest of the table of risks",
            "size": "how many were drawn",
            "population": "how many there were to draw from",
            "period_from": "start of the period in which they were asked",
            "period_to": "end of that period, which is not in it",
        },
    ),
    EventKind(
        verb="review.make",
        sentence="{actor} looked at {subject}, an act of {of}: {outcome}.",
        payload={"outcome": "what came of it", "of": "person whose act it was"},
    ),
    EventKind(
        verb="question.ask",
        sentence="{actor} asked {asked} about {about}: {reason}.",
        payload={**_ABOUT, "asked": "person who was asked"},
    ),
    EventKind(
        verb="question.answer",
        sentence="{actor} answered {subject} about {about}: {reason}.",
        payload=_ABOUT,
    ),
    EventKind(
        verb="question.ask-again",
        sentence="{actor} asked {subject} again about {about}: {reason}.",
        payload=_ABOUT,
    ),
    EventKind(
        verb="question.settle",
        sentence="{actor} settled {subject} about {about}: {reason}.",
        payload=_ABOUT,
    ),
    EventKind(
        verb="finding.raise",
        sentence="{actor} made the finding {subject} about {about}, for {owner}: {reason}.",
        payload={
            **_ABOUT,
            "grade": "learning, breach or serious",
            "owner": "person who must see to it",
            "due_at": "until when",
        },
    ),
    *(
        EventKind(
            verb=f"finding.{verb}",
            sentence=f"{{actor}} {did} {{subject}}: {{reason}}.",
            payload={"grade": "learning, breach or serious"},
        )
        for verb, did in (("act", "acted on"), ("return", "sent back"), ("close", "closed"))
    ),
    EventKind(
        verb="search.release",
        sentence="{actor}: held search {subject} was {answer} ({decision}: {reasons}): {reason}.",
        payload={"answer": "let through, or not"},
    ),
    EventKind(
        verb="report.make",
        sentence="{actor} made {subject} as {form}; the same figures as before: {same}.",
        payload={
            "form": "pdf or csv",
            "digest": "SHA-256 of the figures",
            "same": "whether every earlier making of the month gave these figures",
        },
    ),
    EventKind(
        verb="vehicle.note",
        sentence="{actor} noted a vehicle of {subject}, known from: {reason}.",
        payload={"vehicle": "id of the note, never the mark"},
    ),
    EventKind(
        verb="vehicle.forget",
        sentence="{actor} took a noted vehicle of {subject} off.",
        payload={"vehicle": "id of the note, never the mark"},
    ),
)
