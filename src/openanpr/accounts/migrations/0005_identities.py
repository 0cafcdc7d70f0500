"""Accounts linked to the identities of the force's own sign-in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_proposals"),
    ]

    operations = [
        migrations.AddField(
            model_name="accountproposal",
            name="identity",
            field=models.CharField(blank=True, default="", max_length=255),
        ),
        migrations.AlterField(
            model_name="accountproposal",
            name="act",
            field=models.CharField(
                choices=[
                    ("role", "Role"),
                    ("link", "Link"),
                    ("second-factor", "Second factor"),
                    ("identity", "Identity"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="LinkedIdentity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("issuer", models.CharField(max_length=300)),
                ("subject", models.CharField(max_length=255)),
                ("linked_by", models.CharField(max_length=60)),
                ("linked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identities",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "linked_identity",
                "ordering": ("user_id", "-linked_at"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("issuer", "subject"),
                        name="linked_identity_one_account",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("user",),
                        name="linked_identity_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject", ""), _negated=True),
                            models.Q(("issuer", ""), _negated=True),
                        ),
                        name="linked_identity_named",
                    ),
                ],
            },
        ),
    ]
