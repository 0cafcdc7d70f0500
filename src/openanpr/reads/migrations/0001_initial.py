"""The store: reads by week with row-level security, marks seen, live searches, pictures."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.functions.datetime
from django.db import migrations, models

# Fixed-width columns first and widest first, so that no row holds padding.
READS = """
create table reads (
    captured_at timestamptz not null,
    received_at timestamptz not null,
    stored_at timestamptz not null default now(),
    reader_sequence bigint not null,
    latitude double precision,
    longitude double precision,
    camera_id integer not null,
    confidence real not null,
    clock_offset_ms real,
    id uuid not null,
    batch_id uuid not null,
    late boolean not null,
    vrm text collate "C" not null,
    raw_vrm text collate "C",
    country text collate "C",
    direction text collate "C",
    model_version text collate "C",
    patch_hash bytea,
    overview_hash bytea,
    alternatives jsonb,
    primary key (vrm, captured_at, camera_id)
) partition by range (captured_at);
create index reads_camera_time on reads (camera_id, captured_at);
"""

# A partition is made beside the table and then attached: that lock lets reads and inserts go on.
PARTITIONS = """
create function ensure_partitions(period_from timestamptz, period_to timestamptz) returns integer
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    week timestamp := date_trunc('week', period_from at time zone 'UTC');
    last timestamp := period_to at time zone 'UTC';
    name text;
    made integer := 0;
begin
    if period_to - period_from > interval '1200 days' or period_to > now() + interval '120 days'
       or period_from < now() - interval '3700 days' then
        raise exception 'partitions of reads are not made for so long or so far a period';
    end if;
    while week < last loop
        name := 'reads_' || to_char(week, 'YYYYMMDD');
        if to_regclass('public.' || name) is null then
            perform pg_advisory_xact_lock(hashtext('openanpr.partitions'));
            if to_regclass('public.' || name) is null then
                execute format(
                    'create table public.%I (like public.reads including defaults '
                    'including constraints including indexes)', name);
                execute format(
                    'alter table public.reads attach partition public.%I for values '
                    'from (%L) to (%L)',
                    name, to_char(week, 'YYYY-MM-DD') || ' 00:00:00+00',
                    to_char(week + interval '7 days', 'YYYY-MM-DD') || ' 00:00:00+00');
                made := made + 1;
            end if;
        end if;
        week := week + interval '7 days';
    end loop;
    return made;
end
$$;
create function partition_weeks() returns setof text
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select c.relname::text from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'public.reads'::regclass
$$;
select ensure_partitions(now() - interval '5 weeks', now() + interval '9 weeks');
"""

# One row of live_search says what may be seen; the setting only names the row, so that a role
# which sets it to anything else sees nothing.
_OF_THE_LIVE_SEARCH = """
create function {name}() returns {kind}
language sql stable parallel safe security definer
set search_path = pg_catalog, public, pg_temp as $$
    select {column} from public.live_search
    where id = nullif(current_setting('openanpr.search_id', true), '')::uuid
      and expires_at > now()
$$;
"""
FUNCTIONS = "".join(
    _OF_THE_LIVE_SEARCH.format(name=name, kind=kind, column=column)
    for name, kind, column in (
        ("search_from", "timestamptz", "period_from"),
        ("search_to", "timestamptz", "period_to"),
        ("search_vrms", "text[]", "vrms"),
        ("search_cameras", "integer[]", "camera_ids"),
    )
)

# The sub-selects are run once a query and let partitions be pruned (a correlated form is 500 times
# slower). Ingest sees the rows of its own transaction alone: RETURNING needs that much.
POLICIES = """
alter table reads enable row level security;
alter table reads force row level security;
create policy reads_searched on reads for select to openanpr_search using (
    captured_at >= (select search_from())
    and captured_at < (select search_to())
    and ((select search_vrms()) is null or vrm = any ((select search_vrms())::text[]))
    and ((select search_cameras()) is null
         or camera_id = any ((select search_cameras())::integer[]))
);
create policy reads_stored on reads for insert to openanpr_ingest with check (true);
create policy reads_stored_now on reads for select to openanpr_ingest using (stored_at = now());
"""

# vrm_seen has no policy, which would bar its trigram index: this function is its only door.
MARKS_SEEN = """
create function marks_seen_like(pattern text, at_most integer) returns setof text
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    period_from timestamptz := search_from();
    period_to timestamptz := search_to();
    allowed text[] := search_vrms();
