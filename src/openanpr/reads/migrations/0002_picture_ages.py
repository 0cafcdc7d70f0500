"""A picture knows the newest capture that names it, and so when the last read of it has expired."""

import django.db.models.functions.datetime
from django.db import migrations, models

# Pictures from before this version count from when they were asked for.
FILL = "update read_image set last_captured_at = asked_at"


class Migration(migrations.Migration):
    dependencies = [("reads", "0001_initial")]
    operations = [
        migrations.RunSQL("set local lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField(
            "readimage",
            "last_captured_at",
            models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            "readimage", models.Index(fields=["last_captured_at"], name="read_image_by_age")
        ),
        migrations.AddIndex(
            "readimage", models.Index(fields=["stored_sha256"], name="read_image_by_file")
        ),
    ]
