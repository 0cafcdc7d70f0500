from django.db import migrations

# What a hit takes from an entry when it is raised: that of one entry whose id is known, and no way
# to list them. Its list's share, its period and its mark come from the snapshot that matched.
COPY = """
create function hotlist_entry_copy(wanted uuid) returns jsonb
language sql stable strict security definer set search_path = pg_catalog, public as $$
    select jsonb_build_object(
        'make', make, 'model', model, 'colour', colour, 'action', action,
        'warning_markers', to_jsonb(warning_markers), 'reason', reason,
        'information', information, 'force_area', force_area, 'reference', reference,
        'grading', grading, 'marking', marking, 'owner', owner, 'match_as', match_as,
        'covert', covert,
        'entry_made_at', to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    )
    from hotlist_entry where id = wanted
$$
"""


class Migration(migrations.Migration):
    dependencies = [("hotlists", "0004_matching")]

    operations = [migrations.RunSQL(COPY, "drop function hotlist_entry_copy(uuid)")]
