"""Held reads and their pictures stay until they are released, and certificates say which and why."""

from django.db import migrations

PICTURES = """
create or replace function retention_expired_images(edge timestamptz, at_most integer)
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
        where r.last_captured_at < edge and not public.image_is_held(r.received_sha256)
        order by r.last_captured_at limit at_most for update
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
                where o.stored_sha256 = i.stored_sha256
                  and (o.last_captured_at >= edge or public.image_is_held(o.received_sha256)))
        from public.read_image i
        where i.last_captured_at < edge and not public.image_is_held(i.received_sha256)
          and (i.stored_sha256 = any (files)
            or (i.received_sha256, i.device) in (
                select * from unnest(rows_received, rows_device)));
end
$$;
create or replace function retention_delete_images(edge timestamptz, received bytea[], devices uuid[])
returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    removed bigint;
begin
    perform retention_refuse_young(edge);
    with gone as (
        delete from public.read_image i
        where i.last_captured_at < edge and not public.image_is_held(i.received_sha256)
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
"""

STORES = """
create or replace function retention_store(
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
    when 'read_image' then
        past := 'last_captured_at < $1 and not public.image_is_held(received_sha256)';
        moment := 'last_captured_at';
    when 'reads_held' then
        past := 'captured_at < $1 and hold_id in '
            || '(select id from public.hold where released_at is not null)';
        moment := 'captured_at'; camera := 'camera_id';
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
"""

# What would have gone, and stays: by hold, for the certificate.
HELD = """
create function retention_held(edge timestamptz)
returns table (hold uuid, investigation text, ground text, review_at timestamptz, reads bigint)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return query
        select h.id, i.reference, h.ground, h.review_at, count(*)
        from public.hold h
        join public.investigation i on i.id = h.investigation_id
        join public.reads_held r on r.hold_id = h.id and r.captured_at < edge
        where h.released_at is null
        group by h.id, i.reference, h.ground, h.review_at order by h.id;
end
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0001_initial"),
        ("reads", "0005_reads_held"),
        ("investigations", "0003_holds"),
    ]
    operations = [
        migrations.RunSQL(PICTURES + STORES + HELD, "drop function retention_held(timestamptz)")
    ]
