"""Writing a version of a statement, and signing it as another person."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from openanpr.assurance.author import Author, Refused
from openanpr.assurance.models import Statement
from openanpr.assurance.statements import EVERY, live_figures, newest, statement_kinds
from openanpr.audit.services import record_event


@transaction.atomic
def write_statement(
    *, kind: str, answers: Mapping[str, str], by: Author, at: datetime
) -> Statement:
    """Write the draft of the next version. Whoever wrote last does not sign."""
    draft = newest(kind, force=by.force, signed=False)
    if draft is None:
        before = newest(kind, force=by.force, signed=True)
        draft = Statement(force=by.force, kind=kind, version=before.version + 1 if before else 1)
    draft.answers = dict(answers)
    draft.written_by, draft.writer_name, draft.written_at = by.person_id, by.name, at
    draft.save()
    record_event(
        verb="statement.write",
        actor=by.acting,
        at=at,
        subject=f"statement:{kind}",
        payload={"version": draft.version},
    )
    return draft


@transaction.atomic
def sign_statement(*, kind: str, by: Author, at: datetime) -> Statement | Refused:
    """Sign the draft, with the figures as they stand; from then on it never changes."""
    draft = (
        Statement.objects.select_for_update()
        .filter(kind=kind, force=by.force, signed_at=None)
        .first()
    )
    if draft is None:
        return Refused("There is no draft to sign.")
    if draft.written_by == by.person_id:
        return Refused("You wrote this version: another person signs it.")
    missing = [
        text for key, text in statement_kinds()[kind].headings.items() if not draft.answers.get(key)
    ]
    if missing:
        return Refused(f"Answer every heading before it is signed: {'; '.join(missing)}.")
    draft.figures = [[one.label, one.value] for one in live_figures(force=by.force, at=at)]
    draft.signed_by, draft.signer_name, draft.signed_at = by.person_id, by.name, at
    draft.review_at = at + EVERY
    draft.save()
    record_event(
        verb="statement.sign",
        actor=by.acting,
        at=at,
        subject=f"statement:{kind}",
        payload={"version": draft.version, "next": draft.review_at.date().isoformat()},
    )
    return draft