begin
    if period_from is null then
        return;
    end if;
    return query
        select seen.vrm from public.vrm_seen seen
        where seen.vrm like pattern
          and seen.last_seen >= period_from and seen.first_seen < period_to
          and (allowed is null or seen.vrm = any (allowed))
        order by seen.vrm
        limit least(at_most, 10000);
end
$$;
"""

UNDO = """
drop table reads cascade;
drop function marks_seen_like(text, integer);
drop function search_from();
drop function search_to();
drop function search_vrms();
drop function search_cameras();
drop function partition_weeks();
drop function ensure_partitions(timestamptz, timestamptz);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LiveSearch",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("investigation", models.UUIDField()),
                ("account", models.BigIntegerField()),
                ("period_from", models.DateTimeField()),
                ("period_to", models.DateTimeField()),
                (
                    "vrms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(db_collation="C"), null=True, size=None
                    ),
                ),
                (
                    "camera_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), null=True, size=None
                    ),
                ),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "db_table": "live_search",
                "indexes": [models.Index(fields=["expires_at"], name="live_search_by_end")],
            },
        ),
        migrations.CreateModel(
            name="VrmSeen",
            fields=[
                (
                    "vrm",
                    models.TextField(db_collation="C", primary_key=True, serialize=False),
                ),
                ("first_seen", models.DateTimeField()),
                ("last_seen", models.DateTimeField()),
                ("reads", models.BigIntegerField()),
            ],
            options={
                "db_table": "vrm_seen",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["vrm"], name="vrm_seen_trigrams", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadImage",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "received_sha256",
                        "device",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("received_sha256", models.BinaryField()),
                ("device", models.UUIDField()),
                (
                    "kind",
                    models.TextField(choices=[("patch", "Plate patch"), ("overview", "Overview")]),
                ),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("stored_sha256", models.BinaryField(null=True)),
                ("received_at", models.DateTimeField(null=True)),
                ("bytes", models.IntegerField(null=True)),
                ("width", models.IntegerField(null=True)),
                ("height", models.IntegerField(null=True)),
            ],
            options={"db_table": "read_image"},
        ),
        migrations.RunSQL(
            sql=READS + PARTITIONS + FUNCTIONS + POLICIES + MARKS_SEEN,
            reverse_sql=UNDO,
            state_operations=[
                migrations.CreateModel(
                    name="Read",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "vrm",
                                "captured_at",
                                "camera_id",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("captured_at", models.DateTimeField()),
                        ("received_at", models.DateTimeField()),
                        (
                            "stored_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now()
                            ),
                        ),
                        ("reader_sequence", models.BigIntegerField()),
                        ("latitude", models.FloatField(null=True)),
                        ("longitude", models.FloatField(null=True)),
                        ("camera_id", models.IntegerField()),
                        ("confidence", models.FloatField()),
                        ("clock_offset_ms", models.FloatField(null=True)),
                        ("id", models.UUIDField()),
                        ("batch_id", models.UUIDField()),
                        ("late", models.BooleanField()),
                        ("vrm", models.TextField(db_collation="C")),
                        ("raw_vrm", models.TextField(db_collation="C", null=True)),
                        ("country", models.TextField(db_collation="C", null=True)),
                        ("direction", models.TextField(db_collation="C", null=True)),
                        ("model_version", models.TextField(db_collation="C", null=True)),
                        ("patch_hash", models.BinaryField(null=True)),
                        ("overview_hash", models.BinaryField(null=True)),
                        ("alternatives", models.JSONField(null=True)),
                    ],
                    options={"db_table": "reads"},
                ),
            ],
        ),
    ]
