"""The tallies and certificates, and the only functions through which anything old is removed."""

import django.db.models.functions.datetime
from django.db import migrations, models

# Two limits that the caller cannot move: 30 days, and the retention of the profile in force, read
# here from the table that two people approved. A table that cannot be read this way removes nothing.
LIMITS = r"""
create function retention_latest_edge() returns timestamptz
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    profile text;
    span text[];
    counting text;
    today timestamp := now() at time zone 'UTC';
begin
    select toml into profile from public.profile_version
    where takes_effect_at <= now() order by takes_effect_at desc limit 1;
    span := regexp_match(
        profile, '^retention\s*=\s*\{\s*(months|days)\s*=\s*(\d+)\s*\}\s*$', 'n');
    counting := (regexp_match(profile, '^counting\s*=\s*"(instants|days)"\s*$', 'n'))[1];
    if span is null or counting is null then
        return null;
    end if;
    if counting = 'days' then
        today := date_trunc('day', today);
    end if;
    today := case span[1]
        when 'months' then today - make_interval(months => span[2]::integer)
        else today - make_interval(days => span[2]::integer) end;
    today := today + case counting when 'days' then interval '1 day' else interval '1 us' end;
    return least(today at time zone 'UTC', now() - interval '30 days');
end
$$;
create function retention_refuse_young(edge timestamptz) returns void
language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
begin
    if edge is null or coalesce(edge > public.retention_latest_edge(), true) then
        raise exception 'this is not past retention yet' using errcode = 'insufficient_privilege';
    end if;
end
$$;
"""

# FORCE ROW LEVEL SECURITY binds the owner, as whom these functions run: these policies let it see
# reads, and remove old ones, only while the role of retention is who logged in.
POLICIES = """
create policy reads_retention on reads for select to openanpr_owner
    using ((select session_user) = 'openanpr_retention');
create policy reads_expired on reads for delete to openanpr_owner
    using ((select session_user) = 'openanpr_retention'
           and captured_at < (select retention_latest_edge()));
"""

READS = """
create function retention_delete_reads(edge timestamptz, at_most integer) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    removed bigint;
    marks text[];
    counts bigint[];
begin
    perform retention_refuse_young(edge);
    with old as (
        select r.vrm, r.captured_at, r.camera_id from public.reads r where r.captured_at < edge
        order by r.camera_id, r.captured_at limit at_most
    ), gone as (
        delete from public.reads r using old
        where r.captured_at < edge and r.vrm = old.vrm and r.captured_at = old.captured_at
          and r.camera_id = old.camera_id
        returning r.vrm, r.captured_at, r.camera_id
    ), tallied as (
        insert into public.deletion_tally as t (store, day, camera_id, rows)
        select 'reads', (g.captured_at at time zone 'UTC')::date, g.camera_id, count(*)
        from gone g group by 2, 3
        on conflict (store, day, camera_id) do update set rows = t.rows + excluded.rows
    ), per_mark as (select g.vrm, count(*) as n from gone g group by g.vrm)
    select coalesce(sum(n), 0), array_agg(vrm order by vrm), array_agg(n order by vrm)
    into removed, marks, counts from per_mark;
    -- In the order in which ingest takes them. A statement of its own, after the locks, sees what
    -- ingest committed meanwhile.
    perform from public.vrm_seen s where s.vrm = any (marks) order by s.vrm for update;
    update public.vrm_seen s set reads = s.reads - m.n, first_seen = m.oldest
    from (
        select u.vrm, u.n, (
            select r.captured_at from public.reads r where r.vrm = u.vrm
            order by r.captured_at limit 1) as oldest
        from unnest(marks, counts) as u (vrm, n)
    ) m where s.vrm = m.vrm and m.oldest is not null;
    delete from public.vrm_seen s where s.vrm = any (marks) and not exists (
        select from public.reads r where r.vrm = s.vrm);
    return removed;
end
$$;
create function retention_drop_partition(edge timestamptz) returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    name text;
    held boolean;
begin
    perform retention_refuse_young(edge);
    for name in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'public.reads'::regclass and c.relname ~ '^reads_[0-9]{8}$'
          and (to_date(substr(c.relname, 7), 'YYYYMMDD') + 7)::timestamp at time zone 'UTC' <= edge
        order by c.relname
    loop
        execute format('select exists (select from public.%I)', name) into held;
        continue when held;
        perform pg_advisory_xact_lock(hashtext('openanpr.partitions'));
        lock table only public.reads in access exclusive mode;
        execute format('select exists (select from public.%I)', name) into held;
        if not held then
            execute format('drop table public.%I', name);
            return name;
        end if;
    end loop;
    return null;
end
$$;
"""

