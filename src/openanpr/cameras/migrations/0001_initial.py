import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import openanpr.wire.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("forces", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Site",
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
                ("code", models.TextField(unique=True)),
                ("name", models.TextField()),
                ("area_name", models.TextField()),
                ("latitude", models.FloatField()),
                ("longitude", models.FloatField()),
                ("sensitive", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "site",
            },
        ),
        migrations.CreateModel(
            name="PatrolVehicle",
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
                ("callsign", models.TextField(unique=True)),
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
                "db_table": "patrol_vehicle",
            },
        ),
        migrations.CreateModel(
            name="Camera",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("feed_id", models.IntegerField()),
                ("source_id", models.IntegerField()),
                ("camera_number", models.IntegerField()),
                ("direction", models.TextField(blank=True, default="")),
                ("area_name", models.TextField()),
                ("state", models.TextField(default="proposed")),
                ("state_reason", models.TextField(blank=True, default="")),
                (
                    "state_changed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("last_heard_at", models.DateTimeField(null=True)),
                ("clock_offset_ms", models.FloatField(null=True)),
                ("fault", models.TextField(blank=True, default="")),
                (
                    "device_credential",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cameras",
                        to="accounts.devicecredential",
                    ),
                ),
                (
                    "patrol_vehicle",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cameras",
                        to="cameras.patrolvehicle",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cameras",
                        to="cameras.site",
                    ),
                ),
            ],
            options={
                "db_table": "camera",
                "ordering": ["feed_id", "source_id", "camera_number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("feed_id", "source_id", "camera_number"),
                        name="camera_wire_identity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("patrol_vehicle__isnull", True), ("site__isnull", False)),
                            models.Q(("patrol_vehicle__isnull", False), ("site__isnull", True)),
                            _connector="OR",
                        ),
                        name="camera_stands_or_rides",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "approved", "live", "suspended", "retired"])
                        ),
                        name="camera_state_known",
                    ),
                ],
            },
        ),
    ]
