"""Signs of misuse of a search that is being asked: gathered before the answer, told to the auditor.

What the record of searches shows by itself is found here; apps above register what they know of.
The policy's table says what each sign takes (``access.misuse``); whoever asks is not told which.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from openanpr.access.facts import Profile
from openanpr.access.vocabulary import Misuse, Reason
from openanpr.investigations.models import Investigation
from openanpr.investigations.services.author import Author
from openanpr.search.models import SearchRun
from openanpr.search.question import Question
from openanpr.vrm import canonical

CHALLENGES: Final = frozenset({Reason.EXPLANATION_REQUIRED, Reason.RELEASE_REQUIRED})
HELD_FOR: Final = timedelta(days=2)
"""So long after it was held up a search can be asked again from its own page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """What a search shows, what was said to it, and whether a second person let it through.

    ``answers`` is the earlier search, held up, that this one asks again.
    """

    signs: frozenset[Misuse] = frozenset()
    explanation: str = ""
    answers: UUID | None = None
    released: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search that is being asked, as those who look for signs get it."""

    author: Author
    question: Question
    investigation: Investigation | None
    profile: Profile
    at: datetime

    @property
    def marks(self) -> frozenset[str]:
        """The whole marks that it names, as compared (O and 0, I and 1 folded)."""
        return frozenset(canonical(one) for one in self.question.named)


NO_CHALLENGE: Final = Challenge()

Gatherer = Callable[[Asked], frozenset[Misuse]]
Released = Callable[[UUID, datetime], bool]
_gatherers: Final[list[Gatherer]] = []
_releases: Final[list[Released]] = []


def register(*, gather: Gatherer, released: Released) -> None:
    """Make known who finds further signs, and who knows whether a held search was released."""
    _gatherers.append(gather)
    _releases.append(released)


def challenge_of(
    asked: Asked, *, explanation: str, again: SearchRun | None, page_of: SearchRun | None
) -> Challenge:
    """The signs of a search, and what has been done about them.

    ``again``: the held search that is asked again. ``page_of``: an answered one of which this is a
    further page or a file; what let that through lets this through.
    """
    before = again or page_of
    if before is not None and not explanation.strip():
        explanation = before.explanation
    answers = again.id if again is not None else page_of.answers if page_of is not None else None
    signs = signs_of(asked, but_not=page_of)
    return Challenge(
        signs=signs,
        explanation=explanation.strip() if signs else "",
        answers=answers,
        released=answers is not None and is_released(answers, at=asked.at),
    )


def is_released(run_id: UUID, *, at: datetime) -> bool:
    """Whether a second person has let this held search through, and that still holds."""
    return any(released(run_id, at) for released in _releases)


def signs_of(asked: Asked, *, but_not: SearchRun | None = None) -> frozenset[Misuse]:
    """The signs that the policy has a rule for. ``but_not``: a search that is no other one."""
    found = _own(asked, but_not)
    for gather in _gatherers:
        found |= gather(asked)
    return found & frozenset(asked.profile.misuse)


def is_challenge(run: SearchRun) -> bool:
    """Whether some part of a search was refused for want of an explanation or a release alone."""
    reasons = (frozenset(part.get("reasons", ())) for part in run.parts)
    return run.decision == "deny" and any(one and one <= CHALLENGES for one in reasons)


def _own(asked: Asked, but_not: SearchRun | None) -> frozenset[Misuse]:
    rules = asked.profile.misuse
    found: set[Misuse] = set()
    if (rule := rules.get(Misuse.MANY_SEARCHES)) is not None:
        lately = _mine(asked, asked.at - rule.within).filter(continues=None)
        if lately.count() >= rule.least:
            found.add(Misuse.MANY_SEARCHES)
    if not asked.question.named:
        return frozenset(found)
    if (rule := rules.get(Misuse.SEVERAL_INVESTIGATIONS)) is not None:
        earlier = _naming(asked, asked.at - rule.within, but_not).exclude(decision="deny")
        cases: set[UUID | None] = set(earlier.values_list("investigation", flat=True))
        cases.add(asked.investigation.id if asked.investigation else None)
        if len(cases) >= rule.least:
            found.add(Misuse.SEVERAL_INVESTIGATIONS)
    if (rule := rules.get(Misuse.AFTER_REFUSAL)) is not None:
        refused = _naming(asked, asked.at - rule.within, but_not).filter(decision="deny", signs=[])
        case = asked.investigation
        others = refused.exclude(investigation=case) if case else refused
        unnamed = refused.filter(investigation=None) if case else refused.none()
        if others.count() + unnamed.count() >= rule.least:
            found.add(Misuse.AFTER_REFUSAL)
    return frozenset(found)


def _mine(asked: Asked, since: datetime) -> QuerySet[SearchRun, Any]:
    return SearchRun.objects.filter(
        user__person_id=asked.author.actor.person_id, asked_at__gte=since, asked_at__lt=asked.at
    )


def _naming(asked: Asked, since: datetime, but_not: SearchRun | None) -> QuerySet[SearchRun, Any]:
    """The person's earlier searches that name one of these marks, alone or among several."""
    named = sorted(asked.question.named)
    several = Q()
    for mark in named[:20]:
        several |= Q(question__vrms__contains=[mark]) | Q(question__companions_of=mark)
    found = _mine(asked, since).filter(Q(vrm__in=named) | several)
    return found if but_not is None else found.exclude(id=but_not.id)


def held(run: SearchRun, *, at: datetime) -> dict[str, bool]:
    """What the page of a search says of its being held up."""
    challenged = is_challenge(run) and run.asked_at >= at - HELD_FOR
    return {"challenged": challenged, "released": challenged and is_released(run.id, at=at)}
