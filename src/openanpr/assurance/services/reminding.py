"""Reminding people of what falls due, by e-mail and by the channels that ask for it.

What is sent counts; it names no list, no person, no mark and no place.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db import transaction

from openanpr.accounts.models import User
from openanpr.alerts.channels.carriers import carrier_of
from openanpr.alerts.channels.interface import CannotDeliver, Channel
from openanpr.alerts.channels.mail import Mail
from openanpr.alerts.channels.models import AlertChannel
from openanpr.assurance.models import Reminder
from openanpr.assurance.notice import DeadlineNotice
from openanpr.assurance.stages import stage_of
from openanpr.assurance.whose import Holder, holders, whose
from openanpr.audit.services import AuditActor, record_event
from openanpr.config.values import Settings, get_settings, secret
from openanpr.web.deadlines import Deadline, all_deadlines, waiting
from openanpr.wire.ids import uuid7

Post = Callable[[str], Channel]
Carrier = Callable[[AlertChannel], Channel]


def remind(*, at: datetime, post: Post | None = None, carrier: Carrier | None = None) -> None:
    """Send each person, and each channel that asks for it, one message where something is new.

    New is what falls due within two weeks, what is overdue, and what is overdue another week. What
    could not be sent is tried again at the next run, and said in the audit.
    """
    settings = get_settings()
    due = [one for one in all_deadlines(at=at) if one.is_soon(at=at)]
    people = holders(at=at)
    counts = {"people": 0, "channels": 0, "failed": 0}
    by_mail = post or (_mail(settings) if settings.smtp_host else None)
    if by_mail is not None:
        addresses = _addresses(people)
        for one in people:
            if one.account in addresses:
                mine = [each for each in due if each.concerns(one.actor)]
                to = by_mail(addresses[one.account])
                _tell(to, mine, settings, at=at, counts=counts, kind="people", holder=one)
    for channel in AlertChannel.objects.filter(active=True, reminders=True):
        carries = carrier(channel) if carrier else carrier_of(channel, settings=settings, at=at)
        theirs = _of_force(due, channel.force, people)
        _tell(carries, theirs, settings, at=at, counts=counts, kind="channels", force=channel.force)
    record_event(
        verb="deadline.remind",
        actor=AuditActor.system("jobs"),
        at=at,
        payload={**counts, "overdue": waiting(due, at=at).overdue},
    )


def _of_force(due: Iterable[Deadline], force: str, people: list[Holder]) -> list[Deadline]:
    """What is overdue in a force, and what is due soon with nobody to do it; nothing covert."""
    own = [one for one in due if one.force in {"", force} and not (one.covert or one.personal)]
    return [one.deadline for one in whose(own, people) if one.nobody or not one.deadline.ends]


def _tell(
    to: Channel,
    due: Sequence[Deadline],
    settings: Settings,
    *,
    at: datetime,
    counts: dict[str, int],
    kind: str,
    holder: Holder | None = None,
    force: str = "",
) -> None:
    account = holder.account if holder else None
    new = _new(due, account=account, force=force, at=at)
    if not new:
        return
    notice = DeadlineNotice(
        message=str(uuid7()), waiting=waiting(due, at=at), page=f"{settings.web_origin}/due/"
    )
    try:
        to.send(notice)
    except CannotDeliver:
        counts["failed"] += 1
        return
    counts[kind] += 1
    with transaction.atomic():
        Reminder.objects.bulk_create(
            (
                Reminder(account_id=account, force=force, key=key, stage=stage, at=at)
                for key, stage in new
            ),
            ignore_conflicts=True,
        )


def _new(
    due: Iterable[Deadline], *, account: int | None, force: str, at: datetime
) -> list[tuple[str, str]]:
    wanted = [(one.key, stage) for one in due if (stage := stage_of(one, at=at)) is not None]
    sent = Reminder.objects.filter(
        account_id=account, force=force, key__in={key for key, _ in wanted}
    )
    known = set(sent.values_list("key", "stage"))
    return [one for one in dict.fromkeys(wanted) if one not in known]


def _addresses(people: Iterable[Holder]) -> dict[int, str]:
    accounts = User.objects.filter(id__in=[one.account for one in people]).exclude(email="")
    return dict(accounts.values_list("id", "email"))


def _mail(settings: Settings) -> Post:
    password = secret("smtp-password", settings) if settings.smtp_user else ""
    return lambda address: Mail(to=address, settings=settings, password=password)
