"""Protected marks, and what tripped on them."""

import django.contrib.postgres.functions
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import openanpr.wire.ids


class Migration(migrations.Migration):
    dependencies = [
        ("hotlists", "0006_in_cars"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProtectedMark",
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
                ("ground", models.TextField()),
                ("reference", models.TextField()),
                ("reason", models.TextField()),
                ("added_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "protected_mark",
            },
        ),
        migrations.CreateModel(
            name="Trip",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.contrib.postgres.functions.RandomUUID(),
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.TextField()),
                ("source", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("person", models.TextField(db_default="")),
                ("account", models.TextField(db_default="")),
                ("investigation", models.TextField(db_default="")),
                ("audit_sequence", models.BigIntegerField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                ("note", models.TextField(db_default="")),
                (
                    "protected",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trips",
                        to="hotlists.protectedmark",
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "tripwire_trip",
            },
        ),
        migrations.AddIndex(
            model_name="protectedmark",
            index=models.Index(fields=["canonical"], name="protected_mark_canonical"),
        ),
        migrations.AddConstraint(
            model_name="protectedmark",
            constraint=models.CheckConstraint(
                condition=models.Q(("ground__in", ["victim", "witness", "covert", "integrity"])),
                name="protected_mark_ground",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectedmark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at", None), models.Q(("canonical", ""), ("vrm", "")), _connector="OR"
                ),
                name="protected_mark_gone_when_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="trip",
            constraint=models.UniqueConstraint(
                fields=("protected", "kind", "source"), name="trip_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="trip",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["asked", "shown", "hit"])), name="trip_kind"
            ),
        ),
    ]
