"""Proposed changes of the profile, each answered by another person."""

from django.db import migrations, models

import openanpr.wire.ids


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="ProfileProposal",
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
                ("label", models.TextField()),
                ("toml", models.TextField()),
                ("digest", models.TextField()),
                ("takes_effect_at", models.DateTimeField()),
                ("reason", models.TextField()),
                ("proposed_by", models.TextField()),
                ("proposer_name", models.TextField()),
                ("proposed_at", models.DateTimeField()),
                ("state", models.TextField(default="proposed")),
                ("answered_by", models.TextField(default="")),
                ("answerer_name", models.TextField(default="")),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(default="")),
            ],
            options={
                "db_table": "profile_proposal",
                "ordering": ("-proposed_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            state__in=["proposed", "confirmed", "refused", "withdrawn"]
                        ),
                        name="profile_proposal_state",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(state="confirmed")
                        | (
                            ~models.Q(answered_by=models.F("proposed_by"))
                            & ~models.Q(answered_by="")
                        ),
                        name="profile_proposal_four_eyes",
                    ),
                ],
            },
        ),
    ]
