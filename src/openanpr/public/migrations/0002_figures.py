"""The published figures, and the one function that counts for them."""

from django.db import migrations, models

import openanpr.wire.ids

# Counts of the whole installation between two moments. It tells no mark, place or person, and only
# the role of the jobs may call it. `since` is the number of days from the first read to the end.
COUNTS = """
create function public_counts(month_start timestamptz, month_end timestamptz)
returns table (figure text, value bigint)
language sql stable security definer set search_path = pg_catalog, public as $$
    select 'since', greatest(0, extract(day from month_end - min(received_at)))::bigint
        from ingest_batch
    union all
    select 'reads', coalesce(sum(accepted), 0) from ingest_batch
        where received_at >= month_start and received_at < month_end
    union all
    select 'hits', count(*) from hit where captured_at >= month_start and captured_at < month_end
    union all
    select 'alerts', count(*) from alert where raised_at >= month_start and raised_at < month_end
    union all
    select 'alerts-verified', count(distinct alert_id) from alert_check
        where says_same and at >= month_start and at < month_end
    union all
    select case outcome
            when 'stopped' then 'stops' when 'misread' then 'false-misread'
            when 'stale-entry' then 'false-stale' when 'wrong-vehicle' then 'false-wrong-vehicle'
        end, count(*)
        from alert_outcome
        where outcome in ('stopped', 'misread', 'stale-entry', 'wrong-vehicle')
            and at >= month_start and at < month_end
        group by outcome
    union all
    select 'searches-' || (payload ->> 'category'), count(*) from audit_event
        where verb = 'search.run' and at >= month_start and at < month_end
        group by payload ->> 'category'
    union all
    select 'searches-older', count(*) from audit_event
        where verb = 'search.run' and at >= month_start and at < month_end
            and 'authorised' = any(reasons)
    union all
    select 'searches-refused', count(*) from audit_event
        where verb = 'search.refuse' and at >= month_start and at < month_end
    union all
    select 'authorisations-' || state, count(*) from authorisation_request
        where state in ('granted', 'refused')
            and decided_at >= month_start and decided_at < month_end
        group by state
    union all
    select 'audit-looks', count(*) from audit_event
        where verb = 'audit.view' and at >= month_start and at < month_end
    union all
    select 'certificates', count(*) from deletion_certificate
        where made_at >= month_start and made_at < month_end
    union all
    select 'deleted', coalesce(sum((payload ->> 'rows')::bigint), 0) from audit_event
        where verb = 'retention.delete' and at >= month_start and at < month_end
    union all
    select case when site_id is null then 'cameras-vehicle' else 'cameras-fixed' end, count(*)
        from camera where state = 'live' group by site_id is null
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("public", "0001_initial"),
        ("alerts", "0001_initial"),
        ("audit", "0001_initial"),
        ("cameras", "0001_initial"),
        ("ingest", "0001_initial"),
        ("investigations", "0001_initial"),
        ("retention", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedFigure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openanpr.wire.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("month", models.DateField()),
                ("figure", models.TextField()),
                ("value", models.BigIntegerField(null=True)),
                ("published_at", models.DateTimeField()),
            ],
            options={
                "db_table": "public_figure",
                "constraints": [
                    models.UniqueConstraint(fields=("month", "figure"), name="public_figure_once")
                ],
            },
        ),
        migrations.RunSQL(COUNTS, "drop function public_counts(timestamptz, timestamptz)"),
    ]
