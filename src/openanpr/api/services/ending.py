"""Tokens end with the password or the second factor under which they were made."""

from datetime import datetime
from typing import Any

from openanpr.accounts.models import User
from openanpr.api.services.tokens import revoke_all


def end_with_proof(user: User, reason: str, at: datetime, **_: Any) -> None:
    """Receives ``accounts.signals.proof_replaced``."""
    revoke_all(user=user, reason=reason, at=at)
