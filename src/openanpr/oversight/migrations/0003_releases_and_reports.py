"""Answers on held searches, and the makings of the monthly report."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import openanpr.wire.ids


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0002_reviewing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MonthlyReport",
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
                ("month", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("digest", models.TextField()),
                ("form", models.TextField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "monthly_report",
                "indexes": [models.Index(fields=["month"], name="monthly_report_of")],
            },
        ),
        migrations.CreateModel(
            name="Release",
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
                ("run_id", models.UUIDField(unique=True)),
                ("searcher_person", models.TextField()),
                ("decided_person", models.TextField()),
                ("decided_at", models.DateTimeField()),
                ("let_through", models.BooleanField()),
                ("reason", models.TextField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "search_release",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_person", models.F("searcher_person")), _negated=True
                        ),
                        name="search_release_four_eyes",
                    )
                ],
            },
        ),
    ]
