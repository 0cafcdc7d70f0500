"""Complaints, their steps, links, notes and letters."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import openanpr.wire.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("forces", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Complaint",
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
                ("reference", models.TextField(unique=True)),
                ("channel", models.TextField()),
                ("about", models.TextField()),
                ("text", models.TextField()),
                ("happened", models.TextField(blank=True)),
                ("said_vrm", models.TextField(blank=True)),
                ("wanted", models.TextField(blank=True)),
                ("name", models.TextField()),
                ("contact", models.TextField()),
                ("received_at", models.DateTimeField()),
                ("state", models.TextField()),
                ("due_at", models.DateTimeField(null=True)),
                ("answer_by", models.DateTimeField()),
                ("outcome", models.TextField(blank=True)),
                ("learning", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                (
                    "force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forces.force",
                    ),
                ),
            ],
            options={
                "db_table": "complaint",
            },
        ),
        migrations.CreateModel(
            name="ComplaintLink",
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
                ("why", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="complaints.complaint",
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
                "db_table": "complaint_link",
            },
        ),
        migrations.CreateModel(
            name="ComplaintNote",
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
                ("alert_id", models.UUIDField()),
                ("hotlist_id", models.UUIDField()),
                ("list_name", models.TextField()),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="complaints.complaint",
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
                "db_table": "complaint_note",
            },
        ),
        migrations.CreateModel(
            name="ComplaintStep",
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
                ("sequence", models.PositiveIntegerField()),
                ("move", models.TextField()),
                ("source", models.TextField(blank=True)),
                ("target", models.TextField()),
                ("person_id", models.TextField()),
                ("at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
                ("evidence", models.JSONField(default=dict)),
                ("due_at", models.DateTimeField(null=True)),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="complaints.complaint",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "complaint_step",
            },
        ),
        migrations.CreateModel(
            name="LetterText",
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
                ("body", models.TextField()),
                ("reason", models.TextField()),
                ("published_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "complaint_letter_text",
            },
        ),
        migrations.AddIndex(
            model_name="complaint",
            index=models.Index(fields=["force", "state", "due_at"], name="complaint_waiting"),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["received", "open", "with-standards", "answered", "withdrawn"])
                ),
                name="complaint_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel__in", ["online", "post", "email", "telephone", "counter"])
                ),
                name="complaint_channel",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintlink",
            constraint=models.UniqueConstraint(
                fields=("complaint", "kind", "subject"), name="complaint_link_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["read", "alert", "search"])),
                name="complaint_link_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaintstep",
            constraint=models.UniqueConstraint(
                fields=("complaint", "sequence"), name="complaint_step_once"
            ),
        ),
        migrations.AddIndex(
            model_name="lettertext",
            index=models.Index(fields=["kind", "-published_at"], name="complaint_letter_newest"),
        ),
        migrations.AddConstraint(
            model_name="lettertext",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["acknowledgement", "progress", "outcome"])),
                name="complaint_letter_kind",
            ),
        ),
    ]