PICTURES = """
create function retention_expired_images(edge timestamptz, at_most integer)
returns table (received bytea, device uuid, stored bytea, lone boolean)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    files bytea[];
    rows_received bytea[];
    rows_device uuid[];
begin
    perform retention_refuse_young(edge);
    select array_agg(i.received_sha256), array_agg(i.device) into rows_received, rows_device from (
        select r.received_sha256, r.device from public.read_image r
        where r.last_captured_at < edge order by r.last_captured_at limit at_most for update
    ) i;
    select array_agg(distinct i.stored_sha256 order by i.stored_sha256) into files
    from public.read_image i
    where (i.received_sha256, i.device) in (select * from unnest(rows_received, rows_device));
    perform pg_advisory_xact_lock(hashtextextended(encode(f, 'hex'), 0))
    from unnest(files) as f where f is not null;
    perform from public.read_image i where i.stored_sha256 = any (files)
    order by i.received_sha256, i.device for update;
    return query
        select i.received_sha256, i.device, i.stored_sha256, i.stored_sha256 is not null
            and not exists (select from public.read_image o
                where o.stored_sha256 = i.stored_sha256 and o.last_captured_at >= edge)
        from public.read_image i
        where i.last_captured_at < edge and (i.stored_sha256 = any (files)
            or (i.received_sha256, i.device) in (
                select * from unnest(rows_received, rows_device)));
end
$$;
create function retention_delete_images(edge timestamptz, received bytea[], devices uuid[])
returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    removed bigint;
begin
    perform retention_refuse_young(edge);
    with gone as (
        delete from public.read_image i
        where i.last_captured_at < edge
          and (i.received_sha256, i.device) in (select * from unnest(received, devices))
        returning i.last_captured_at
    ), tallied as (
        insert into public.deletion_tally as t (store, day, camera_id, rows)
        select 'read_image', (g.last_captured_at at time zone 'UTC')::date, 0, count(*)
        from gone g group by 2
        on conflict (store, day, camera_id) do update set rows = t.rows + excluded.rows
    )
    select count(*) into removed from gone;
    return removed;
end
$$;
create function retention_images_unknown(files bytea[]) returns setof bytea
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtextextended(encode(f, 'hex'), 0))
    from (select distinct u as f from unnest(files) as u order by 1) as sorted;
    return query select f from unnest(files) as f where not exists (
        select from public.read_image i where i.stored_sha256 = f);
end
$$;
"""

