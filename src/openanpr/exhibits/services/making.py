"""From picked reads to a signed pack: decided, recorded, and only then made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django import db
from django.db import connection, transaction

from openanpr.access.decide import SearchDecision, decide_export
from openanpr.access.explain import explain_search
from openanpr.audit.services import record_event
from openanpr.config.values import Settings
from openanpr.exhibits import keeping
from openanpr.exhibits.content import encoded
from openanpr.exhibits.gathering import Chosen, chosen_of, content_of
from openanpr.exhibits.models import Exhibit
from openanpr.exhibits.services import continuity
from openanpr.exhibits.vocabulary import Edition, ExhibitState, Jurisdiction
from openanpr.investigations.models import Investigation
from openanpr.investigations.queries import facts_of, grants_of
from openanpr.investigations.services.author import Author
from openanpr.investigations.vocabulary import INVESTIGATING
from openanpr.jobs.services import ask_for
from openanpr.policy.queries import NoProfileError, profile_in_force
from openanpr.search.picked import PickedQuestion, picked_from
from openanpr.search.selection import PickedRead
from openanpr.search.services import SearchResult, SearchStoppedError, run_search
from openanpr.search.services.record import digest_of

MAKE: Final = "exhibit.make"
"""The kind of job that makes a pack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """For whom, why, in which form; ``initials`` are the maker's, for the reference."""

    recipient: str
    reason: str
    edition: Edition
    jurisdiction: Jurisdiction
    initials: str
    keep_until: datetime


@dataclass(frozen=True, slots=True)
class ExhibitRefused:
    """No exhibit is made; ``sentences`` say why."""

    sentences: tuple[str, ...]


@transaction.atomic
def pick_reads(
    *, author: Author, investigation: Investigation, reads: Sequence[PickedRead], at: datetime
) -> Exhibit:
    """Keep which reads an exhibit is to be made of; nothing of them is shown or decided yet."""
    exhibit = Exhibit.objects.create(
        investigation=investigation,
        made_by=author.user,
        picked_at=at,
        picks=[[str(one.id), one.captured_at.isoformat()] for one in reads],
        vrms=sorted({one.vrm for one in reads}),
    )
    record_event(
        verb="exhibit.pick",
        actor=author.acting(INVESTIGATING),
        at=at,
        subject=f"exhibit:{exhibit.id}",
        investigation=investigation.reference,
        payload={"reads": len(reads)},
        **author.origin,
    )
    return exhibit


def make_exhibit(
    *,
    author: Author,
    exhibit: Exhibit,
    terms: Terms,
    stepped_up: bool,
    settings: Settings,
    at: datetime,
) -> Exhibit | ExhibitRefused:
    """Have the pack made of a draft's reads, once recipient and reason stand in the audit.

    The search is made again and the export decided, as the author stands now. The file is made
    by a job from what is gathered here. Must not run inside a transaction. Raises
    ``SearchStoppedError`` where the audit can't be written, ``SearchTooLongError``.
    """
    question = _question(exhibit, terms)
    try:
        refused = _refused(author, exhibit, question, terms, stepped_up=stepped_up, at=at)
        if refused is not None:
            return refused
        result = run_search(
            author=author, question=question, investigation=exhibit.investigation, at=at
        )
        chosen = chosen_of(result, terms.edition)
        if not chosen.reads:
            return ExhibitRefused(_nothing_left(result))
        made = _recorded(author, exhibit, terms, chosen, at)
        content = content_of(made, chosen, user=author.user, settings=settings, at=at)
        _handed_over(made, keeping.packs(settings).put(encoded(content)), at)
    except (db.Error, NoProfileError) as problem:
        raise SearchStoppedError from problem
    return made


def _question(exhibit: Exhibit, terms: Terms) -> PickedQuestion:
    facts = {"picked": exhibit.picks, "vrms": exhibit.vrms}
    known = picked_from(facts, start=exhibit.picked_at, end=exhibit.picked_at, reason="")
    return PickedQuestion.of(known.picks, vrms=known.vrms, reason=terms.reason)


