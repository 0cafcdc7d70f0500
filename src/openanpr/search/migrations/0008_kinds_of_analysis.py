"""Searches of analysis: how far the live searches of the kinds that came later reach.

Scenes are compared with the same hours of the days before that the audited question names. Company
is weighed by a third look: at marks that were near the vehicle, half an hour around its passes.
"""

from importlib import import_module

from django.db import migrations

_REACH = import_module("openanpr.search.migrations.0004_kinds").REACH
_BOUNDS = import_module("openanpr.search.migrations.0007_bounds").FORWARD
REACH_BEFORE = _REACH[
    _REACH.index("create or replace function live_search_reach") : _REACH.index(
        "create function live_search_named"
    )
]
_BOUNDS_BEFORE = _BOUNDS[
    _BOUNDS.index("create function live_search_bounds") : _BOUNDS.index(
        "create function live_search_spans"
    )
]
BOUNDS_BEFORE = _BOUNDS_BEFORE.replace("create function", "create or replace function", 1)

_WHEN = {
    "case kind\n": "case\n",
    "when 'mark' then": "when kind in ('mark', 'movements', 'clones', 'onward') then",
    "when 'marks' then": "when kind in ('marks', 'linked') then",
    "when 'place' then": "when kind in ('place', 'route') then",
    **{
        f"when '{kind}' then": f"when kind = '{kind}' then"
        for kind in ("part", "near", "common", "convoy")
    },
}


def _reach() -> str:
    text = REACH_BEFORE
    for before, after in _WHEN.items():
        if before not in text:
            raise ValueError(f"the function of 0004 has no {before!r}")
        text = text.replace(before, after)
    return text


BOUNDS = """
create or replace function live_search_bounds() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $body$
declare
    asked jsonb;
    kind text;
    within interval;
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
        and (kind not in ('place', 'common', 'route')
             or coalesce(jsonb_typeof(asked -> 'camera_ids'), '') = 'array')
        and (new.window_from is null) = (new.window_to is null)
        and not exists (
            select from unnest(new.window_from, new.window_to) w (f, t)
            where f is null or t is null or f > t);
    if bound and kind = 'common' then
        bound := live_search_spans(new.window_from, new.window_to) <@ coalesce((
            select range_agg(tstzrange(
                (s ->> 'from')::timestamptz - day * interval '24 hours',
                (s ->> 'to')::timestamptz - day * interval '24 hours'))
            from jsonb_array_elements(asked -> 'scenes') s,
                generate_series(0, least(coalesce((asked ->> 'days')::integer, 0), 28)) day), '{}');
    elsif bound and kind = 'convoy'
            and new.vrms is distinct from array[asked ->> 'companions_of'] then
        within := make_interval(secs => (asked ->> 'within_seconds')::integer);
        bound := live_search_company(
                new.window_from, new.window_to, new.camera_ids, asked ->> 'companions_of', within)
            or (live_search_company(
                    new.window_from, new.window_to, new.camera_ids, asked ->> 'companions_of',
                    interval '30 minutes')
                and live_search_companions(
                    new.vrms, new.window_from, new.camera_ids, interval '30 minutes', within));
    end if;
    if bound is not true then
        raise exception 'a live search cannot reach further than its audited decision'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$body$;

-- Whether these marks, a thousand at most, were all near the vehicle at one of its passes, each of
-- which lies so far behind the start of its window. A cluster shows its owner no reads: there, the
-- marks need only be named.
create function live_search_companions(
    vrms text[], starts timestamptz[], cameras integer[], around interval, within interval
) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $body$
declare
    near tstzmultirange;
begin
    if vrms is null or cardinality(vrms) > 1000 then
        return false;
    end if;
    if to_regclass('public.live_search_everywhere') is not null then
        return true;
    end if;
    select range_agg(tstzrange(f + around - within, f + around + within, '[]')) into near
    from unnest(starts) f;
    return not exists (
        select from unnest(vrms) v
        where not exists (
            select from public.reads r
            where r.vrm = v and r.camera_id = any (cameras) and r.captured_at <@ near
              and r.captured_at >= lower(near) and r.captured_at <= upper(near)
        ) and not exists (
            select from public.reads_held h
            where h.vrm = v and h.camera_id = any (cameras) and h.captured_at <@ near
        ));
end
$body$;
"""
FORWARD = _reach() + BOUNDS
BACKWARD = (
    REACH_BEFORE
    + BOUNDS_BEFORE
    + "drop function live_search_companions(text[], timestamptz[], integer[], interval, interval);"
)


class Migration(migrations.Migration):
    dependencies = [("search", "0007_bounds")]
    operations = [
        migrations.RunSQL("set local lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
