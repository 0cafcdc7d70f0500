import django.db.models.functions.datetime
from django.db import migrations, models

import openanpr.wire.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="IngestCounter",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "day",
                        "camera_id",
                        "kind",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("day", models.DateField()),
                ("camera_id", models.IntegerField()),
                ("kind", models.TextField()),
                ("count", models.BigIntegerField()),
            ],
            options={
                "db_table": "ingest_counter",
            },
        ),
        migrations.CreateModel(
            name="IngestBatch",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "device",
                        "batch_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("device", models.UUIDField()),
                ("batch_id", models.UUIDField()),
                ("first_sequence", models.BigIntegerField()),
                ("reads", models.SmallIntegerField()),
                ("accepted", models.SmallIntegerField()),
                ("duplicates", models.SmallIntegerField()),
                ("late", models.SmallIntegerField()),
                ("refused", models.SmallIntegerField()),
                ("quarantined", models.SmallIntegerField()),
                ("clock_source", models.TextField()),
                ("clock_offset_ms", models.FloatField(null=True)),
                ("received_at", models.DateTimeField()),
                (
                    "stored_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("replays", models.IntegerField(db_default=0)),
            ],
            options={
                "db_table": "ingest_batch",
                "indexes": [models.Index(fields=["received_at"], name="ingest_batch_by_time")],
            },
        ),
        migrations.CreateModel(
            name="IngestProblem",
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
                ("at", models.DateTimeField()),
                ("kind", models.TextField()),
                ("device", models.UUIDField(null=True)),
                ("camera_id", models.IntegerField(null=True)),
                ("camera_key", models.TextField(db_default="")),
                ("batch_id", models.UUIDField(null=True)),
                ("count", models.IntegerField()),
                ("detail", models.TextField()),
            ],
            options={
                "db_table": "ingest_problem",
                "indexes": [models.Index(fields=["-at"], name="ingest_problem_newest")],
            },
        ),
        migrations.CreateModel(
            name="IngestQuarantine",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "device",
                        "read_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("device", models.UUIDField()),
                ("read_id", models.UUIDField()),
                ("camera_id", models.IntegerField()),
                ("batch_id", models.UUIDField()),
                ("received_at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("ahead_ms", models.BigIntegerField()),
                ("content", models.JSONField()),
            ],
            options={
                "db_table": "ingest_quarantine",
                "indexes": [models.Index(fields=["received_at"], name="ingest_quarantine_by_time")],
            },
        ),
    ]
