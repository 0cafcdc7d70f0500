"""Searches that an investigation keeps, to be asked again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import openanpr.wire.ids


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0004_kinds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="SavedSearch",
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
                ("name", models.TextField()),
                ("kind", models.TextField()),
                ("asked", models.TextField()),
                ("question", models.JSONField()),
                ("period_from", models.DateTimeField()),
                ("period_to", models.DateTimeField()),
                ("seconds", models.BigIntegerField(null=True)),
                ("reason", models.TextField()),
                ("saved_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "investigation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="investigations.investigation",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "search_saved",
                "indexes": [models.Index(fields=["investigation"], name="search_saved_by_case")],
            },
        ),
    ]
