"""Investigations, teams, requests for authorisation and grants."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import openanpr.wire.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("audit", "0001_initial"),
        ("forces", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Investigation",
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
                ("category", models.TextField()),
                ("title", models.TextField()),
                ("justification", models.TextField()),
                ("state", models.TextField(default="open")),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("period_from", models.DateTimeField(null=True)),
                ("period_to", models.DateTimeField(null=True)),
                (
                    "vrms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), null=True, size=None
                    ),
                ),
                (
                    "camera_areas",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), null=True, size=None
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        db_column="force",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forces.force",
                        to_field="code",
                    ),
                ),
                (
                    "officer_in_charge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "investigation",
            },
        ),
        migrations.CreateModel(
            name="AuthorisationRequest",
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
                ("requester_unit", models.TextField()),
                ("requested_at", models.DateTimeField()),
                ("necessity", models.TextField()),
                ("proportionality", models.TextField()),
                ("period_from", models.DateTimeField()),
                ("period_to", models.DateTimeField()),
                (
                    "vrms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), null=True, size=None
                    ),
                ),
                ("days", models.PositiveSmallIntegerField()),
                ("state", models.TextField(default="asked")),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_reason", models.TextField(default="")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requested_by",
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
                        related_name="requests",
                        to="investigations.investigation",
                    ),
                ),
            ],
            options={
                "db_table": "authorisation_request",
            },
        ),
        migrations.CreateModel(
            name="AuthorisationGrant",
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
                ("granted_by_person", models.TextField()),
                ("requested_by_person", models.TextField()),
                ("authoriser_rank", models.TextField()),
                ("authoriser_unit", models.TextField()),
                ("requester_unit", models.TextField()),
                ("period_from", models.DateTimeField()),
                ("period_to", models.DateTimeField()),
                (
                    "vrms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), null=True, size=None
                    ),
                ),
                ("valid_from", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("reason", models.TextField()),
                (
                    "granted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="granted",
                        to="investigations.authorisationrequest",
                    ),
                ),
                (
                    "investigation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="investigations.investigation",
                    ),
                ),
            ],
            options={
                "db_table": "authorisation_grant",
            },
        ),
        migrations.CreateModel(
            name="InvestigationMember",
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
                        related_name="members",
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
                "db_table": "investigation_member",
            },
        ),
        migrations.AddConstraint(
            model_name="investigation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "closed"])), name="investigation_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="investigation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "category__in",
                        [
                            "other-legitimate",
                            "priority-and-volume",
                            "serious",
                            "major",
                            "counter-terrorism",
                        ],
                    )
                ),
                name="investigation_category",
            ),
        ),
        migrations.AddConstraint(
            model_name="investigation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reference", ""), _negated=True),
                    models.Q(("title", ""), _negated=True),
                    models.Q(("justification", ""), _negated=True),
                ),
                name="investigation_said_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("period_from__lt", models.F("period_to"))),
                name="authorisation_request_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("necessity", ""), _negated=True),
                    models.Q(("proportionality", ""), _negated=True),
                ),
                name="authorisation_request_said_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisationrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "granted", "refused"])),
                name="authorisation_request_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisationgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted_by_person", models.F("requested_by_person")), _negated=True
                ),
                name="authorisation_grant_four_eyes",
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisationgrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period_from__lt", models.F("period_to")),
                    ("valid_from__lt", models.F("expires_at")),
                ),
                name="authorisation_grant_periods",
            ),
        ),
        migrations.AddConstraint(
            model_name="investigationmember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at", None)),
                fields=("investigation", "user"),
                name="investigation_member_once",
            ),
        ),
    ]
