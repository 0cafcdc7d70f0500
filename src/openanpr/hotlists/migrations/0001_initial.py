import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import openanpr.wire.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("forces", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="HotlistSnapshot",
            fields=[
                ("version", models.BigIntegerField(primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("digest", models.TextField()),
                ("path", models.TextField()),
                ("entry_count", models.IntegerField()),
                ("revision_sum", models.BigIntegerField()),
            ],
            options={
                "db_table": "hotlist_snapshot",
            },
        ),
        migrations.CreateModel(
            name="Hotlist",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openanpr.wire.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.TextField(unique=True)),
                ("kind", models.TextField()),
                ("owner", models.TextField()),
                ("purpose", models.TextField()),
                ("source", models.TextField()),
                ("priority", models.SmallIntegerField()),
                ("covert", models.BooleanField(default=False)),
                ("second_person", models.BooleanField(default=False)),
                (
                    "told_units",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("review_at", models.DateTimeField()),
                ("weed_at", models.DateTimeField()),
                ("state", models.TextField(default="active")),
                ("revision", models.BigIntegerField(default=1)),
                ("refreshed_at", models.DateTimeField()),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.user",
                    ),
                ),
                (
                    "owner_force",
                    models.ForeignKey(
                        db_column="owner_force",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forces.force",
                        to_field="code",
                    ),
                ),
            ],
            options={
                "db_table": "hotlist",
            },
        ),
        migrations.CreateModel(
            name="HotlistEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openanpr.wire.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("vrm", models.TextField(db_collation="C")),
                ("canonical", models.TextField(db_collation="C")),
                ("make", models.TextField(blank=True, default="")),
                ("model", models.TextField(blank=True, default="")),
                ("colour", models.TextField(blank=True, default="")),
                ("action", models.TextField()),
                (
                    "warning_markers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("reason", models.TextField()),
                ("information", models.TextField(blank=True, default="")),
                ("force_area", models.TextField(blank=True, default="")),
                ("reference", models.TextField(blank=True, default="")),
                ("grading", models.TextField(blank=True, default="")),
                ("marking", models.TextField(blank=True, default="")),
                ("covert", models.BooleanField(default=False)),
                ("owner", models.TextField()),
                ("valid_from", models.DateTimeField()),
                ("weed_at", models.DateTimeField()),
                ("state", models.TextField(default="live")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_reason", models.TextField(blank=True, default="")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.user",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.user",
                    ),
                ),
                (
                    "hotlist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="hotlists.hotlist",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.user",
                    ),
                ),
            ],
            options={
                "db_table": "hotlist_entry",
            },
        ),
        migrations.AddConstraint(
            model_name="hotlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("owner", ""), _negated=True),
                    models.Q(("purpose", ""), _negated=True),
                    models.Q(("source", ""), _negated=True),
                ),
                name="hotlist_answered_for",
            ),
        ),
        migrations.AddConstraint(
            model_name="hotlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("priority__gte", 1), ("priority__lte", 5)),
                name="hotlist_priority",
            ),
        ),
        migrations.AddConstraint(
            model_name="hotlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["response", "intelligence", "reference"])),
                name="hotlist_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="hotlist",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["active", "suspended", "closed"])),
                name="hotlist_state",
            ),
        ),
        migrations.AddIndex(
            model_name="hotlistentry",
            index=models.Index(fields=["hotlist", "state"], name="hotlist_entry_by_list"),
        ),
        migrations.AddIndex(
            model_name="hotlistentry",
            index=models.Index(fields=["canonical"], name="hotlist_entry_by_mark"),
        ),
        migrations.AddConstraint(
            model_name="hotlistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("owner", ""), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    models.Q(("canonical", ""), _negated=True),
                ),
                name="hotlist_entry_answered_for",
            ),
        ),
        migrations.AddConstraint(
            model_name="hotlistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("weed_at__gt", models.F("valid_from"))),
                name="hotlist_entry_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="hotlistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("action__in", ["stop", "observe", "silent", "report"])),
                name="hotlist_entry_action",
            ),
        ),
        migrations.AddConstraint(
            model_name="hotlistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["proposed", "live", "withdrawn"])),
                name="hotlist_entry_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="hotlistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), _negated=True),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        models.Q(("withdrawn_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="hotlist_entry_withdrawal_explained",
            ),
        ),
    ]
