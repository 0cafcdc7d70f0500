"""Checks of the audit chain that were asked for on the auditor's page."""

from django.conf import settings
from django.db import models

from openanpr.wire.ids import uuid7


class ChainCheck(models.Model):
    """One check: the rows after ``after`` up to ``head``. ``problem`` is empty where it is whole.

    ``head_hash`` is hexadecimal. A later check goes on from the last whole one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    after = models.BigIntegerField()
    rows = models.BigIntegerField()
    head = models.BigIntegerField()
    head_hash = models.TextField()
    problem = models.TextField(default="")

    class Meta:
        db_table = "chain_check"

    def __str__(self) -> str:
        return f"check of the chain to row {self.head}"
