"""The force's own text of the public pages, and how many people found a page helpful."""

from django.conf import settings
from django.db import models

from openanpr.wire.ids import uuid7


class PublicText(models.Model):
    """One version of a page's text in one language; the newest is shown, none is ever changed.

    ``body`` is Markdown; ``title`` the page's own heading (empty: the one of the product).
    ``language`` is ``en`` or ``cy``. A page that has no row shows the text that comes with the
    product (English only).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.TextField()
    language = models.TextField()
    title = models.TextField(blank=True, db_default="")
    body = models.TextField()
    reason = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        db_table = "public_text"
        indexes = [models.Index(fields=["page", "language", "-published_at"], name="public_newest")]

    def __str__(self) -> str:
        return f"{self.page} ({self.language}) of {self.published_at:%Y-%m-%d}"


class PageAnswers(models.Model):
    """Answers to "was this page helpful?" of one day: two counts, and nothing about who said so."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    page = models.TextField()
    day = models.DateField()
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "public_page_answers"
        constraints = [
            models.UniqueConstraint(fields=["page", "day"], name="public_page_answers_day")
        ]

    def __str__(self) -> str:
        return f"{self.page} on {self.day}"


class PublishedFigure(models.Model):
    """One figure of one month as it was published; ``value`` null: fewer than can be told."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    month = models.DateField()
    figure = models.TextField()
    value = models.BigIntegerField(null=True)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "public_figure"
        constraints = [
            models.UniqueConstraint(fields=["month", "figure"], name="public_figure_once")
        ]

    def __str__(self) -> str:
        return f"{self.figure} of {self.month:%Y-%m}"
