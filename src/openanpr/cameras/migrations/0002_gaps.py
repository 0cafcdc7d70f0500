"""When cameras were not watching: kept once each gap is over."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cameras", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="CameraGap",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("kind", models.TextField()),
                (
                    "camera",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="gaps",
                        to="cameras.camera",
                    ),
                ),
            ],
            options={
                "db_table": "camera_gap",
                "indexes": [
                    models.Index(fields=["camera", "starts_at"], name="camera_gap_by_camera")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["silent", "not-live"])),
                        name="camera_gap_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="camera_gap_forward",
                    ),
                ],
            },
        ),
    ]
