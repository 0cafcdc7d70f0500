"""The record of searches."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import openanpr.wire.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("investigations", "0002_four_eyes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchRun",
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
                ("asked_at", models.DateTimeField()),
                ("vrm", models.TextField()),
                ("look_alikes", models.BooleanField()),
                ("period_from", models.DateTimeField()),
                ("period_to", models.DateTimeField()),
                ("reason", models.TextField()),
                ("decision", models.TextField()),
                ("profile", models.TextField()),
                ("parts", models.JSONField()),
                ("audit_sequence", models.BigIntegerField()),
                ("result_sequence", models.BigIntegerField(null=True)),
                ("rows", models.IntegerField(null=True)),
                ("truncated", models.BooleanField(default=False)),
                ("digest", models.TextField(default="")),
                (
                    "investigation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="investigations.investigation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "search_run",
                "indexes": [models.Index(fields=["user", "-asked_at"], name="search_run_by_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["allow", "partial", "deny"])),
                        name="search_run_decision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rows", None),
                            models.Q(("decision", "deny"), _negated=True),
                            _connector="OR",
                        ),
                        name="search_run_refused_found_nothing",
                    ),
                ],
            },
        ),
    ]
