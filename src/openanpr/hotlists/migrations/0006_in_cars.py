from django.db import migrations, models

# All that a car may hold, and nothing else of the lists: what a patrol may be shown anyway, each
# entry by its own mark, everywhere. The process that serves cars cannot read the lists.
FOR_CARS = """
create function hotlist_for_cars(at timestamptz) returns table (
    id uuid, vrm text, action text, priority smallint, list_name text, reason text,
    valid_from timestamptz, until timestamptz, warning_markers text[], make text, model text,
    colour text, information text
)
language sql stable security definer set search_path = pg_catalog, public as $$
    select entry.id, entry.vrm, entry.action, list.priority, list.name, entry.reason,
        entry.valid_from, least(entry.weed_at, list.weed_at, list.review_at),
        entry.warning_markers::text[], entry.make, entry.model, entry.colour, entry.information
    from hotlist list join hotlist_entry entry on entry.hotlist_id = list.id
    where list.in_cars and not list.covert and cardinality(list.told_units) = 0
        and list.state = 'active' and list.scope = '{}'::jsonb
        and entry.state = 'live' and not entry.covert and entry.match_as = 'exact'
        and entry.scope = '{}'::jsonb and entry.action <> 'silent'
        and least(entry.weed_at, list.weed_at, list.review_at) > at
$$
"""


class Migration(migrations.Migration):
    dependencies = [("hotlists", "0005_copies")]

    operations = [
        migrations.AddField(
            model_name="hotlist",
            name="in_cars",
            field=models.BooleanField(db_default=False),
        ),
        migrations.AddConstraint(
            model_name="hotlist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("in_cars", False),
                    models.Q(("covert", False), ("told_units", [])),
                    _connector="OR",
                ),
                name="hotlist_in_cars_is_for_all",
            ),
        ),
        migrations.RunSQL(FOR_CARS, "drop function hotlist_for_cars(timestamptz)"),
    ]
