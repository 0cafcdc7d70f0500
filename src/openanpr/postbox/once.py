"""A form that is sent twice is dealt with once."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from openanpr.postbox.models import PostboxSent
from openanpr.postbox.tickets import LONGEST

_KEPT: Final = LONGEST + timedelta(days=1)


@transaction.atomic
def once(form_id: uuid.UUID, make: Callable[[], str | None], *, at: datetime) -> str | None:
    """What ``make`` answers to the form of that id; sent again, what it answered then.

    ``None`` (nothing was made) is not remembered. Who sends it at the same moment waits.
    """
    PostboxSent.objects.filter(at__lt=at - _KEPT).delete()
    sent, new = PostboxSent.objects.get_or_create(form_id=form_id, defaults={"at": at})
    if not new:
        return sent.answer
    answer = make()
    if answer is None:
        sent.delete()
    else:
        PostboxSent.objects.filter(form_id=form_id).update(answer=answer)
    return answer
