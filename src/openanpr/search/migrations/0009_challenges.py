"""Signs of misuse of a search and what was said to them; whose reads it showed."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0008_kinds_of_analysis"),
    ]

    operations = [
        migrations.AddField(
            model_name="searchrun",
            name="answers",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="searchrun",
            name="explanation",
            field=models.TextField(db_default=""),
        ),
        migrations.AddField(
            model_name="searchrun",
            name="shown_of",
            field=models.JSONField(db_default={}),
        ),
        migrations.AddField(
            model_name="searchrun",
            name="signs",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), db_default=[], size=None
            ),
        ),
    ]
