"""When what belongs to information requests is removed by the run of retention."""

from django.db import migrations

_CLOSED = "request_id in (select id from public.information_request where closed_at < $1)"
# (store, past its limit, moment whose day is tallied, camera)
STORES = (
    ("information_request_read", f"captured_at < $1 or {_CLOSED}", "captured_at", "camera_id"),
    (
        "information_request_reply",
        "$1 is not null and expires_at < now() - interval ''1 day''",
        "expires_at",
        "0",
    ),
    ("information_request_search", _CLOSED, "at", "0"),
    ("information_request_vehicle", _CLOSED, "checked_at", "0"),
    ("information_request_step", _CLOSED, "at", "0"),
    ("information_request", "closed_at < $1", "closed_at", "0"),
)
_LIMIT = """
create function retention_limit_{}(out past text, out moment text, out camera text)
language sql immutable as $$ select '{}', '{}', '{}' $$;
"""

FORWARD = "".join(_LIMIT.format(*store) for store in STORES)
BACKWARD = "".join(f"drop function retention_limit_{store[0]}();" for store in STORES)


class Migration(migrations.Migration):
    dependencies = [("rights", "0002_grounds")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
