"""How much came, and what came with it."""

from django.db import migrations, models

import openanpr.wire.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="PostboxFile",
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
                ("about", models.TextField(db_index=True)),
                ("name", models.TextField()),
                ("kind", models.TextField()),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.TextField()),
                ("sealed", models.BinaryField()),
                ("received_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "postbox_file",
            },
        ),
        migrations.CreateModel(
            name="PostboxCount",
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
                ("purpose", models.TextField()),
                ("hour", models.DateTimeField()),
                ("source", models.TextField(blank=True)),
                ("forms", models.PositiveIntegerField(default=0)),
            ],
            options={
                "db_table": "postbox_count",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("purpose", "hour", "source"), name="postbox_count_source"
                    )
                ],
            },
        ),
    ]
