"""Who may take which step of a complaint: nobody whose own act it concerns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openanpr.access.facts import Actor
from openanpr.access.vocabulary import Role
from openanpr.complaints.vocabulary import DESK, HANDLING, STANDARDS

ROLE_MISSING: Final = "role-not-relevant"
OTHER_FORCE: Final = "other-force"
INVOLVED: Final = "involved"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingFacts:
    """The person who would act, and the complaint: its force, and whose acts it concerns.

    ``actor`` is ``None`` for what the complainant does.
    """

    actor: Actor | None
    force: str
    involved_person_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Handling:
    """The answer; no reason against it means yes."""

    reasons: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether the step may be taken."""
        return not self.reasons


def by_anybody(_facts: HandlingFacts, _at: datetime) -> Handling:
    """Anybody may complain."""
    return Handling()


def by_desk(facts: HandlingFacts, at: datetime) -> Handling:
    """The desk: rights officers and the data protection officer."""
    return _by(DESK, facts, at)


def by_standards(facts: HandlingFacts, at: datetime) -> Handling:
    """Professional standards, once it was handed over to them."""
    return _by(STANDARDS, facts, at)


def by_either(facts: HandlingFacts, at: datetime) -> Handling:
    """The desk or professional standards."""
    return _by(HANDLING, facts, at)


def _by(roles: Iterable[Role], facts: HandlingFacts, _at: datetime) -> Handling:
    actor = facts.actor
    if actor is None or not actor.roles & set(roles):
        return Handling((ROLE_MISSING,))
    against = []
    if actor.force != facts.force:
        against.append(OTHER_FORCE)
    if actor.person_id in facts.involved_person_ids:
        against.append(INVOLVED)
    return Handling(tuple(against))
