"""Whose a deadline is, by name; and what is nobody's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from openanpr.access.facts import Actor
from openanpr.accounts.models import User
from openanpr.accounts.queries import actor_of, standings_of
from openanpr.web.deadlines import Deadline
from openanpr.web.person import role_names


@dataclass(frozen=True, slots=True)
class Holder:
    """One open account as deadlines are matched with it."""

    account: int
    name: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class Whose:
    """A deadline with those who can meet it: people named by it, roles, or ``nobody``."""

    deadline: Deadline
    people: tuple[str, ...]
    roles: tuple[str, ...]
    nobody: bool


def holders(*, at: datetime, force: str = "") -> list[Holder]:
    """Every open account (of one force, where it is given) as it stands at ``at``."""
    accounts = User.objects.select_related("force", "unit").defer("password", "email")
    found = list(accounts.filter(is_active=True, **({"force__code": force} if force else {})))
    standings = standings_of((one.pk for one in found), at=at)
    return [
        Holder(one.pk, one.full_name, actor_of(one, at=at, standing=standings[one.pk]))
        for one in found
    ]


def whose(deadlines: Iterable[Deadline], people: Iterable[Holder]) -> list[Whose]:
    """Each deadline with those whom it concerns."""
    listed = list(people)
    return [_whose(one, listed) for one in deadlines]


def _whose(deadline: Deadline, people: list[Holder]) -> Whose:
    concerned = [one for one in people if deadline.concerns(one.actor)]
    named = sorted(one.name for one in concerned if deadline.is_for_account(one.actor))
    held = frozenset(role for one in concerned for role in one.actor.roles) & deadline.roles
    return Whose(deadline, tuple(named), tuple(role_names(held)), nobody=not concerned)
