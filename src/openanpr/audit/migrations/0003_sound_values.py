"""Values that every checker can put into the canonical form, whatever a process sends."""

from django.db import migrations

FORWARD = """
alter table audit_event
    add constraint audit_event_times check (
        at >= '1900-01-01T00:00:00Z' and at < '3000-01-01T00:00:00Z'
        and recorded_at >= '2000-01-01T00:00:00Z' and recorded_at < '3000-01-01T00:00:00Z'
    ),
    add constraint audit_event_reasons check (
        array_position(reasons, null) is null and coalesce(array_ndims(reasons), 1) = 1
    );
"""
BACKWARD = """
alter table audit_event
    drop constraint audit_event_times,
    drop constraint audit_event_reasons;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_subject_index")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
