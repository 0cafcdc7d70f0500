"""Looking at the audit and checking its chain: both leave a row in it."""

from datetime import datetime
from itertools import islice
from typing import Final

from django.db import transaction

from openanpr.audit.chain import START, Break, Link, Verdict, check
from openanpr.audit.services import record_event
from openanpr.audit.stored import dsn_of, snapshot
from openanpr.investigations.services.author import Author
from openanpr.oversight.models import ChainCheck
from openanpr.oversight.vocabulary import AUDITING

MOST_AT_ONCE: Final = 200_000
"""The most rows that one check on the page goes through; the command goes through any number."""


def record_look(*, author: Author, filters: list[str], rows: int, at: datetime) -> None:
    """Write down that somebody looked at the audit."""
    record_event(
        verb="audit.view",
        actor=author.acting(AUDITING),
        at=at,
        payload={"filters": ", ".join(sorted(filters)) or "no filter", "rows": rows},
        **author.origin,
    )


def check_chain(*, author: Author, whole: bool, at: datetime) -> ChainCheck:
    """Check the chain, all of it or from the last whole check on, and note the outcome."""
    last = ChainCheck.objects.filter(problem="").order_by("-id").first()
    after = START if whole or last is None else Link(last.head, bytes.fromhex(last.head_hash))
    verdict = verify_after(after)
    problem = str(verdict.broken) if verdict.broken else ""
    with transaction.atomic():
        made = ChainCheck.objects.create(
            checked_at=at,
            checked_by=author.user,
            after=after.sequence,
            rows=verdict.rows,
            head=verdict.head.sequence,
            head_hash=verdict.head.hash.hex(),
            problem=problem,
        )
        record_event(
            verb="audit.verify",
            actor=author.acting(AUDITING),
            at=at,
            payload={
                "outcome": problem or "whole",
                "rows": verdict.rows,
                "head": made.head_hash,
            },
            **author.origin,
        )
    return made


def verify_after(after: Link) -> Verdict:
    """Check that the stored chain still passes through ``after``, and every row behind it."""
    with snapshot(dsn_of("default")) as audit:
        if audit.link(after.sequence) != after:
            gone = Break(after.sequence, "it is not the row that the last check found there")
            return Verdict(0, after, gone)
        if audit.head.sequence - after.sequence > MOST_AT_ONCE:
            return check(islice(audit.rows(after=after.sequence), MOST_AT_ONCE), after=after)
        rows = audit.rows(after=after.sequence if after.sequence else None)
        return check(rows, after=after, head=audit.head)
