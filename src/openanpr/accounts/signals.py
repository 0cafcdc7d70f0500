"""What other apps may need to know of accounts."""

from typing import Final

from django.dispatch import Signal

proof_replaced: Final = Signal()
"""The password or the second factor of ``user`` was replaced ``at`` an instant, for a ``reason``.

Sent within the transaction that does it. Whatever was opened by the old proof should end.
"""
