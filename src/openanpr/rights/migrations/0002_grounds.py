"""The web process opens a live search for a request only for what the audit says was allowed."""

from django.db import migrations

_TRIGGERS = ("live_search_grounds", "live_search_reach", "live_search_held_grounds")

# A live search for an investigation is judged as before; one for a request by its own function.
_AGAIN = """
drop trigger {name} on live_search;
create trigger {name} before insert on live_search
    for each row when (session_user = 'openanpr_web'{further}) execute function {name}();
"""

GROUNDS = """
create function live_search_request_grounds() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
    asked audit_event;
begin
    select e.* into asked
    from audit_event e
    join account a on a.id = new.account and a.person_id = e.actor_person
    join information_request r on r.id = new.request and r.officer_id = new.account
    where e.payload ? 'live_search_ids'
      and e.payload -> 'live_search_ids' ? new.id::text
      and e.verb = 'request.search'
      and e.subject = 'request:' || new.request::text
      and e.decision = 'allow'
      and e.recorded_at > clock_timestamp() - interval '1 minute'
      and r.state not in ('replied', 'withdrawn')
      and r.identified_on is not null;
    if not found then
        raise exception 'a live search for a request needs an audited decision of this minute'
            using errcode = 'insufficient_privilege';
    end if;
    if cardinality(new.vrms) is distinct from 1
        or new.pattern is not null or new.near is not null or new.held
        or new.window_from is not null
        or new.expires_at > clock_timestamp() + interval '2 minutes'
        or not exists (
            select from jsonb_array_elements(asked.payload -> 'parts') part
            join information_request_vehicle v
              on v.id = (part ->> 'vehicle')::uuid and v.request_id = new.request
             and v.removed_at is null and v.vrm = new.vrms[1]
            where (part ->> 'allowed')::boolean
              and (part ->> 'from')::timestamptz <= new.period_from
              and (part ->> 'to')::timestamptz >= new.period_to
              and v.kept_from <= (new.period_from + interval '14 hours')::date
              and v.kept_to >= (new.period_to - interval '14 hours')::date)
    then
        raise exception 'a live search for a request reaches its checked vehicles alone'
            using errcode = 'insufficient_privilege';
    end if;
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

create trigger live_search_request_grounds before insert on live_search
    for each row when (session_user = 'openanpr_web' and new.request is not null)
    execute function live_search_request_grounds();
"""

FORWARD = (
    "".join(_AGAIN.format(name=name, further=" and new.request is null") for name in _TRIGGERS)
    + GROUNDS
)
BACKWARD = (
    "drop trigger live_search_request_grounds on live_search;"
    "drop function live_search_request_grounds();"
    + "".join(_AGAIN.format(name=name, further="") for name in _TRIGGERS)
)


class Migration(migrations.Migration):
    dependencies = [
        ("rights", "0001_initial"),
        ("search", "0006_held_grounds"),
        ("reads", "0007_live_search_of_request"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
