"""A live search is for an investigation, or for an information request."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reads", "0006_second_readings")]
    operations = [
        migrations.RunSQL("set local lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField("livesearch", "request", models.UUIDField(null=True)),
        migrations.AlterField("livesearch", "investigation", models.UUIDField(null=True)),
        migrations.AddConstraint(
            "livesearch",
            models.CheckConstraint(
                condition=models.Q(("investigation", None), ("request", None), _connector="XOR"),
                name="live_search_for_one",
            ),
        ),
    ]
