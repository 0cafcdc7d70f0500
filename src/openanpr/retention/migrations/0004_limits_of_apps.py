"""The limit of a store that is not listed here stands in a function that its own app's migration makes.

That function is named ``retention_limit_<table>``, takes nothing and gives three texts: the condition
under which a row is past its limit ($1), the moment whose day is tallied, and the camera.
"""

from django.db import migrations

STORES = """
create or replace function retention_store(
    store text, out past text, out moment text, out camera text
) language plpgsql stable set search_path = pg_catalog, pg_temp as $$
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
    else
        if to_regprocedure('public.retention_limit_' || store || '()') is null then
            raise exception 'no limit is known for this store';
        end if;
        execute format('select * from public.%I()', 'retention_limit_' || store)
        into past, moment, camera;
    end case;
end
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("retention", "0003_backups"), ("reads", "0005_reads_held")]
    operations = [migrations.RunSQL(STORES, migrations.RunSQL.noop)]
