"""Reviews of investigations: whether they are still needed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import openanpr.wire.ids


class Migration(migrations.Migration):
    dependencies = [
        ("investigations", "0004_subjects"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="investigation",
            name="review_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="InvestigationReview",
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
                ("reviewed_at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("next_review_at", models.DateTimeField()),
                (
                    "investigation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="investigations.investigation",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "investigation_review",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            ("next_review_at__gt", models.F("reviewed_at")),
                        ),
                        name="investigation_review_said_why",
                    )
                ],
            },
        ),
    ]
