"""An outcome is refused by the database unless its author has answered for the picture first."""

from django.db import migrations

FORWARDS = """
create function alert_outcome_needs_check() returns trigger language plpgsql as $$
declare
    answer boolean;
begin
    select c.says_same into answer from alert_check c
    where c.id = new.check_id and c.alert_id = new.alert_id and c.user_id = new.user_id;
    if answer is null then
        raise exception 'an outcome needs its author''s own check of the picture'
            using errcode = 'check_violation';
    end if;
    if not answer and new.outcome not in ('misread', 'not-responded', 'other') then
        raise exception 'the picture does not show the mark, so nothing was done about that vehicle'
            using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger alert_outcome_needs_check before insert or update on alert_outcome
    for each row execute function alert_outcome_needs_check();
"""

BACKWARDS = """
drop trigger alert_outcome_needs_check on alert_outcome;
drop function alert_outcome_needs_check();
"""


class Migration(migrations.Migration):
    dependencies = [("alerts", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
