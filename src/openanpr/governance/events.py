"""The audit verbs of cases."""

from typing import Final

from openanpr.audit.events import EventKind, register

_CASE: Final = {"case": "reference of the case"}

register(
    EventKind(
        verb="case.move",
        sentence="{actor} moved the case {case} from {before} to {after}: {reason}.",
        payload={**_CASE, "before": "state before", "after": "state after"},
    ),
    EventKind(
        verb="case.write",
        sentence="{actor} wrote version {version} of the part {part} of the case {case}.",
        payload={
            **_CASE,
            "part": "which part",
            "version": "its number",
            "complete": "whether it passed its form",
        },
    ),
    EventKind(
        verb="case.cameras",
        sentence="{actor} named the cameras {cameras} for the case {case}.",
        payload={**_CASE, "cameras": "ids of the cameras"},
    ),
    EventKind(
        verb="case.evidence",
        sentence="{actor} attached evidence {evidence} ({kind}) to the case {case}.",
        payload={**_CASE, "evidence": "its id", "kind": "kind of file, or link"},
    ),
    EventKind(
        verb="case.evidence-removed",
        sentence="{actor} took the evidence {evidence} away from the case {case}.",
        payload={**_CASE, "evidence": "its id"},
    ),
    EventKind(
        verb="case.evidence-out",
        sentence="{actor} saved the evidence {evidence} of the case {case}.",
        payload={**_CASE, "evidence": "its id"},
    ),
    EventKind(
        verb="case.sign-off",
        sentence="{actor} gave advice on the assessment of the case {case} (agrees: {agrees}).",
        payload={**_CASE, "agrees": "whether it is signed off"},
    ),
    EventKind(
        verb="case.release",
        sentence="{actor} released the place of the case {case} to consultees ({level}): {reason}.",
        payload={**_CASE, "level": "how much of it"},
    ),
    EventKind(
        verb="case.ask",
        sentence="{actor} noted the consultee {consultee} of the case {case}.",
        payload={**_CASE, "consultee": "their id", "page": "whether a personal page was made"},
    ),
    EventKind(
        verb="case.show",
        sentence="The personal page of consultee {consultee} of the case {case} showed {level}.",
        payload={**_CASE, "consultee": "their id", "level": "how much of the place"},
    ),
    EventKind(
        verb="case.reply",
        sentence="A reply ({channel}) to the consultation on the case {case} was logged: {reply}.",
        payload={**_CASE, "reply": "its id", "channel": "how it came"},
    ),
    EventKind(
        verb="case.dossier",
        sentence="{actor} printed the dossier of the case {case} (places: {places}).",
        payload={**_CASE, "places": "whether the places stand in it"},
    ),
)
