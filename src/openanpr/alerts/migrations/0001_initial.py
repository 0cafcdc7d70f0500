import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import openanpr.wire.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Alert",
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
                ("entry_id", models.UUIDField()),
                ("hotlist_id", models.UUIDField()),
                ("vrm", models.TextField(db_collation="C")),
                ("canonical", models.TextField(db_collation="C")),
                ("list_name", models.TextField()),
                ("action", models.TextField()),
                (
                    "warning_markers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("reason", models.TextField()),
                ("priority", models.SmallIntegerField()),
                ("covert", models.BooleanField()),
                ("force", models.TextField()),
                (
                    "routed_units",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                (
                    "routed_areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("state", models.TextField(default="new")),
                ("late", models.BooleanField(db_default=False)),
                ("hit_count", models.IntegerField(default=1)),
                ("first_captured_at", models.DateTimeField()),
                ("last_captured_at", models.DateTimeField()),
                ("raised_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "alert",
            },
        ),
        migrations.CreateModel(
            name="Hit",
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
                ("read_id", models.UUIDField()),
                ("read_vrm", models.TextField(db_collation="C")),
                ("captured_at", models.DateTimeField()),
                ("camera_id", models.IntegerField()),
                ("camera_name", models.TextField(db_default="")),
                ("camera_area", models.TextField(db_default="")),
                ("direction", models.TextField(db_default="")),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("entry_id", models.UUIDField()),
                ("hotlist_id", models.UUIDField()),
                ("snapshot_version", models.BigIntegerField()),
                ("entry_copy", models.JSONField()),
                ("how", models.TextField()),
                ("confidence", models.FloatField()),
                ("alternatives", models.JSONField(db_default=models.Value([], models.JSONField()))),
                ("patch_hash", models.BinaryField(null=True)),
                ("overview_hash", models.BinaryField(null=True)),
                ("late", models.BooleanField(db_default=False)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "db_table": "hit",
            },
        ),
        migrations.CreateModel(
            name="AlertOutcome",
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
                ("outcome", models.TextField()),
                ("note", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "alert_outcome",
            },
        ),
        migrations.CreateModel(
            name="Outbox",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("done_at", models.DateTimeField(null=True)),
                ("attempts", models.SmallIntegerField(db_default=0)),
                ("result", models.TextField(db_default="")),
            ],
            options={
                "db_table": "outbox",
            },
        ),
        migrations.CreateModel(
            name="AlertCheck",
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
                ("says_same", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="alerts.alert",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.user",
                    ),
                ),
            ],
            options={
                "db_table": "alert_check",
            },
        ),
        migrations.CreateModel(
            name="AlertDelivery",
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
                ("delivered_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="alerts.alert",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.user",
                    ),
                ),
            ],
            options={
                "db_table": "alert_delivery",
            },
        ),
        migrations.CreateModel(
            name="AlertEvent",
            fields=[
                ("sequence", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "alert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="alerts.alert",
                    ),
                ),
            ],
            options={
                "db_table": "alert_event",
            },
        ),
        migrations.CreateModel(
            name="AlertHit",
            fields=[
                (
                    "hit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="in_alert",
                        serialize=False,
                        to="alerts.hit",
                    ),
                ),
                ("joined_at", models.DateTimeField()),
            ],
            options={
                "db_table": "alert_hit",
            },
        ),
        migrations.AddConstraint(
            model_name="hit",
            constraint=models.UniqueConstraint(
                fields=("read_vrm", "captured_at", "camera_id", "entry_id"), name="hit_once"
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="hit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alerts.hit"
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="latest_hit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="alerts.hit"
            ),
        ),
        migrations.AddField(
            model_name="alertoutcome",
            name="alert",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="outcome",
                to="alerts.alert",
            ),
        ),
        migrations.AddField(
            model_name="alertoutcome",
            name="picture_check",
            field=models.ForeignKey(
                db_column="check_id",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="alerts.alertcheck",
            ),
        ),
        migrations.AddField(
            model_name="alertoutcome",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.user"
            ),
        ),
        migrations.AddField(
            model_name="outbox",
            name="hit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="alerts.hit"
            ),
        ),
        migrations.AddIndex(
            model_name="alertcheck",
            index=models.Index(fields=["alert", "user", "-at"], name="alert_check_newest"),
        ),
        migrations.AddConstraint(
            model_name="alertdelivery",
            constraint=models.UniqueConstraint(
                fields=("alert", "user"), name="alert_delivery_once"
            ),
        ),
        migrations.AddIndex(
            model_name="alertevent",
            index=models.Index(fields=["at"], name="alert_event_by_time"),
        ),
        migrations.AddConstraint(
            model_name="alertevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["raised", "further-hit", "seen", "checked", "closed"])
                ),
                name="alert_event_kind",
            ),
        ),
        migrations.AddField(
            model_name="alerthit",
            name="alert",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="alert_hits",
                to="alerts.alert",
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(
                fields=["force", "state", "-last_captured_at"], name="alert_by_force"
            ),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(
                fields=["entry_id", "canonical", "-last_captured_at"], name="alert_by_entry"
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["new", "seen", "checked", "closed"])),
                name="alert_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertoutcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        [
                            "stopped",
                            "no-trace",
                            "misread",
                            "stale-entry",
                            "wrong-vehicle",
                            "not-responded",
                            "other",
                        ],
                    )
                ),
                name="alert_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="alertoutcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "other"), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="alert_outcome_other_explained",
            ),
        ),
        migrations.AddIndex(
            model_name="outbox",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True)), fields=["id"], name="outbox_waiting"
            ),
        ),
    ]
