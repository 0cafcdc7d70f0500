"""The versions of the profile."""

import django.db.models.functions.datetime
from django.db import migrations, models

import openanpr.wire.ids


class Migration(migrations.Migration):
    initial = True
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="ProfileVersion",
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
                ("version", models.TextField()),
                ("toml", models.TextField()),
                ("digest", models.TextField()),
                ("takes_effect_at", models.DateTimeField()),
                ("proposed_by", models.TextField()),
                ("approved_by", models.TextField()),
                ("reason", models.TextField()),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "db_table": "profile_version",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["name", "version"], name="profile_version_label"
                    ),
                    models.UniqueConstraint(
                        fields=["takes_effect_at"], name="profile_version_effect"
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(proposed_by=models.F("approved_by"))
                        & ~models.Q(proposed_by="")
                        & ~models.Q(approved_by=""),
                        name="profile_version_four_eyes",
                    ),
                ],
            },
        ),
    ]
