"""One-time links, codes given once, and the ends of postings and vetting."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code_digest", models.CharField(max_length=64, unique=True)),
                ("made_by", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "enrolment",
                "ordering": ("user_id", "-made_at"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(expires_at__gt=models.F("made_at")),
                        name="enrolment_period_forward",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(ended_at__isnull=True),
                        fields=("user",),
                        name="enrolment_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UsedCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code_digest", models.CharField(max_length=64)),
                ("used_at", models.DateTimeField(db_index=True)),
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
                "db_table": "used_code",
                "constraints": [
                    models.UniqueConstraint(fields=("user", "code_digest"), name="used_code_once")
                ],
            },
        ),
        migrations.AddField(
            "user", "vetting_expires_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField("user", "posting_ends_at", models.DateTimeField(blank=True, null=True)),
    ]
