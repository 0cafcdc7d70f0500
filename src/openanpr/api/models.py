"""Tokens: how a program acts for the person who answers for it."""

from django.conf import settings
from django.db import models

from openanpr.wire.ids import uuid7


class ApiToken(models.Model):
    """A token of an account. ``name`` says for which program or system it is.

    Only the SHA-256 of the token is kept. ``takes_out``: results may leave by it, as long as the
    proof that its owner gave when it was made counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.TextField()
    purpose = models.TextField()
    digest = models.TextField(unique=True)
    takes_out = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_token"
        indexes = [models.Index(fields=["user", "-made_at"], name="api_token_by_user")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name="") & ~models.Q(purpose=""), name="api_token_says_what_for"
            )
        ]

    def __str__(self) -> str:
        return f"token {self.id}"
