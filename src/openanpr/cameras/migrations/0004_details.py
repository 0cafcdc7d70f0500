"""What carries a camera, its lanes and view, whose it is and who shares its reads."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_identities"),
        ("cameras", "0003_authority"),
    ]

    operations = [
        migrations.AddField(
            model_name="camera",
            name="carrier",
            field=models.TextField(default="fixed"),
        ),
        migrations.AddField(
            model_name="camera",
            name="lanes",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="camera",
            name="owner",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="camera",
            name="shared_with",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="camera",
            name="view",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.RunSQL(
            "update camera set carrier = 'in-vehicle' where patrol_vehicle_id is not null",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="camera",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("carrier", "in-vehicle"), ("patrol_vehicle__isnull", False)),
                    models.Q(("carrier__in", ["fixed", "portable"]), ("site__isnull", False)),
                    _connector="OR",
                ),
                name="camera_carrier_fits",
            ),
        ),
    ]