# One line a store: what is past its limit ($1), the moment whose day is tallied, the camera.
PLAIN = """
create function retention_store(
    store text, out past text, out moment text, out camera text
) language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
    of_old_alert constant text :=
        'alert_id in (select id from public.alert where last_captured_at < $1)';
begin
    camera := '0';
    case store
    when 'reads' then past := 'captured_at < $1'; moment := 'captured_at'; camera := 'camera_id';
    when 'vrm_seen' then past := 'first_seen < $1'; moment := 'first_seen';
    when 'read_image' then past := 'last_captured_at < $1'; moment := 'last_captured_at';
    when 'hit' then past := 'captured_at < $1'; moment := 'captured_at'; camera := 'camera_id';
    when 'outbox' then
        past := 'hit_id in (select id from public.hit where captured_at < $1)';
        moment := 'created_at';
    when 'alert' then past := 'last_captured_at < $1'; moment := 'last_captured_at';
    when 'alert_hit' then
        past := of_old_alert
            || ' or hit_id in (select id from public.hit where captured_at < $1)';
        moment := 'joined_at';
    when 'alert_event' then past := of_old_alert; moment := 'at';
    when 'alert_delivery' then
        past := of_old_alert; moment := 'coalesce(delivered_at, seen_at, now())';
    when 'alert_check' then past := of_old_alert; moment := 'at';
    when 'alert_outcome' then past := of_old_alert; moment := 'at';
    when 'ingest_quarantine' then
        past := 'received_at < $1'; moment := 'received_at'; camera := 'camera_id';
    when 'ingest_problem' then
        past := 'at < $1'; moment := 'at'; camera := 'coalesce(camera_id, 0)';
    when 'live_search' then
        past := '$1 is not null and expires_at < now() - interval ''1 day''';
        moment := 'expires_at';
    when 'search_run' then past := 'asked_at < $1'; moment := 'asked_at';
    when 'hotlist_entry' then
        past := 'least(weed_at, withdrawn_at) < $1'; moment := 'least(weed_at, withdrawn_at)';
    when 'hotlist_import_row' then
        past := 'import_id in (select id from public.hotlist_import where at < $1)';
        moment := 'weed_at';
    else raise exception 'no limit is known for this store';
    end case;
end
$$;
create function retention_delete(store text, edge timestamptz, at_most integer) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    rule record;
    removed bigint;
begin
    perform retention_refuse_young(edge);
    if store in ('reads', 'vrm_seen', 'read_image') then
        raise exception 'this store has a function of its own';
    end if;
    select * into rule from retention_store(store);
    execute format(
        'with gone as (delete from public.%1$I where ctid = any (array('
        '    select ctid from public.%1$I where %2$s limit $2 for update skip locked))'
        '  returning ((%3$s) at time zone ''UTC'')::date as day, %4$s as camera), '
        'tallied as (insert into public.deletion_tally as t (store, day, camera_id, rows)'
        '  select %1$L, day, camera, count(*) from gone group by day, camera'
        '  on conflict (store, day, camera_id) do update set rows = t.rows + excluded.rows) '
        'select count(*) from gone', store, rule.past, rule.moment, rule.camera)
    into removed using edge, at_most;
    return removed;
end
$$;
create function retention_count(store text, edge timestamptz) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    counted bigint;
begin
    execute format(
        'select count(*) from public.%I where %s', store, (select past from retention_store(store)))
    into counted using edge;
    return counted;
end
$$;
-- An alert that goes on past one of its hits is told from the oldest hit that remains.
create function retention_move_alerts(edge timestamptz) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    moved bigint;
begin
    perform retention_refuse_young(edge);
    update public.alert a
    set hit_id = coalesce(o.id, a.latest_hit_id),
        first_captured_at = coalesce(o.captured_at, a.last_captured_at)
    from public.alert b left join lateral (
        select h.id, h.captured_at from public.alert_hit l join public.hit h on h.id = l.hit_id
        where l.alert_id = b.id and h.captured_at >= edge order by h.captured_at limit 1
    ) o on true
    where a.id = b.id and b.first_captured_at < edge and b.last_captured_at >= edge;
    get diagnostics moved = row_count;
    return moved;
end
$$;
"""

UNDO = """
drop policy reads_retention on reads;
drop policy reads_expired on reads;
drop function retention_delete_reads(timestamptz, integer);
drop function retention_drop_partition(timestamptz);
drop function retention_expired_images(timestamptz, integer);
drop function retention_delete_images(timestamptz, bytea[], uuid[]);
drop function retention_images_unknown(bytea[]);
drop function retention_delete(text, timestamptz, integer);
drop function retention_count(text, timestamptz);
drop function retention_move_alerts(timestamptz);
drop function retention_store(text);
drop function retention_refuse_young(timestamptz);
drop function retention_latest_edge();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("reads", "0002_picture_ages"),
        ("policy", "0001_initial"),
        ("alerts", "0002_outcome_needs_check"),
        ("hotlists", "0002_imports"),
        ("ingest", "0001_initial"),
        ("search", "0001_initial"),
    ]
    operations = [
        migrations.CreateModel(
            name="DeletionTally",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "store",
                        "day",
                        "camera_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("store", models.TextField()),
                ("day", models.DateField()),
                ("camera_id", models.IntegerField()),
                ("rows", models.BigIntegerField()),
            ],
            options={"db_table": "deletion_tally"},
        ),
        migrations.CreateModel(
            name="DeletionCertificate",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
                ("body", models.TextField()),
                ("signature", models.BinaryField()),
                ("public_key", models.BinaryField()),
                ("audit_sequence", models.BigIntegerField()),
                (
                    "stored_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "db_table": "deletion_certificate",
                "indexes": [models.Index(fields=["-made_at"], name="deletion_certificate_newest")],
            },
        ),
        migrations.RunSQL("set local lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(LIMITS + POLICIES + READS + PICTURES + PLAIN, UNDO),
    ]
