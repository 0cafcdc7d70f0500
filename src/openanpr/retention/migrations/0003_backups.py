"""The register of backups: when each was made, when it expires, when it was destroyed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("retention", "0002_holds")]
    operations = [
        migrations.CreateModel(
            name="BackupMade",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("place", models.TextField()),
                ("removed_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "backup_made"},
        ),
    ]
