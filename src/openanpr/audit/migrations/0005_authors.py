"""Processes in which no person acts cannot write the audit in a person's name.

The doors of cameras and of other forces are the likeliest to be broken into. Whoever takes one over
could otherwise lay a search, or a sign-in, at an officer's door.
"""

from django.db import migrations

FORWARD = """
create function audit_event_authors() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp as $body$
begin
    if new.actor_kind <> 'system' and new.written_by in (
        'openanpr_ingest', 'openanpr_live', 'openanpr_worker', 'openanpr_rematch',
        'openanpr_federation', 'openanpr_retention'
    ) then
        raise exception 'no person acts in the process %', new.written_by
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$body$;
create trigger audit_event_authors before insert on audit_event
    for each row execute function audit_event_authors();
"""

BACKWARD = """
drop trigger audit_event_authors on audit_event;
drop function audit_event_authors();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_roots")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
