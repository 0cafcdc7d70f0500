"""Reads held for an investigation: a copy that outlives retention, seen by its own searches alone."""

from django.db import migrations, models

TABLE = """
create table reads_held (like reads);
alter table reads_held add column hold_id uuid not null;
alter table reads_held add column held_at timestamptz not null default now();
alter table reads_held add primary key (hold_id, vrm, captured_at, camera_id);
create index reads_held_mark on reads_held (vrm, captured_at);
create index reads_held_camera on reads_held (camera_id, captured_at);
create index reads_held_patch on reads_held (patch_hash) where patch_hash is not null;
create index reads_held_overview on reads_held (overview_hash) where overview_hash is not null;
"""

# A live search is either one of reads or one of held reads: the first sees nothing of the second's
# table, and the other way round. What these name is made by later migrations: hence plpgsql.
FUNCTIONS = """
create function search_held() returns boolean
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    return coalesce((
        select l.held from public.live_search l
        where l.id = nullif(current_setting('openanpr.search_id', true), '')::uuid
          and l.expires_at > now()), false);
end
$$;
create function search_holds() returns uuid[]
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    return (
        select array_agg(h.id) from public.live_search l
        join public.hold h on h.investigation_id = l.investigation and h.released_at is null
        where l.id = nullif(current_setting('openanpr.search_id', true), '')::uuid
          and l.expires_at > now() and l.held);
end
$$;
create function image_is_held(received bytea) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return exists (
        select from public.reads_held r
        join public.hold h on h.id = r.hold_id and h.released_at is null
        where r.patch_hash = received or r.overview_hash = received);
end
$$;
"""

POLICIES = """
create policy reads_not_held on reads as restrictive for select to openanpr_search
    using (not (select search_held()));
alter table reads_held enable row level security;
alter table reads_held force row level security;
create policy reads_held_searched on reads_held for select to openanpr_search using (
    hold_id = any ((select search_holds())::uuid[])
    and captured_at >= (select search_from())
    and captured_at < (select search_to())
    and ((select search_vrms()) is null or vrm = any ((select search_vrms())::text[]))
    and ((select search_cameras()) is null
         or camera_id = any ((select search_cameras())::integer[]))
    and ((select search_windows()) is null or captured_at <@ (select search_windows()))
);
create policy reads_held_marks on reads_held for select to openanpr_owner
    using ((select session_user) = 'openanpr_search'
           and hold_id = any ((select search_holds())::uuid[]));
-- FORCE binds the owner, as whom the functions below run, for whoever called them.
create policy reads_to_hold on reads for select to openanpr_owner
    using ((select session_user) = 'openanpr_web');
create policy reads_held_kept on reads_held for insert to openanpr_owner
    with check ((select session_user) = 'openanpr_web');
create policy reads_held_counted on reads_held for select to openanpr_owner
    using ((select session_user) in ('openanpr_web', 'openanpr_retention'));
create policy reads_held_ended on reads_held for delete to openanpr_owner
    using ((select session_user) = 'openanpr_retention'
           and exists (select from public.hold h
                       where h.id = hold_id and h.released_at is not null));
-- Rows are locked before they are removed, which PostgreSQL counts as changing them.
create policy reads_held_locked on reads_held for update to openanpr_owner
    using ((select session_user) = 'openanpr_retention') with check (false);
"""

# Only reads that a search for the same investigation has shown, and that the audit says are to be
# held, can be copied. Nothing of them is answered but how many.
HOLDING = """
create function hold_reads(
    hold uuid, marks text[], moments timestamptz[], cameras integer[]
) returns bigint
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    reference text;
    asked public.audit_event;
    columns text;
    copied bigint;
begin
    select i.reference into reference
    from public.hold h join public.investigation i on i.id = h.investigation_id
    where h.id = hold_reads.hold and h.released_at is null;
    select e.* into asked from public.audit_event e
    where e.subject = 'hold:' || hold_reads.hold::text and e.verb = 'hold.place'
      and e.decision = 'allow' and e.investigation = reference
      and e.recorded_at > clock_timestamp() - interval '1 minute';
    if asked.sequence is null then
        raise exception 'reads are held only by an audited decision of this minute'
            using errcode = 'insufficient_privilege';
    end if;
    select string_agg(quote_ident(a.attname), ', ') into columns from pg_attribute a
    where a.attrelid = 'public.reads'::regclass and a.attnum > 0 and not a.attisdropped;
    execute format(
        'insert into public.reads_held (hold_id, %1$s) '
        'select $1, r.* from ('
        '  select %1$s from public.reads where (vrm, captured_at, camera_id) in ('
        '    select * from unnest($2, $3, $4))'
        ') r where $5 ? r.id::text and exists ('
        '  select from public.audit_event s where s.payload ? ''read_ids'' '
        '  and s.payload -> ''read_ids'' ? r.id::text '
        '  and s.verb = ''search.result'' and s.investigation = $6) '
        'on conflict do nothing', columns)
    using hold_reads.hold, marks, moments, cameras, asked.payload -> 'held_ids', reference;
    get diagnostics copied = row_count;
    return copied;
end
$$;
create function held_days(holds uuid[])
returns table (hold uuid, day date, reads bigint)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return query
        select r.hold_id, (r.captured_at at time zone 'UTC')::date, count(*)
        from public.reads_held r where r.hold_id = any (holds) group by 1, 2 order by 1, 2;
end
$$;
"""

# As 0003 made it, but that a live search of held reads is told of their marks and of no others.
MARKS_SEEN = """
create or replace function marks_seen(at_most integer)
returns table (vrm text, first_seen timestamptz, last_seen timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    live public.live_search;
    wanted text;
    source text := 'public.vrm_seen';
begin
    select l.* into live from public.live_search l
    where l.id = nullif(current_setting('openanpr.search_id', true), '')::uuid
      and l.expires_at > now();
    if live.held then
        source := '(select h.vrm, min(h.captured_at) as first_seen, max(h.captured_at) as last_seen '
            'from public.reads_held h where h.hold_id = any (public.search_holds()) group by h.vrm)';
    end if;
    if live.pattern is not null then
        wanted := format('s.vrm like %L', translate(live.pattern, '?*', '_%'));
    elsif live.near is not null then
        wanted := format(
            's.vrm = any (%L::text[])', (select array_agg(a) from public.marks_around(live.near) a));
    else
        return;
    end if;
    return query execute format(
        'select s.vrm, greatest(s.first_seen, $1), least(s.last_seen, $2) from %s s '
        'where %s and s.last_seen >= $1 and s.first_seen < $2 '
        'and ($3 is null or s.vrm = any ($3)) '
        'order by s.last_seen desc, s.vrm limit least($4, 10000)', source, wanted)
    using live.period_from, live.period_to, live.vrms, at_most;
end
$$;
"""

UNDO = """
drop function held_days(uuid[]);
drop function hold_reads(uuid, text[], timestamptz[], integer[]);
drop policy reads_to_hold on reads;
drop policy reads_not_held on reads;
drop table reads_held;
drop function image_is_held(bytea);
drop function search_holds();
drop function search_held();
"""


class Migration(migrations.Migration):
    dependencies = [("reads", "0004_matched_again")]
    operations = [
        migrations.RunSQL("set local lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AddField("livesearch", "held", models.BooleanField(db_default=False)),
        migrations.RunSQL(TABLE + FUNCTIONS + POLICIES + MARKS_SEEN + HOLDING, UNDO),
    ]
