"""More figures, and one place where each app's own can stand.

`public_counts` gathers what every function `public_count_<name>(month_start, month_end)` gives: a table
of figure and value. An app adds its figures by such a function in its own migration, and their words
to the catalogue.
"""

from django.db import migrations

GATHERED = r"""
alter function public_counts(timestamptz, timestamptz) rename to public_count_first;
create function public_counts(month_start timestamptz, month_end timestamptz)
returns table (figure text, value bigint)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    counter text;
begin
    for counter in
        select p.proname from pg_proc p
        where p.pronamespace = 'public'::regnamespace and p.proname like 'public\_count\_%'
            and p.proowner = current_user::regrole
        order by p.proname
    loop
        return query execute format('select * from public.%I($1, $2)', counter)
            using month_start, month_end;
    end loop;
end
$$;
"""

# Ages are those of the oldest read that a search asked for, at its time.
ALERTS_AND_SEARCHES = """
create function public_count_second(month_start timestamptz, month_end timestamptz)
returns table (figure text, value bigint)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    select 'arrests', count(*) from alert_outcome
        where outcome = 'arrest' and at >= month_start and at < month_end
    union all
    select case
            when (payload ->> 'period_from')::timestamptz >= at - interval '90 days'
                then 'searches-to-90-days'
            when (payload ->> 'period_from')::timestamptz >= at - interval '12 months'
                then 'searches-to-12-months'
            else 'searches-beyond'
        end, count(*)
        from audit_event
        where verb = 'search.run' and at >= month_start and at < month_end
        group by 1
    union all
    select 'exports', count(*) from audit_event
        where verb = 'export.make' and at >= month_start and at < month_end
$$;
"""

ACCURACY = """
create function public_count_accuracy(month_start timestamptz, month_end timestamptz)
returns table (figure text, value bigint)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    select 'checked', count(*) from read_correction
        where source = 'check' and verdict in ('right', 'wrong')
            and made_at >= month_start and made_at < month_end
    union all
    select 'checked-right', count(*) from read_correction
        where source = 'check' and verdict = 'right'
            and made_at >= month_start and made_at < month_end
    union all
    select 'corrected', count(distinct read_id) from read_correction
        where source not in ('check', 'model') and verdict = 'wrong'
            and made_at >= month_start and made_at < month_end
$$;
"""

COMPLAINTS = """
create function public_count_complaints(month_start timestamptz, month_end timestamptz)
returns table (figure text, value bigint)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    select 'complaints', count(*) from complaint
        where received_at >= month_start and received_at < month_end
    union all
    select 'complaints-answered', count(*) from complaint
        where state = 'answered' and closed_at >= month_start and closed_at < month_end
    union all
    select 'complaints-upheld', count(*) from complaint
        where outcome in ('upheld', 'partly-upheld')
            and closed_at >= month_start and closed_at < month_end
$$;
"""

OVERSIGHT = """
create function public_count_oversight(month_start timestamptz, month_end timestamptz)
returns table (figure text, value bigint)
language sql stable set search_path = pg_catalog, public, pg_temp as $$
    select 'reviews', count(*) from oversight_review
        where reviewed_at >= month_start and reviewed_at < month_end
    union all
    select 'findings-' || grade, count(*) from oversight_finding
        where raised_at >= month_start and raised_at < month_end
        group by grade
$$;
"""

UNDO = """
drop function public_count_oversight(timestamptz, timestamptz);
drop function public_count_complaints(timestamptz, timestamptz);
drop function public_count_accuracy(timestamptz, timestamptz);
drop function public_count_second(timestamptz, timestamptz);
drop function public_counts(timestamptz, timestamptz);
alter function public_count_first(timestamptz, timestamptz) rename to public_counts;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("public", "0002_figures"),
        ("reads", "0006_second_readings"),
        ("complaints", "0001_initial"),
        ("oversight", "0002_reviewing"),
    ]

    operations = [
        migrations.RunSQL(GATHERED + ALERTS_AND_SEARCHES + ACCURACY + COMPLAINTS + OVERSIGHT, UNDO)
    ]
