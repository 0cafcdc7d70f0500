"""Information requests go once retention has passed since they were closed; their reads sooner."""

from django.db import migrations

STORES = """
    when 'information_request_read' then
        past := 'captured_at < $1 or request_id in '
            || '(select id from public.information_request where closed_at < $1)';
        moment := 'captured_at'; camera := 'camera_id';
    when 'information_request_reply' then
        past := '$1 is not null and expires_at < now() - interval ''1 day''';
        moment := 'expires_at';
    when 'information_request_search' then
        past := 'request_id in (select id from public.information_request where closed_at < $1)';
        moment := 'at';
    when 'information_request_vehicle' then
        past := 'request_id in (select id from public.information_request where closed_at < $1)';
        moment := 'checked_at';
    when 'information_request_step' then
        past := 'request_id in (select id from public.information_request where closed_at < $1)';
        moment := 'at';
    when 'information_request' then past := 'closed_at < $1'; moment := 'closed_at';
"""

# The lines are put into the function as it stands, whichever other stores it knows by now.
_CHANGE = """
do $change$
begin
    execute replace(
        pg_get_functiondef('public.retention_store(text)'::regprocedure), {old}, {new});
end
$change$;
"""
_END = "    else raise exception 'no limit is known for this store';"


def _text(lines: str) -> str:
    return f"$lines${lines}$lines$"


FORWARD = _CHANGE.format(old=_text(_END), new=_text(STORES + _END))
BACKWARD = _CHANGE.format(old=_text(STORES), new=_text(""))


class Migration(migrations.Migration):
    dependencies = [("retention", "0003_backups"), ("rights", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
