"""Lists of vehicles of interest, their entries, and the snapshots published for matching."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from openanpr.hotlists.tripwires.models import ProtectedMark, Trip
from openanpr.hotlists.vocabulary import (
    EntryAction,
    EntryState,
    ImportState,
    ListKind,
    ListState,
    MatchAs,
)
from openanpr.wire.ids import uuid7

__all__ = [
    "Hotlist",
    "HotlistEntry",
    "HotlistImport",
    "HotlistImportRow",
    "HotlistSnapshot",
    "ProtectedMark",
    "Trip",
]


class Hotlist(models.Model):
    """A list: who answers for it, what it is for, and until when it may be used.

    ``revision`` counts the changes of the list and of its entries; ``refreshed_at`` is when its
    source was last known to be current, and is shown beside every alert as the list's age.
    ``in_cars``: patrol cars hold its entries, to match without the network (ADR 0032).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.TextField(unique=True)
    kind = models.TextField()
    owner_force = models.ForeignKey(
        "forces.Force",
        to_field="code",
        db_column="owner_force",
        on_delete=models.PROTECT,
        related_name="+",
    )
    owner = models.TextField()
    purpose = models.TextField()
    source = models.TextField()
    priority = models.SmallIntegerField()
    covert = models.BooleanField(default=False)
    second_person = models.BooleanField(default=False)
    scope = models.JSONField(db_default=models.Value({}, models.JSONField()))
    told_units = ArrayField(models.TextField(), default=list, blank=True)
    in_cars = models.BooleanField(db_default=False)
    review_at = models.DateTimeField()
    weed_at = models.DateTimeField()
    state = models.TextField(default=ListState.ACTIVE.value)
    revision = models.BigIntegerField(default=1)
    refreshed_at = models.DateTimeField()
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        db_table = "hotlist"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(owner="") & ~models.Q(purpose="") & ~models.Q(source=""),
                name="hotlist_answered_for",
            ),
            models.CheckConstraint(
                condition=models.Q(priority__gte=1, priority__lte=5), name="hotlist_priority"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in ListKind]), name="hotlist_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in ListState]),
                name="hotlist_state",
            ),
            models.CheckConstraint(
                condition=models.Q(in_cars=False) | models.Q(covert=False, told_units=[]),
                name="hotlist_in_cars_is_for_all",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HotlistEntry(models.Model):
    """One vehicle of interest on one list, with the reason, the owner and the day that it is
    weeded.

    ``vrm`` is as written (upper case, no spaces), ``canonical`` as compared (O and 0, I and 1
    folded); with ``match_as`` "pattern" both are patterns. "near": also marks that the reader may
    have taken for it, with at least the chance ``least_weight``. ``scope`` as
    ``openanpr.matching.Scope``: where and when it is looked for.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hotlist = models.ForeignKey(Hotlist, on_delete=models.PROTECT, related_name="entries")
    vrm = models.TextField(db_collation="C")
    canonical = models.TextField(db_collation="C")
    make = models.TextField(default="", blank=True)
    model = models.TextField(default="", blank=True)
    colour = models.TextField(default="", blank=True)
    action = models.TextField()
    warning_markers = ArrayField(models.TextField(), default=list, blank=True)
    reason = models.TextField()
    information = models.TextField(default="", blank=True)
    force_area = models.TextField(default="", blank=True)
    reference = models.TextField(default="", blank=True)
    grading = models.TextField(default="", blank=True)
    marking = models.TextField(default="", blank=True)
    covert = models.BooleanField(default=False)
    match_as = models.TextField(db_default=MatchAs.EXACT.value)
    least_weight = models.FloatField(db_default=0.0)
    scope = models.JSONField(db_default=models.Value({}, models.JSONField()))
    owner = models.TextField()
    valid_from = models.DateTimeField()
    weed_at = models.DateTimeField()
    state = models.TextField(default=EntryState.LIVE.value)
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    withdrawn_reason = models.TextField(default="", blank=True)

    class Meta:
        db_table = "hotlist_entry"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(owner="") & ~models.Q(reason="") & ~models.Q(canonical=""),
                name="hotlist_entry_answered_for",
            ),
            models.CheckConstraint(
                condition=models.Q(weed_at__gt=models.F("valid_from")), name="hotlist_entry_period"
            ),
            models.CheckConstraint(
                condition=models.Q(action__in=[action.value for action in EntryAction]),
                name="hotlist_entry_action",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in EntryState]),
                name="hotlist_entry_state",
            ),
            models.CheckConstraint(
                condition=models.Q(match_as__in=[one.value for one in MatchAs]),
                name="hotlist_entry_match_as",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="live")
                | models.Q(match_as="exact")
                | (
                    models.Q(confirmed_by__isnull=False)
                    & ~models.Q(confirmed_by=models.F("created_by"))
                ),
                name="hotlist_entry_wide_has_two",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="withdrawn")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_reason="")),
                name="hotlist_entry_withdrawal_explained",
            ),
        ]
        indexes = [
            models.Index(fields=["hotlist", "state"], name="hotlist_entry_by_list"),
            models.Index(fields=["canonical"], name="hotlist_entry_by_mark"),
        ]

    def __str__(self) -> str:
        return f"entry {self.id}"


class HotlistSnapshot(models.Model):
    """A published copy of everything that may match, in the file at ``path``.

    ``revision_sum`` is the state of the lists it was made from; when theirs differs, a new one is
    due.
    """

    version = models.BigIntegerField(primary_key=True)
    made_at = models.DateTimeField()
    digest = models.TextField()
    path = models.TextField()
    entry_count = models.IntegerField()
    revision_sum = models.BigIntegerField()

    class Meta:
        db_table = "hotlist_snapshot"

    def __str__(self) -> str:
        return f"snapshot {self.version}"


class HotlistImport(models.Model):
    """A file that was given for a list, what was found in it, and what became of it.

    ``columns`` says which column is which (name: place from 0) and ``header`` how they were called,
    so that the next file of that header is understood. ``problems`` holds the first of
    ``problem_total`` things to tell, without marks; ``said`` what speaks against the whole file.
    ``defaults`` are those of the form.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hotlist = models.ForeignKey(Hotlist, on_delete=models.PROTECT, related_name="imports")
    file_name = models.TextField()
    sha256 = models.TextField()
    format = models.TextField()
    encoding = models.TextField(default="", blank=True)
    separator = models.TextField(default="", blank=True)
    operation = models.TextField()
    header = ArrayField(models.TextField(), default=list, blank=True)
    width = models.IntegerField(default=0)
    columns = models.JSONField(default=dict)
    defaults = models.JSONField(default=dict)
    reason = models.TextField()
    state = models.TextField()
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    problem_total = models.IntegerField(default=0)
    said = models.TextField(db_default="")
    base_revision = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        db_table = "hotlist_import"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in ImportState]),
                name="hotlist_import_state",
            ),
        ]
        indexes = [models.Index(fields=["hotlist", "at"], name="hotlist_import_by_list")]

    def __str__(self) -> str:
        return f"import {self.id}"


class HotlistImportRow(models.Model):
    """A row of an import that waits to be applied; ``id`` becomes the entry's.

    ``operation`` is R, A or D. The rows go when the import is applied or cancelled.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    hotlist_import = models.ForeignKey(
        HotlistImport,
        on_delete=models.PROTECT,
        db_column="import_id",
        related_name="rows",
        db_constraint=False,  # checked row by row, which millions of rows would wait for
    )
    line = models.IntegerField()
    operation = models.TextField()
    vrm = models.TextField(db_collation="C")
    canonical = models.TextField(db_collation="C")
    make = models.TextField()
    model = models.TextField()
    colour = models.TextField()
    action = models.TextField()
    warning_markers = ArrayField(models.TextField())
    reason = models.TextField()
    information = models.TextField()
    force_area = models.TextField()
    reference = models.TextField()
    grading = models.TextField()
    marking = models.TextField()
    owner = models.TextField()
    weed_at = models.DateTimeField()

    class Meta:
        db_table = "hotlist_import_row"

    def __str__(self) -> str:
        return f"row {self.line} of an import"
