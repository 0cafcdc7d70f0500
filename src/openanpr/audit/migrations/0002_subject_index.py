"""Finding the rows about one subject: a search with its result, an alert with its outcome."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "create index audit_event_subject on audit_event (subject, sequence) "
            "where subject <> ''",
            "drop index audit_event_subject",
        )
    ]
