"""Decide, write the audit row and commit it, look, write what was shown and commit that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django import db

from openanpr.access.decide import SearchDecision, decide_search
from openanpr.access.explain import explain_search
from openanpr.access.facts import InvestigationFacts, Profile
from openanpr.access.vocabulary import Category
from openanpr.investigations.models import Investigation
from openanpr.investigations.queries import facts_of, grants_of
from openanpr.investigations.services.author import Author
from openanpr.policy.queries import NoProfileError, profile_in_force
from openanpr.search import store
from openanpr.search.models import SearchRun
from openanpr.search.planner import plan
from openanpr.search.question import MarkQuestion
from openanpr.search.services.record import Asking, record_question, record_result
from openanpr.search.store import FoundRead, LivePart


class SearchStoppedError(Exception):
    """Nothing can be searched now: no audit to write, no profile to decide by, or no store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What came of one search. ``reads`` is empty where it was refused; newest first.

    ``sentences`` say part by part what was allowed and why. ``truncated``: there were more reads
    than one search shows. ``without_covert``: covert cameras, if there are any, were left out.
    """

    run: SearchRun
    decision: SearchDecision
    sentences: tuple[str, ...]
    reads: tuple[FoundRead, ...] = ()
    truncated: bool = False

    @property
    def without_covert(self) -> bool:
        """Whether covert cameras were left out for want of the right to them."""
        scope = self.decision.scope
        return scope is not None and not scope.include_covert


def run_search(
    *,
    author: Author,
    question: MarkQuestion,
    investigation: Investigation | None,
    at: datetime,
) -> SearchResult:
    """Search for a mark, as far as the policy allows. A refusal is a result, and audited too.

    Must not run inside a transaction: what it writes is committed before it looks. Raises
    ``SearchStoppedError`` where the audit can't be written; then nothing was looked at, or what
    was found is not given out.
    """
    try:
        return _run(author, question, investigation, at)
    except (db.Error, NoProfileError) as problem:
        raise SearchStoppedError from problem


def _run(
    author: Author, question: MarkQuestion, investigation: Investigation | None, at: datetime
) -> SearchResult:
    profile = profile_in_force(at=at)
    decision = _decide(author, question, investigation, profile, at)
    asking = Asking(
        author=author,
        question=question,
        investigation=investigation,
        decision=decision,
        sentences=explain_search(decision, profile=profile),
        live=plan(decision.scope) if decision.scope else (),
        at=at,
    )
    run = record_question(asking)
    if decision.scope is None or investigation is None:
        return SearchResult(run=run, decision=decision, sentences=asking.sentences)
    found = _look(asking.live, question, investigation, author, decision.scope.row_limit + 1)
    truncated = len(found) > decision.scope.row_limit
    shown = tuple(found[: decision.scope.row_limit])
    record_result(asking, run, reads=shown, truncated=truncated)
    return SearchResult(
        run=run,
        decision=decision,
        sentences=asking.sentences,
        reads=shown,
        truncated=truncated,
    )


def _decide(
    author: Author,
    question: MarkQuestion,
    investigation: Investigation | None,
    profile: Profile,
    at: datetime,
) -> SearchDecision:
    facts = None if investigation is None else facts_of(investigation)
    grants = () if investigation is None else grants_of(investigation)
    if facts is not None and author.actor.person_id not in facts.member_person_ids:
        # The reasons of the refusal must not tell a stranger what the investigation is.
        facts, grants = _to_a_stranger(facts), ()
    return decide_search(
        actor=author.actor,
        query=question.as_query(),
        investigation=facts,
        grants=grants,
        profile=profile,
        at=at,
    )


def _to_a_stranger(facts: InvestigationFacts) -> InvestigationFacts:
    """The same for every investigation but its reference, which only the audit is told."""
    return InvestigationFacts(
        reference=facts.reference,
        category=Category.PRIORITY_AND_VOLUME,
        open=True,
        member_person_ids=facts.member_person_ids,
    )


def _look(
    live: Sequence[LivePart],
    question: MarkQuestion,
    investigation: Investigation,
    author: Author,
    limit: int,
) -> list[FoundRead]:
    """The reads of every part, each once, newest first, at most ``limit``."""
    store.open_live_searches(live, investigation_id=investigation.id, account_id=author.user.pk)
    try:
        found = {
            read.id: read
            for part in live
            for read in store.history(part, vrms=question.marks, limit=limit)
        }
    finally:
        store.end_live_searches(live)
    newest_first = sorted(found.values(), key=lambda read: (read.captured_at, read.id))[::-1]
    return newest_first[:limit]
