"""The line between a force and the centre: tables, and what the sending process sees of reads."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

# The lists of the parcel under way bound what its process sees of reads: a bug in the sender cannot
# send more. Ingest's answer about a day is counted by a function that answers a number alone.
FUNCTIONS = """
create unique index federation_parcel_under_way on federation_parcel ((true))
    where receipt_at is null;
create function federation_moments() returns timestamptz[]
language sql stable parallel safe security definer
set search_path = pg_catalog, public, pg_temp as $$
    select captured_at from public.federation_parcel where receipt_at is null
$$;
create function federation_cameras() returns integer[]
language sql stable parallel safe security definer
set search_path = pg_catalog, public, pg_temp as $$
    select camera_ids from public.federation_parcel where receipt_at is null
$$;
create policy reads_sent on reads for select to openanpr_federation using (
    captured_at = any ((select federation_moments())::timestamptz[])
    and camera_id = any ((select federation_cameras())::integer[])
);
create policy reads_queued on reads for select to openanpr_owner
    using ((select session_user) = 'openanpr_federation');
create policy reads_counted on reads for select to openanpr_owner
    using ((select session_user) = 'openanpr_ingest');
create function federation_queue_day(wanted date) returns bigint
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    period_from timestamptz := wanted::timestamp at time zone 'UTC';
    period_to timestamptz := (wanted + 1)::timestamp at time zone 'UTC';
    queued bigint;
begin
    -- One statement, so one view of the store: a read that ingest commits meanwhile is in its own
    -- row of ingest_onward alone.
    with waiting as (
        select from public.ingest_onward o
        where exists (select from unnest(o.captured_at) m where m >= period_from and m < period_to)
        union all
        select from public.federation_parcel p
        where p.receipt_at is null
    ), batches as (
        insert into public.ingest_onward (
            device, batch_id, received_at, camera_ids, captured_at, read_ids)
        select c.device_credential_id, r.batch_id, r.received_at,
            array_agg(r.camera_id order by r.reader_sequence),
            array_agg(r.captured_at order by r.reader_sequence),
            array_agg(r.id order by r.reader_sequence)
        from public.reads r join public.camera c on c.id = r.camera_id
        where r.captured_at >= period_from and r.captured_at < period_to
          and c.device_credential_id is not null and not exists (select from waiting)
        group by c.device_credential_id, r.batch_id, r.received_at
        order by r.received_at
        returning cardinality(read_ids) as reads
    ), counted as (
        update public.federation_day d set sent = 0, refused = 0, gone = 0
        where d.day = wanted and not exists (select from waiting)
    )
    select case when exists (select from waiting) then -1
        else coalesce((select sum(reads) from batches), 0) end into queued;
    return queued;
end
$$;
create function federation_held(link uuid, wanted date) returns bigint
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select count(*) from public.reads r
    where r.camera_id = any (array(
            select c.id from public.camera c where c.device_credential_id = link))
      and r.captured_at >= wanted::timestamp at time zone 'UTC'
      and r.captured_at < (wanted + 1)::timestamp at time zone 'UTC'
$$;
"""
UNDO = """
drop policy reads_sent on reads;
drop policy reads_queued on reads;
drop policy reads_counted on reads;
drop function federation_moments();
drop function federation_cameras();
drop function federation_queue_day(date);
drop function federation_held(uuid, date);
drop index federation_parcel_under_way;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("forces", "0001_initial"),
        ("cameras", "0001_initial"),
        ("reads", "0002_picture_ages"),
        ("ingest", "0002_onward"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceivedConsignment",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "link",
                        "batch_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("link", models.UUIDField()),
                ("batch_id", models.UUIDField()),
                ("force", models.TextField()),
                ("controller", models.TextField()),
                ("sections", models.JSONField()),
                ("received_at", models.DateTimeField()),
                (
                    "stored_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "db_table": "federation_consignment",
            },
        ),
        migrations.CreateModel(
            name="ReceivedRegister",
            fields=[
                ("link", models.UUIDField(primary_key=True, serialize=False)),
                ("digest", models.BinaryField()),
                ("register", models.JSONField()),
                ("received_at", models.DateTimeField()),
                ("applied_digest", models.BinaryField(null=True)),
                ("applied_at", models.DateTimeField(null=True)),
                ("problem", models.TextField(default="")),
            ],
            options={
                "db_table": "federation_register",
            },
        ),
        migrations.CreateModel(
            name="SentDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("sent", models.BigIntegerField()),
                ("refused", models.BigIntegerField()),
                ("gone", models.BigIntegerField()),
                ("held", models.BigIntegerField(null=True)),
                ("compared_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "federation_day",
            },
        ),
        migrations.CreateModel(
            name="Uplink",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("next_sequence", models.BigIntegerField()),
                ("problem", models.TextField(default="")),
                ("problem_since", models.DateTimeField(null=True)),
                ("receipt_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "federation_uplink",
            },
        ),
        migrations.CreateModel(
            name="WantedPicture",
            fields=[
                ("received_sha256", models.BinaryField(primary_key=True, serialize=False)),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "db_table": "federation_picture",
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("credential", models.UUIDField(primary_key=True, serialize=False)),
                ("controller", models.TextField()),
                (
                    "feed_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
                ("admitted_at", models.DateTimeField()),
                (
                    "force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forces.force",
                    ),
                ),
            ],
            options={
                "db_table": "federation_link",
            },
        ),
        migrations.CreateModel(
            name="Parcel",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("first_sequence", models.BigIntegerField()),
                ("reads", models.SmallIntegerField()),
                ("sections", models.JSONField()),
                (
                    "camera_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
                (
                    "captured_at",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateTimeField(), size=None
                    ),
                ),
                (
                    "read_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), size=None
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("receipt_at", models.DateTimeField(null=True)),
                ("accepted", models.SmallIntegerField(null=True)),
                ("known", models.SmallIntegerField(null=True)),
                ("refused", models.JSONField(null=True)),
                ("gone", models.SmallIntegerField(null=True)),
            ],
            options={
                "db_table": "federation_parcel",
                "indexes": [
                    models.Index(fields=["receipt_at"], name="federation_parcel_by_receipt")
                ],
            },
        ),
        migrations.RunSQL(FUNCTIONS, UNDO),
    ]
