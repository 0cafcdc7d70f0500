"""Codes that were given once: the second use of one is refused, whichever process it reaches."""

import re
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from openanpr.accounts.models import UsedCode, User

REMEMBERED: Final = timedelta(minutes=5)
"""Longer than a code is good (30 s, and one period either side)."""


def take(user: User, code: str, *, at: datetime) -> bool:
    """Note that ``user`` gave ``code``; ``False`` where it was given already.

    The database decides between two requests at once. What is past its time is forgotten here.
    """
    UsedCode.objects.filter(used_at__lt=at - REMEMBERED).delete()
    digest = sha256(f"{user.pk}:{re.sub(r'[^A-Za-z0-9]', '', code)}".encode()).hexdigest()
    _, first_time = UsedCode.objects.get_or_create(
        user=user, code_digest=digest, defaults={"used_at": at}
    )
    return first_time
