"""Samples, reviews, questions and findings, and vehicles known to be people's own."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import openanpr.wire.ids


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
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
                ("kind", models.TextField()),
                ("subject", models.UUIDField()),
                ("asked_person", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("state", models.TextField()),
                ("due_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "oversight_question",
            },
        ),
        migrations.CreateModel(
            name="Finding",
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
                ("kind", models.TextField(default="")),
                ("subject", models.UUIDField(null=True)),
                ("subject_person", models.TextField(default="")),
                ("title", models.TextField()),
                ("grade", models.TextField()),
                ("owner_person", models.TextField()),
                ("raised_at", models.DateTimeField()),
                ("state", models.TextField()),
                ("due_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="oversight.question",
                    ),
                ),
            ],
            options={
                "db_table": "oversight_finding",
            },
        ),
        migrations.CreateModel(
            name="Review",
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
                ("kind", models.TextField()),
                ("subject", models.UUIDField()),
                ("subject_person", models.TextField()),
                ("reviewer_person", models.TextField()),
                ("reviewed_at", models.DateTimeField()),
                ("outcome", models.TextField()),
                ("note", models.TextField(default="")),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "oversight_review",
            },
        ),
        migrations.CreateModel(
            name="Sample",
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
                ("drawn_at", models.DateTimeField()),
                ("period_from", models.DateTimeField()),
                ("period_to", models.DateTimeField()),
                ("method", models.TextField()),
                ("seed", models.TextField()),
                ("size", models.IntegerField()),
                ("population", models.IntegerField()),
                ("rules", models.TextField()),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "oversight_sample",
            },
        ),
        migrations.CreateModel(
            name="Pick",
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
                ("run_id", models.UUIDField()),
                ("position", models.IntegerField()),
                ("score", models.IntegerField()),
                ("risks", models.JSONField()),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="picks",
                        to="oversight.sample",
                    ),
                ),
            ],
            options={
                "db_table": "oversight_pick",
            },
        ),
        migrations.CreateModel(
            name="OversightStep",
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
                ("flow", models.TextField()),
                ("subject", models.UUIDField()),
                ("sequence", models.IntegerField()),
                ("move", models.TextField()),
                ("source", models.TextField(null=True)),
                ("target", models.TextField()),
                ("person_id", models.TextField()),
                ("at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("due_at", models.DateTimeField(null=True)),
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
                "db_table": "oversight_step",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("flow", "subject", "sequence"), name="oversight_step_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonVehicle",
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
                ("person_id", models.TextField(db_index=True)),
                ("vrm", models.TextField(db_collation="C")),
                ("canonical", models.TextField(db_collation="C")),
                ("source", models.TextField()),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "person_vehicle",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person_id", "canonical"), name="person_vehicle_once"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["asked_person"], name="oversight_question_of"),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("grade__in", ["learning", "breach", "serious"])),
                name="oversight_finding_grade",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                fields=("kind", "subject"), name="oversight_review_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("reviewer_person", models.F("subject_person")), _negated=True),
                name="oversight_review_not_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["search", "entry"]),
                    ("outcome__in", ["in-order", "asked", "finding"]),
                ),
                name="oversight_review_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="sample",
            constraint=models.CheckConstraint(
                condition=models.Q(("method__in", ["random", "risk"])),
                name="oversight_sample_method",
            ),
        ),
        migrations.AddConstraint(
            model_name="pick",
            constraint=models.UniqueConstraint(
                fields=("sample", "run_id"), name="oversight_pick_once"
            ),
        ),
    ]
