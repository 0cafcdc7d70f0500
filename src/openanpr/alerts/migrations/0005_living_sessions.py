"""The stream asks about the sessions of all its screens at once; still it learns of no other."""

from django.db import migrations

FORWARDS = """
create function living_sessions(keys text[], at timestamptz) returns setof text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select s.session_key::text from public.django_session s
    where s.session_key = any (living_sessions.keys) and s.expire_date > living_sessions.at
$$;
drop function session_lives(text, timestamptz);
"""

BACKWARDS = """
create function session_lives(key text, at timestamptz) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select exists (
        select from public.django_session s
        where s.session_key = session_lives.key and s.expire_date > session_lives.at
    )
$$;
drop function living_sessions(text[], timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("alerts", "0004_matching")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
