"""The database itself says which persons stand behind a grant, and keeps it within the request."""

from django.db import migrations

FORWARD = """
create function authorisation_grant_grounds() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
    asked authorisation_request;
begin
    select * into strict asked from authorisation_request where id = new.request_id;
    if new.investigation_id <> asked.investigation_id
       or new.period_from < asked.period_from or new.period_to > asked.period_to
       or (asked.vrms is not null and (new.vrms is null or not new.vrms <@ asked.vrms)) then
        raise exception 'a grant cannot reach further than its request'
            using errcode = 'check_violation';
    end if;
    select person_id into strict new.granted_by_person from account where id = new.granted_by_id;
    select person_id into strict new.requested_by_person from account
        where id = asked.requested_by_id;
    return new;
end
$body$;
create trigger authorisation_grant_grounds before insert or update on authorisation_grant
    for each row execute function authorisation_grant_grounds();
"""

BACKWARD = """
drop trigger authorisation_grant_grounds on authorisation_grant;
drop function authorisation_grant_grounds();
"""


class Migration(migrations.Migration):
    dependencies = [("investigations", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
