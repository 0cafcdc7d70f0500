"""Subjects of investigations and the vehicles linked to them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import openanpr.wire.ids


class Migration(migrations.Migration):
    dependencies = [
        ("investigations", "0003_holds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Subject",
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
                ("role", models.TextField()),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "investigation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="investigations.investigation",
                    ),
                ),
            ],
            options={
                "db_table": "subject",
            },
        ),
        migrations.CreateModel(
            name="SubjectVehicle",
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
                ("vrm", models.TextField()),
                ("link", models.TextField()),
                ("source", models.TextField()),
                ("source_grade", models.TextField()),
                ("assessment", models.TextField()),
                ("handling", models.TextField()),
                ("expires_at", models.DateTimeField()),
                ("added_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.TextField(default="")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vehicles",
                        to="investigations.subject",
                    ),
                ),
            ],
            options={
                "db_table": "subject_vehicle",
            },
        ),
        migrations.AddIndex(
            model_name="subject",
            index=models.Index(fields=["investigation"], name="subject_of_investigation"),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role__in", ["suspect", "associate", "witness", "victim", "missing"])
                ),
                name="subject_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="subject",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="subject_named"
            ),
        ),
        migrations.AddIndex(
            model_name="subjectvehicle",
            index=models.Index(fields=["subject"], name="subject_vehicle_of_subject"),
        ),
        migrations.AddConstraint(
            model_name="subjectvehicle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("source_grade__in", ["1", "2", "3"]),
                    ("assessment__in", ["A", "B", "C", "D", "E"]),
                    ("handling__in", ["P", "C"]),
                ),
                name="subject_vehicle_graded",
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectvehicle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("vrm", ""), _negated=True),
                    models.Q(("link", ""), _negated=True),
                    models.Q(("source", ""), _negated=True),
                ),
                name="subject_vehicle_sourced",
            ),
        ),
        migrations.AddConstraint(
            model_name="subjectvehicle",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("added_at"))),
                name="subject_vehicle_expires",
            ),
        ),
    ]