def _refused(
    author: Author,
    exhibit: Exhibit,
    question: PickedQuestion,
    terms: Terms,
    *,
    stepped_up: bool,
    at: datetime,
) -> ExhibitRefused | None:
    profile = profile_in_force(at=at)
    decision = decide_export(
        actor=author.actor,
        query=question.as_query(),
        investigation=facts_of(exhibit.investigation),
        grants=grants_of(exhibit.investigation),
        profile=profile,
        at=at,
        rows=len(question.picks),
        stepped_up=stepped_up,
    )
    if decision.allowed:
        scope = decision.scope
        if terms.edition is Edition.OPEN or (scope is not None and scope.show_location):
            return None
        return ExhibitRefused(
            ("The sensitive edition names sites, which takes the location right.",)
        )
    _record_refusal(author, exhibit, terms, decision, at)
    return ExhibitRefused(explain_search(decision, profile=profile))


def _record_refusal(
    author: Author, exhibit: Exhibit, terms: Terms, decision: SearchDecision, at: datetime
) -> None:
    with transaction.atomic(durable=True):
        record_event(
            verb="exhibit.refuse",
            actor=author.acting(INVESTIGATING),
            at=at,
            subject=f"exhibit:{exhibit.id}",
            investigation=exhibit.investigation.reference,
            reason=terms.reason,
            decision="deny",
            reasons=list(decision.reasons),
            profile_version=decision.profile,
            payload={"recipient": terms.recipient, "reads": len(exhibit.picks)},
            **author.origin,
        )


def _nothing_left(result: SearchResult) -> tuple[str, ...]:
    if not result.decision.allowed:
        return result.sentences
    return (
        "None of the picked reads can go into this edition: they are not in the store any more, "
        "or this edition leaves them out.",
    )


def _recorded(
    author: Author, exhibit: Exhibit, terms: Terms, chosen: Chosen, at: datetime
) -> Exhibit:
    """The exhibit with reference, recipient and reason, committed before there is any file."""
    with transaction.atomic(durable=True):
        exhibit.reference = _next_reference(terms.initials)
        exhibit.state = ExhibitState.ASKED.value
        exhibit.edition = terms.edition.value
        exhibit.jurisdiction = terms.jurisdiction.value
        exhibit.recipient, exhibit.reason = terms.recipient, terms.reason
        exhibit.asked_at, exhibit.keep_until = at, terms.keep_until
        exhibit.run_id, exhibit.reads = chosen.result.run.id, len(chosen.reads)
        continuity_by = author.user.full_name
        written = record_event(
            verb="exhibit.make",
            actor=author.acting(INVESTIGATING),
            at=at,
            subject=f"exhibit:{exhibit.id}",
            investigation=exhibit.investigation.reference,
            reason=terms.reason,
            decision="allow",
            profile_version=chosen.result.decision.profile,
            payload={
                "reference": exhibit.reference,
                "edition": terms.edition.value,
                "recipient": terms.recipient,
                "jurisdiction": terms.jurisdiction.value,
                "rows": len(chosen.reads),
                "digest": digest_of(chosen.reads),
                "read_ids": [str(read.id) for read in chosen.reads],
            },
            **author.origin,
        )
        exhibit.audit_sequence = written.sequence
        exhibit.save()
        continuity.add(
            exhibit,
            what=f"Made for {terms.recipient}, {terms.edition.value} edition",
            by=continuity_by,
            note=terms.reason,
            at=at,
        )
    return exhibit


def _next_reference(initials: str) -> str:
    """Initials and the next number; two at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"exhibit {initials}"]
        )
    taken = Exhibit.objects.filter(reference__startswith=f"{initials}/").count()
    return f"{initials}/{taken + 1}"


@transaction.atomic
def _handed_over(exhibit: Exhibit, content_sha256: str, at: datetime) -> None:
    exhibit.content_sha256 = content_sha256
    exhibit.save(update_fields=["content_sha256"])
    ask_for(MAKE, {"exhibit": str(exhibit.id)}, at=at, once=str(exhibit.id))
