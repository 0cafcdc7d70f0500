"""A live search can name windows of time, part of a mark, or a mark whose misreads are wanted."""

import django.contrib.postgres.fields
from django.db import migrations, models

FUNCTIONS = """
create function search_windows() returns tstzmultirange
language sql stable parallel safe security definer
set search_path = pg_catalog, public, pg_temp as $$
    select case when l.window_from is not null then coalesce((
        select range_agg(tstzrange(w.f, w.t)) from unnest(l.window_from, l.window_to) w (f, t)), '{}')
        end
    from public.live_search l
    where l.id = nullif(current_setting('openanpr.search_id', true), '')::uuid
      and l.expires_at > now()
$$;
-- Every text that one character changed, left out or put in makes of a mark (itself too): what is
-- probed is exact, so no index for similarity is needed.
create function marks_around(mark text) returns setof text
language sql immutable parallel safe set search_path = pg_catalog, pg_temp as $$
    with symbol as (
        select unnest(string_to_array('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', null)) as c
    )
    select overlay(mark placing c from i for 1) from generate_series(1, length(mark)) i, symbol
    union
    select overlay(mark placing '' from i for 1) from generate_series(1, length(mark)) i
    where length(mark) > 1
    union
    select overlay(mark placing c from i for 0) from generate_series(1, length(mark) + 1) i, symbol
$$;
"""

# vrm_seen has no policy, which would bar its trigram index: this function is its only door. What it
# looks for stands in the live search, and no mark's times leave it beyond the allowed period. The
# pattern goes into the statement as a constant, so that a prefix can be a range.
MARKS_SEEN = """
create function marks_seen(at_most integer)
returns table (vrm text, first_seen timestamptz, last_seen timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    live public.live_search;
    wanted text;
begin
    select l.* into live from public.live_search l
    where l.id = nullif(current_setting('openanpr.search_id', true), '')::uuid
      and l.expires_at > now();
    if live.pattern is not null then
        wanted := format('s.vrm like %L', translate(live.pattern, '?*', '_%'));
    elsif live.near is not null then
        wanted := format(
            's.vrm = any (%L::text[])', (select array_agg(a) from public.marks_around(live.near) a));
    else
        return;
    end if;
    return query execute format(
        'select s.vrm, greatest(s.first_seen, $1), least(s.last_seen, $2) from public.vrm_seen s '
        'where %s and s.last_seen >= $1 and s.first_seen < $2 '
        'and ($3 is null or s.vrm = any ($3)) '
        'order by s.last_seen desc, s.vrm limit least($4, 10000)', wanted)
    using live.period_from, live.period_to, live.vrms, at_most;
end
$$;
drop function marks_seen_like(text, integer);
"""

POLICY = """
drop policy reads_searched on reads;
create policy reads_searched on reads for select to openanpr_search using (
    captured_at >= (select search_from())
    and captured_at < (select search_to())
    and ((select search_vrms()) is null or vrm = any ((select search_vrms())::text[]))
    and ((select search_cameras()) is null
         or camera_id = any ((select search_cameras())::integer[]))
    and ((select search_windows()) is null or captured_at <@ (select search_windows()))
);
"""

UNDO = """
drop policy reads_searched on reads;
create policy reads_searched on reads for select to openanpr_search using (
    captured_at >= (select search_from())
    and captured_at < (select search_to())
    and ((select search_vrms()) is null or vrm = any ((select search_vrms())::text[]))
    and ((select search_cameras()) is null
         or camera_id = any ((select search_cameras())::integer[]))
);
drop function marks_seen(integer);
drop function marks_around(text);
drop function search_windows();
create function marks_seen_like(pattern text, at_most integer) returns setof text
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    period_from timestamptz := search_from();
    period_to timestamptz := search_to();
    allowed text[] := search_vrms();
begin
    if period_from is null then
        return;
    end if;
    return query
        select seen.vrm from public.vrm_seen seen
        where seen.vrm like pattern
          and seen.last_seen >= period_from and seen.first_seen < period_to
          and (allowed is null or seen.vrm = any (allowed))
        order by seen.vrm
        limit least(at_most, 10000);
end
$$;
"""


def _times() -> django.contrib.postgres.fields.ArrayField:
    return django.contrib.postgres.fields.ArrayField(
        base_field=models.DateTimeField(), null=True, size=None
    )


class Migration(migrations.Migration):
    dependencies = [("reads", "0002_picture_ages")]
    operations = [
        migrations.RunSQL("set local lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField("livesearch", "pattern", models.TextField(null=True)),
        migrations.AddField("livesearch", "near", models.TextField(null=True)),
        migrations.AddField("livesearch", "window_from", _times()),
        migrations.AddField("livesearch", "window_to", _times()),
        migrations.RunSQL(FUNCTIONS + MARKS_SEEN + POLICY, UNDO),
    ]
