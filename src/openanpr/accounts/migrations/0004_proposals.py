"""Acts on accounts that one person proposes and another confirms."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import openanpr.wire.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_professional_standards"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountProposal",
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
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("role", "Role"),
                            ("link", "Link"),
                            ("second-factor", "Second factor"),
                        ],
                        max_length=20,
                    ),
                ),
                ("subject_person", models.CharField(max_length=60)),
                ("role", models.CharField(blank=True, default="", max_length=40)),
                ("reason", models.TextField()),
                ("proposed_by", models.CharField(max_length=60)),
                ("proposer_name", models.CharField(max_length=120)),
                ("proposed_at", models.DateTimeField()),
                ("state", models.CharField(default="proposed", max_length=10)),
                ("answered_by", models.CharField(default="", max_length=60)),
                ("answerer_name", models.CharField(default="", max_length=120)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(default="")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "account_proposal",
                "ordering": ("-proposed_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "confirmed", "refused", "withdrawn"])
                        ),
                        name="account_proposal_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proposed_by", ""), _negated=True),
                            models.Q(("subject_person", models.F("proposed_by")), _negated=True),
                            models.Q(("subject_person", models.F("answered_by")), _negated=True),
                        ),
                        name="account_proposal_not_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "confirmed"), _negated=True),
                            models.Q(
                                models.Q(("answered_by", models.F("proposed_by")), _negated=True),
                                models.Q(("answered_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="account_proposal_four_eyes",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("user", "act", "role"),
                        name="account_proposal_open_once",
                    ),
                ],
            },
        ),
    ]
