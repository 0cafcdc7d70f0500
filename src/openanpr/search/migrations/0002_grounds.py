"""The web process opens a live search only for what the audit says was allowed, a moment ago."""

from django.db import migrations

FORWARD = """
create index audit_event_live_searches on audit_event using gin ((payload -> 'live_search_ids'))
    where payload ? 'live_search_ids';

create function live_search_grounds() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
    asked audit_event;
begin
    select e.* into asked
    from audit_event e
    join account a on a.id = new.account and a.person_id = e.actor_person
    join investigation i on i.id = new.investigation and i.reference = e.investigation
    where e.payload ? 'live_search_ids'
      and e.payload -> 'live_search_ids' ? new.id::text
      and e.verb = 'search.run'
      and e.decision in ('allow', 'partial')
      and e.recorded_at > clock_timestamp() - interval '1 minute'
      and i.state = 'open'
      and exists (
          select from investigation_member m join account b on b.id = m.user_id
          where m.investigation_id = i.id and m.removed_at is null and b.person_id = a.person_id
      );
    if not found then
        raise exception 'a live search needs an audited decision of this minute'
            using errcode = 'insufficient_privilege';
    end if;
    if not exists (
        select from jsonb_array_elements(asked.payload -> 'parts') part
        where (part ->> 'allowed')::boolean
          and (part ->> 'from')::timestamptz <= new.period_from
          and (part ->> 'to')::timestamptz >= new.period_to
    ) or new.vrms is null or new.expires_at > clock_timestamp() + interval '2 minutes' then
        raise exception 'a live search cannot reach further than its audited decision'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$body$;

create trigger live_search_grounds before insert on live_search
    for each row when (session_user = 'openanpr_web') execute function live_search_grounds();

create function live_search_only_ends() returns trigger language plpgsql as $body$
begin
    if new.expires_at > old.expires_at then
        raise exception 'a live search can be ended, not lengthened'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$body$;

create trigger live_search_only_ends before update on live_search
    for each row execute function live_search_only_ends();
"""

BACKWARD = """
drop trigger live_search_only_ends on live_search;
drop function live_search_only_ends();
drop trigger live_search_grounds on live_search;
drop function live_search_grounds();
drop index audit_event_live_searches;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
        ("reads", "0001_initial"),
        ("audit", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
