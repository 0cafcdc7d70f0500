"""A live search also reaches no other mark than the audited one, and no covert camera unasked."""

from django.db import migrations

FORWARD = """
create function live_search_reach() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
    asked audit_event;
    mark text;
begin
    select e.* into asked
    from audit_event e
    where e.payload ? 'live_search_ids' and e.payload -> 'live_search_ids' ? new.id::text
      and e.verb = 'search.run'
    order by e.sequence desc limit 1;
    foreach mark in array coalesce(new.vrms, '{}') loop
        if mark is distinct from asked.payload ->> 'vrm' and not (
            coalesce((asked.payload ->> 'look_alikes')::boolean, false)
            and translate(mark, 'OI', '01') = translate(asked.payload ->> 'vrm', 'OI', '01')
        ) then
            raise exception 'a live search cannot reach further than its audited decision'
                using errcode = 'insufficient_privilege';
        end if;
    end loop;
    if not (select a.covert_right from account a where a.id = new.account) and exists (
        select from camera c join site s on s.id = c.site_id
        where s.sensitive and (new.camera_ids is null or c.id = any (new.camera_ids))
    ) then
        raise exception 'a live search cannot reach covert cameras without the right to them'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$body$;

create trigger live_search_reach before insert on live_search
    for each row when (session_user = 'openanpr_web') execute function live_search_reach();
"""

BACKWARD = """
drop trigger live_search_reach on live_search;
drop function live_search_reach();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_grounds"),
        ("accounts", "0001_initial"),
        ("cameras", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
