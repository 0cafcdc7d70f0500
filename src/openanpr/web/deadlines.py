"""The calendar of what falls due: each app names what it knows of, this module gathers it.

An app registers by ``DEADLINES``, a sequence of providers, in its module ``deadlines``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from django.apps import apps
from django.urls import reverse

from openanpr.access.facts import Actor
from openanpr.access.vocabulary import Role

SOON: Final = timedelta(days=14)
"""So long before its date a thing is counted as soon due, and the first reminder goes out."""
AHEAD: Final = timedelta(days=92)
"""How far the calendar looks ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One thing that somebody must do, or must know to end, by ``due_at``.

    ``key`` names it for good, by ids alone, such as ``hold.review:<id>``. ``sentence`` says what to
    do and holds no mark and no place; ``consequence`` what happens (or happened) when it is not
    done. It concerns the ``accounts`` (ids) and all who hold one of the ``roles``; of one force
    where ``force`` (its code) is set, with the right to what is covert where ``covert``, and never
    the person ``not_by`` (a person id: who asked does not answer). ``ends``: nothing is left to do
    once it has passed, so that it is never overdue. ``personal``: said to the account itself; what
    it says is said to others by another one.
    """

    key: str
    sentence: str
    due_at: datetime
    url_name: str
    url_kwargs: Mapping[str, object] = field(default_factory=dict)
    accounts: frozenset[int] = frozenset()
    roles: frozenset[Role] = frozenset()
    force: str = ""
    covert: bool = False
    not_by: str = ""
    consequence: str = ""
    ends: bool = False
    personal: bool = False

    @property
    def href(self) -> str:
        """The page on which it is done."""
        return reverse(self.url_name, kwargs=dict(self.url_kwargs))

    def is_overdue(self, *, at: datetime) -> bool:
        """Whether its date has passed."""
        return self.due_at <= at

    def is_soon(self, *, at: datetime) -> bool:
        """Whether its date has passed or comes within ``SOON``."""
        return self.due_at <= at + SOON

    def concerns(self, actor: Actor) -> bool:
        """Whether ``actor`` is one of those who must do it or know of it."""
        if self.covert and not actor.covert_right:
            return False
        if self.force and self.force != actor.force:
            return False
        if self.not_by and self.not_by == actor.person_id:
            return False
        return bool(self.roles & actor.roles) or self.is_for_account(actor)

    def is_for_account(self, actor: Actor) -> bool:
        """Whether it names the account itself, not only a role that it holds."""
        return actor.user_id in {str(number) for number in self.accounts}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a provider is asked for: what is due until ``until``, and what is overdue at ``at``.

    With an ``actor`` it may leave out what does not concern them; what it gives is sifted anyway.
    """

    at: datetime
    until: datetime
    actor: Actor | None = None

    def is_for(self, *roles: Role) -> bool:
        """Whether what concerns one of these roles alone can be of use to who asks."""
        return self.actor is None or bool(self.actor.roles & set(roles))


Provider = Callable[[Asked], Iterable[Deadline]]


@lru_cache(maxsize=1)
def providers() -> tuple[Provider, ...]:
    """The providers of every installed app, from ``DEADLINES`` in its ``deadlines`` module."""
    return tuple(_gather())


def _gather() -> Iterator[Provider]:
    ours = (app.name for app in apps.get_app_configs() if app.name.startswith("openanpr."))
    for name in ours:
        if name != "openanpr.web" and find_spec(f"{name}.deadlines") is not None:
            yield from getattr(import_module(f"{name}.deadlines"), "DEADLINES", ())


def all_deadlines(*, at: datetime, ahead: timedelta = AHEAD) -> list[Deadline]:
    """Everything that is overdue or falls due within ``ahead``, for whomever; soonest first."""
    return _sorted(Asked(at=at, until=at + ahead))


def deadlines_for(actor: Actor, *, at: datetime, ahead: timedelta = AHEAD) -> list[Deadline]:
    """What is overdue or falls due within ``ahead`` for one person; soonest first."""
    found = _sorted(Asked(at=at, until=at + ahead, actor=actor))
    return [one for one in found if one.concerns(actor)]


def _sorted(asked: Asked) -> list[Deadline]:
    found = (one for provider in providers() for one in provider(asked))
    due = (
        one
        for one in found
        if one.due_at <= asked.until and not (one.ends and one.due_at <= asked.at)
    )
    return sorted(due, key=lambda one: (one.due_at, one.key))


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for a person: what is overdue, and what is due within ``SOON``."""

    overdue: int
    soon: int

    @property
    def any(self) -> bool:
        """Whether anything does."""
        return bool(self.overdue or self.soon)

    @property
    def sentence(self) -> str:
        """Such as ``2 things are overdue and 1 falls due within 14 days.``"""
        overdue = (
            "1 thing is overdue" if self.overdue == 1 else f"{self.overdue} things are overdue"
        )
        soon = f"{self.soon} {'falls' if self.soon == 1 else 'fall'} due within {SOON.days} days"
        if self.overdue and self.soon:
            return f"{overdue} and {soon}."
        if self.overdue:
            return f"{overdue}."
        return f"{soon.replace(' ', ' thing ' if self.soon == 1 else ' things ', 1)}."


def waiting(deadlines: Iterable[Deadline], *, at: datetime) -> Waiting:
    """The counts of these deadlines."""
    listed = [one for one in deadlines if one.is_soon(at=at)]
    overdue = sum(one.is_overdue(at=at) for one in listed)
    return Waiting(overdue=overdue, soon=len(listed) - overdue)
