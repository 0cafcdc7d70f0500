"""Audit rows that ingest owes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ingest", "0003_receipts"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditOwed",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("event", models.JSONField()),
            ],
            options={
                "db_table": "ingest_audit_owed",
            },
        ),
    ]
