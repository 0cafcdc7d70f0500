"""A live search asks for no marks, windows or places but those of its audited question.

Before, only the kinds that look for marks were held to the pattern that the audit knows, and the
windows of scenes and of company were believed: whoever could write as the web process got, with one
audited look for company, every read of its period.
"""

from django.db import migrations

FORWARD = """
create function live_search_bounds() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $body$
declare
    asked jsonb;
    kind text;
    bound boolean;
begin
    select e.payload into asked
    from public.audit_event e
    where e.payload ? 'live_search_ids' and e.payload -> 'live_search_ids' ? new.id::text
      and e.verb = 'search.run'
    order by e.sequence desc limit 1;
    kind := coalesce(asked ->> 'kind', 'mark');
    bound := (new.pattern is null or kind = 'part')
        and (new.near is null or kind = 'near')
        and (kind not in ('place', 'common')
             or coalesce(jsonb_typeof(asked -> 'camera_ids'), '') = 'array')
        and (new.window_from is null) = (new.window_to is null)
        and not exists (
            select from unnest(new.window_from, new.window_to) w (f, t)
            where f is null or t is null or f > t);
    if bound and kind = 'common' then
        bound := live_search_spans(new.window_from, new.window_to) <@ coalesce((
            select range_agg(tstzrange(
                (s ->> 'from')::timestamptz, (s ->> 'to')::timestamptz))
            from jsonb_array_elements(asked -> 'scenes') s), '{}');
    elsif bound and kind = 'convoy'
            and new.vrms is distinct from array[asked ->> 'companions_of'] then
        bound := live_search_company(
            new.window_from, new.window_to, new.camera_ids, asked ->> 'companions_of',
            make_interval(secs => (asked ->> 'within_seconds')::integer));
    end if;
    if bound is not true then
        raise exception 'a live search cannot reach further than its audited decision'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$body$;

create function live_search_spans(starts timestamptz[], ends timestamptz[])
returns tstzmultirange
language sql immutable set search_path = pg_catalog, pg_temp as $body$
    select coalesce(range_agg(tstzrange(w.f, w.t)), '{}') from unnest(starts, ends) w (f, t)
$body$;

-- Each window lies around a read of the vehicle whose company is asked for, and each camera is one
-- that read it then. A cluster shows its owner no reads: there, windows are held to their width.
create function live_search_company(
    starts timestamptz[], ends timestamptz[], cameras integer[], mark text, around interval
) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $body$
declare
    passed integer[];
begin
    if cardinality(starts) > 500 or exists (
        select from unnest(starts, ends) w (f, t)
        where w.t > w.f + 2 * around + interval '1 microsecond'
    ) then
        return false;
    end if;
    if to_regclass('public.live_search_everywhere') is not null then
        return true;
    end if;
    if exists (
        select from unnest(starts) f where not exists (
            select from public.reads r where r.vrm = mark and r.captured_at = f + around
        ) and not exists (
            select from public.reads_held h where h.vrm = mark and h.captured_at = f + around)
    ) then
        return false;
    end if;
    select array_agg(s.camera_id) into passed from (
        select r.camera_id from unnest(starts) f
        join public.reads r on r.vrm = mark and r.captured_at = f + around
        union
        select h.camera_id from unnest(starts) f
        join public.reads_held h on h.vrm = mark and h.captured_at = f + around
    ) s;
    return coalesce(cameras, '{}') <@ coalesce(passed, '{}');
end
$body$;

create trigger live_search_bounds before insert on live_search
    for each row when (session_user = 'openanpr_web') execute function live_search_bounds();
"""

BACKWARD = """
drop trigger live_search_bounds on live_search;
drop function live_search_bounds();
drop function live_search_company(timestamptz[], timestamptz[], integer[], text, interval);
drop function live_search_spans(timestamptz[], timestamptz[]);
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0006_held_grounds")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
