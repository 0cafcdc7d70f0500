"""The stream may ask whether a session lives, and never learns which sessions there are."""

from django.db import migrations

FORWARDS = """
create function session_lives(key text, at timestamptz) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select exists (
        select from public.django_session s
        where s.session_key = session_lives.key and s.expire_date > session_lives.at
    )
$$;
"""

BACKWARDS = "drop function session_lives(text, timestamptz);"


class Migration(migrations.Migration):
    dependencies = [("alerts", "0002_outcome_needs_check"), ("sessions", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
