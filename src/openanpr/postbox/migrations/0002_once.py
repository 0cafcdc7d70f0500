"""Forms that were dealt with, so that none is twice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("postbox", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PostboxSent",
            fields=[
                ("form_id", models.UUIDField(primary_key=True, serialize=False)),
                ("answer", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "postbox_sent",
            },
        ),
    ]
