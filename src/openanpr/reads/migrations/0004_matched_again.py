"""What may be matched again: the reads of the last hour, by a role that does nothing else."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reads", "0003_kinds_of_search")]

    operations = [
        migrations.RunSQL(
            "create policy reads_matched_again on reads for select to openanpr_rematch "
            "using (captured_at >= now() - interval '60 minutes')",
            "drop policy reads_matched_again on reads",
        )
    ]
