"""What can be asked for: the kinds of jobs that the apps have registered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from openanpr.jobs.vocabulary import Lane


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One job as its handler gets it. ``arguments`` are plain JSON: ids, never marks or places.

    ``say`` tells the page that waits, in a few words, how far the work is.
    """

    id: int
    kind: str
    arguments: Mapping[str, Any]
    attempt: int
    at: datetime
    say: Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKind:
    """A kind of work. ``run`` may be called twice for one job and must then change nothing more.

    ``every`` makes it recurring: asked for by the process itself, that long after the last time.
    """

    name: str
    run: Callable[[Task], None]
    lane: Lane = Lane.BULK
    attempts: int = 5
    every: timedelta | None = None


class JobFailed(Exception):
    """The work can't be done, and trying again would not help. The message is for the person."""


_kinds: Final[dict[str, JobKind]] = {}


def register(*kinds: JobKind) -> None:
    """Make kinds known. Raises ``ValueError`` for a name that is taken."""
    for kind in kinds:
        if kind.name in _kinds:
            raise ValueError(f"the kind of job {kind.name} is registered already")
        _kinds[kind.name] = kind


def kind_named(name: str) -> JobKind:
    """The kind of that name; ``KeyError`` where no app has registered it."""
    return _kinds[name]


def kinds_of(lane: Lane) -> list[JobKind]:
    """The kinds that are done in that lane."""
    return [kind for kind in _kinds.values() if kind.lane is lane]
