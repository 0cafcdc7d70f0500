"""Publishing a text, and counting answers."""

from datetime import date, datetime
from hashlib import sha256

from django.db import connection, transaction

from openanpr.access.vocabulary import Role
from openanpr.accounts.models import User
from openanpr.audit.actors import AuditActor
from openanpr.audit.services import record_event
from openanpr.public.models import PublicText
from openanpr.public.pages import Page
from openanpr.wire.ids import uuid7


@transaction.atomic
def publish_text(
    *,
    page: Page,
    language: str,
    title: str,
    body: str,
    reason: str,
    author: User,
    at: datetime,
) -> PublicText:
    """Put a new version of a page's text before the public."""
    text = PublicText.objects.create(
        page=page.slug,
        language=language,
        title=title,
        body=body,
        reason=reason,
        author=author,
        published_at=at,
    )
    record_event(
        verb="public-text.publish",
        actor=AuditActor.person(author, Role.DATA_PROTECTION_OFFICER.value),
        at=at,
        subject=f"public-text:{text.id}",
        reason=reason,
        payload={
            "page": page.slug,
            "language": language,
            "sha256": sha256(body.encode()).hexdigest(),
        },
    )
    return text


def count_answer(*, page: Page, helpful: bool, day: date) -> None:
    """Add one to the day's count; nothing about the reader is kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into public_page_answers (id, page, day, yes, no) values (%s, %s, %s, %s, %s) "
            "on conflict (page, day) do update set yes = public_page_answers.yes + excluded.yes, "
            "no = public_page_answers.no + excluded.no",
            [uuid7(), page.slug, day, int(helpful), int(not helpful)],
        )
