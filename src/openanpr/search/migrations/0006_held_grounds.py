"""A live search of held reads needs a decision that named the part of the period past retention."""

from django.db import migrations

FORWARD = """
create function live_search_held_grounds() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
    if not exists (
        select from audit_event e, jsonb_array_elements(e.payload -> 'parts') part
        where e.payload ? 'live_search_ids' and e.payload -> 'live_search_ids' ? new.id::text
          and e.verb = 'search.run'
          and (part ->> 'allowed')::boolean
          and (coalesce(part ->> 'band', '') = 'held-past-retention') = new.held
          and (part ->> 'from')::timestamptz <= new.period_from
          and (part ->> 'to')::timestamptz >= new.period_to
    ) then
        raise exception 'a live search sees held reads only where its audited decision says so'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$body$;

create trigger live_search_held_grounds before insert on live_search
    for each row when (session_user = 'openanpr_web')
    execute function live_search_held_grounds();
"""

BACKWARD = """
drop trigger live_search_held_grounds on live_search;
drop function live_search_held_grounds();
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0005_saved"), ("reads", "0005_reads_held")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
