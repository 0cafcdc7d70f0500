"""Verbs are registered, and every one makes a sentence."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from openanpr.audit import events
from openanpr.audit.events import EventKind
from openanpr.audit.services import AuditActor, event_text

AT = datetime(2026, 1, 1, tzinfo=UTC)
SYSTEM = AuditActor.system("test")


@dataclass
class Stored:
    verb: str
    actor_kind: str = "person"
    actor_account: str = "ada"
    actor_name: str = "Ada Example"
    acting_role: str = "analyst"
    subject: str = "search:1"
    investigation: str = "FX/1"
    reason: str = "a reason"
    decision: str = "deny"
    reasons: list[str] = field(default_factory=lambda: ["not-trained"])
    payload: dict[str, object] = field(default_factory=dict)


def test_a_verb_that_nobody_registered_is_an_error():
    with pytest.raises(LookupError, match=r"tea\.make"):
        event_text(verb="tea.make", actor=SYSTEM, at=AT)


@pytest.mark.parametrize("kind", events.all_kinds(), ids=lambda kind: kind.verb)
def test_every_verb_makes_a_sentence_even_without_its_payload(kind):
    said = events.sentence(Stored(verb=kind.verb))
    assert said.endswith(".")
    assert "{" not in said


def test_a_verb_that_was_retired_still_reads():
    assert events.sentence(Stored(verb="old.verb")) == "Ada Example (ada): old.verb search:1"


@pytest.mark.parametrize(
    "kind",
    [
        EventKind(verb="search.run", sentence="Another meaning."),
        EventKind(verb="noverb", sentence="x"),
        EventKind(verb="a.b", sentence="{nothing}"),
    ],
)
def test_a_verb_is_registered_once_and_well_formed(kind):
    with pytest.raises(ValueError, match=r"verb|sentence"):
        events.register(kind)


@pytest.mark.parametrize(
    ("details", "error"),
    [
        ({"payload": {"share": 0.5}}, TypeError),
        ({"decision": "maybe"}, ValueError),
    ],
)
def test_what_the_chain_cannot_hold_is_refused(details, error):
    with pytest.raises(error):
        event_text(verb="audit.export", actor=SYSTEM, at=AT, **details)


def test_a_time_without_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        event_text(verb="audit.export", actor=SYSTEM, at=AT.replace(tzinfo=None))


def test_actors_read_as_people_say_them():
    assert events.actor_text(Stored("x.y")) == "Ada Example (ada)"
    system = Stored("x.y", actor_kind="system", actor_account="ingest")
    assert events.actor_text(system) == "The ingest process"
    unknown = Stored("x.y", actor_kind="unknown", actor_account="root")
    assert events.actor_text(unknown) == "Somebody unknown claiming to be root"
