"""Searches of analysis: how far the live searches of the kinds that came later reach."""

from importlib import import_module

from django.db import migrations

_BEFORE = import_module("openanpr.search.migrations.0004_kinds").REACH
_START = _BEFORE.index("create or replace function live_search_reach")
_END = _BEFORE.index("create function live_search_named")
BACKWARD = _BEFORE[_START:_END]

_MARK = "        when 'mark' then"
_MARKS = "        when 'marks' then"
_PLACE = "        when 'place' then"

# The vehicle kinds name one mark, linked several, and a route its cameras.
FORWARD = (
    BACKWARD.replace("case kind\n", "case\n")
    .replace(_MARK, "        when kind in ('mark', 'movements', 'clones', 'onward') then")
    .replace(_MARKS, "        when kind in ('marks', 'linked') then")
    .replace(_PLACE, "        when kind in ('place', 'route') then")
    .replace("        when 'part' then", "        when kind = 'part' then")
    .replace("        when 'near' then", "        when kind = 'near' then")
    .replace("        when 'common' then", "        when kind = 'common' then")
    .replace("        when 'convoy' then", "        when kind = 'convoy' then")
)


class Migration(migrations.Migration):
    dependencies = [("search", "0006_held_grounds")]
    operations = [
        migrations.RunSQL("set local lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
