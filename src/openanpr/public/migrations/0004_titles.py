"""A page has a title of its own in each language."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("public", "0003_more_figures"),
    ]

    operations = [
        migrations.AddField(
            model_name="publictext",
            name="title",
            field=models.TextField(blank=True, db_default=""),
        ),
    ]
