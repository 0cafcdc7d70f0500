"""Decide, write the audit row and commit it, look, write what was shown and commit that."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django import db

from openanpr.access.decide import SearchDecision, decide_search
from openanpr.access.explain import explain_search
from openanpr.access.facts import InvestigationFacts
from openanpr.access.scope import Scope
from openanpr.access.vocabulary import Category
from openanpr.investigations.models import Investigation
from openanpr.investigations.queries import facts_of, grants_of
from openanpr.investigations.services.author import Author
from openanpr.policy.queries import NoProfileError, profile_in_force
from openanpr.search import challenges, store
from openanpr.search.following import Following, following_of
from openanpr.search.models import SearchRun
from openanpr.search.planner import Planned, plan
from openanpr.search.question import Question
from openanpr.search.services.finding import Found
from openanpr.search.services.look import looking
from openanpr.search.services.record import Asking, record_question, record_result
from openanpr.search.store import Before, FoundRead, LivePart

QUERY_CANCELED: Final = "57014"
NOTHING: Final = Found()


class SearchStoppedError(Exception):
    """Nothing can be searched now: no audit to write, no profile to decide by, or no store."""


class SearchTooLongError(Exception):
    """The store took longer over the question than one search may; nothing is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What came of one search; nothing is ``found`` where it was refused.

    ``sentences`` say part by part what was allowed and why. ``without_covert``: covert cameras, if
    there are any, were left out.
    """

    run: SearchRun
    decision: SearchDecision
    sentences: tuple[str, ...]
    question: Question
    following: Following
    planned: tuple[Planned, ...] = ()
    found: Found = NOTHING

    @property
    def reads(self) -> tuple[FoundRead, ...]:
        """The reads found, newest first."""
        return self.found.reads

    @property
    def truncated(self) -> bool:
        """Whether there was more than one search shows."""
        return self.found.truncated

    @property
    def challenged(self) -> bool:
        """Whether it was held up until its searcher says more, or a second person releases it."""
        return challenges.is_challenge(self.run)

    @property
    def without_covert(self) -> bool:
        """Whether covert cameras were left out for want of the right to them."""
        scope = self.decision.scope
        return scope is not None and not scope.include_covert


def run_search(
    *,
    author: Author,
    question: Question,
    investigation: Investigation | None,
    at: datetime,
    surveillance: str = "",
    explanation: str = "",
    again: SearchRun | None = None,
    before: Before | None = None,
    continues: SearchRun | None = None,
    page: int | None = None,
) -> SearchResult:
    """Search, as far as the policy allows. A refusal is a result, and audited too.

    ``before`` and ``continues``: the next page of an earlier search, decided and recorded afresh.
    ``page``: how many reads to show at once, where fewer than the policy allows.
    ``surveillance`` says by what authority a mark is followed, or why none is needed.
    ``explanation`` is said to signs of misuse, and ``again`` the held search that is asked again.

    Must not run inside a transaction: what it writes is committed before it looks. Raises
    ``SearchStoppedError`` where the audit can't be written; then nothing was looked at, or what
    was found is not given out. Raises ``SearchTooLongError`` where looking took too long.
    """
    try:
        profile = profile_in_force(at=at)
        asked = challenges.Asked(
            author=author, question=question, investigation=investigation, profile=profile, at=at
        )
        challenge = challenges.challenge_of(
            asked, explanation=explanation, again=again, page_of=continues
        )
        return _run(asked, challenge, surveillance, before, continues, page)
    except db.OperationalError as problem:
        if getattr(problem.__cause__, "sqlstate", "") == QUERY_CANCELED:
            raise SearchTooLongError from problem
        raise SearchStoppedError from problem
    except (db.Error, NoProfileError) as problem:
        raise SearchStoppedError from problem


def _run(
    asked: challenges.Asked,
    challenge: challenges.Challenge,
    surveillance: str,
    before: Before | None,
    continues: SearchRun | None,
    page: int | None,
) -> SearchResult:
    author, question, investigation = asked.author, asked.question, asked.investigation
    profile, at = asked.profile, asked.at
    following = following_of(
        question, investigation, surveillance=surveillance, profile=profile, at=at
    )
    if continues is not None:  # a page more is not a search more
        following = replace(following, earlier=max(0, following.earlier - 1))
    decision = _decide(asked, following, challenge)
    planned = plan(decision.scope) if decision.scope else ()
    asking = Asking(
        author=author,
        question=question,
        investigation=investigation,
        decision=decision,
        sentences=explain_search(decision, profile=profile),
        planned=planned,
        following=following,
        at=at,
        continues=continues,
        challenge=challenge,
    )
    run = record_question(asking)
    result = SearchResult(
        run=run,
        decision=decision,
        sentences=asking.sentences,
        question=question,
        following=following,
        planned=planned,
    )
    if decision.scope is None or investigation is None:
        return result
    found = _look(asking, decision.scope, investigation, before, page)
    record_result(asking, run, found=found)
    return replace(result, found=found)


def _look(
    asking: Asking,
    scope: Scope,
    investigation: Investigation,
    before: Before | None,
    page: int | None,
) -> Found:
    def open_parts(parts: Sequence[LivePart]) -> None:
        store.open_live_searches(
            parts, investigation_id=investigation.id, account_id=asking.author.user.pk
        )

    with looking(
        asking.question, scope, asking.planned, open_parts, before=before, page=page
    ) as look:
        return look.run()


def _decide(
    asked: challenges.Asked, following: Following, challenge: challenges.Challenge
) -> SearchDecision:
    author, investigation = asked.author, asked.investigation
    facts = None if investigation is None else facts_of(investigation)
    grants = () if investigation is None else grants_of(investigation)
    if facts is not None and author.actor.person_id not in facts.member_person_ids:
        # The reasons of the refusal must not tell a stranger what the investigation is.
        facts, grants, following = _to_a_stranger(facts), (), Following()
        challenge = challenges.NO_CHALLENGE
    return decide_search(
        actor=author.actor,
        query=replace(
            asked.question.as_query(),
            earlier_searches=following.earlier,
            surveillance=following.surveillance,
            signs=challenge.signs,
            explanation=challenge.explanation,
            released=challenge.released,
        ),
        investigation=facts,
        grants=grants,
        profile=asked.profile,
        at=asked.at,
    )


def _to_a_stranger(facts: InvestigationFacts) -> InvestigationFacts:
    """The same for every investigation but its reference, which only the audit is told."""
    return InvestigationFacts(
        reference=facts.reference,
        category=Category.PRIORITY_AND_VOLUME,
        open=True,
        member_person_ids=facts.member_person_ids,
    )
