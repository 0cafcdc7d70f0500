"""Second readings of reads, by people and by better models: added and never changed."""

from django.db import migrations, models

TABLE = """
create table read_correction (
    id uuid primary key,
    made_at timestamptz not null,
    stored_at timestamptz not null default now(),
    captured_at timestamptz not null,
    read_id uuid not null,
    camera_id integer not null,
    first_confidence real not null,
    confidence real,
    person text not null,
    vrm text collate "C" not null,
    first_reading text collate "C" not null,
    first_model text collate "C" not null,
    says text collate "C" not null,
    verdict text collate "C" not null,
    source text collate "C" not null,
    reference text collate "C" not null,
    investigation text collate "C" not null,
    model text collate "C" not null,
    reason text not null,
    constraint read_correction_verdict check (verdict in ('right', 'wrong', 'unreadable')),
    constraint read_correction_source
        check (source in ('comparison', 'check', 'complaint', 'rights', 'model')),
    constraint read_correction_model check ((source = 'model') = (model <> '')),
    constraint read_correction_right check (verdict <> 'right' or says = vrm)
);
create index read_correction_of on read_correction (read_id);
create index read_correction_by_capture on read_correction (captured_at);
alter table read_correction enable row level security;
create policy read_correction_searched on read_correction for select to openanpr_search using (
    captured_at >= (select search_from())
    and captured_at < (select search_to())
    and ((select search_vrms()) is null or vrm = any ((select search_vrms())::text[]))
    and ((select search_cameras()) is null
         or camera_id = any ((select search_cameras())::integer[]))
    and ((select search_windows()) is null or captured_at <@ (select search_windows()))
);
create table accuracy_check (
    id uuid primary key,
    drawn_at timestamptz not null,
    captured_at timestamptz not null,
    answered_at timestamptz,
    read_id uuid not null,
    camera_id integer not null,
    account integer not null,
    vrm text collate "C" not null,
    patch_hash bytea not null,
    passed_over text not null default ''
);
create index accuracy_check_open on accuracy_check (account) where answered_at is null;
create index accuracy_check_by_capture on accuracy_check (captured_at);
"""

# What is corrected must be in the store, and the audit must have said so in the last minute.
CORRECTING = """
create function correct_read(
    correction uuid, read uuid, mark text, moment timestamptz, camera integer,
    new_verdict text, new_says text, new_source text, new_reference text, new_model text,
    new_confidence real, new_reason text, at timestamptz
) returns boolean
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    asked public.audit_event;
begin
    select e.* into asked from public.audit_event e
    where e.subject = 'correction:' || correction::text
      and e.verb in ('read.correct', 'read.reread')
      and e.recorded_at > clock_timestamp() - interval '1 minute'
    order by e.sequence desc limit 1;
    if asked.sequence is null then
        raise exception 'a read is corrected only by an audited act of this minute'
            using errcode = 'insufficient_privilege';
    end if;
    insert into public.read_correction (
        id, made_at, captured_at, read_id, camera_id, first_confidence, confidence, person, vrm,
        first_reading, first_model, says, verdict, source, reference, investigation, model, reason)
    select correction, at, r.captured_at, r.id, r.camera_id, r.confidence, new_confidence,
        asked.actor_person, r.vrm, coalesce(r.raw_vrm, r.vrm),
        coalesce(r.model_version, ''), new_says, new_verdict, new_source, new_reference,
        coalesce(asked.investigation, ''), new_model, new_reason
    from (
        select id, captured_at, camera_id, confidence, vrm, raw_vrm, model_version
        from public.reads
        where reads.vrm = mark and captured_at = moment and camera_id = camera and id = read
        union all
        select id, captured_at, camera_id, confidence, vrm, raw_vrm, model_version
        from public.reads_held
        where reads_held.vrm = mark and captured_at = moment and camera_id = camera and id = read
        limit 1
    ) r;
    return found;
end
$$;
create function corrected_reads(since timestamptz, until timestamptz)
returns table (camera_id integer, model text, source text, verdict text, reads bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select c.camera_id, c.first_model, c.source, c.verdict, count(distinct c.read_id)
    from public.read_correction c
    where c.captured_at >= since and c.captured_at < until and c.source <> 'model'
    group by 1, 2, 3, 4 order by 1, 2, 3, 4
$$;
"""

# A camera by chance, a moment by chance, the next read there that has a plate patch: every camera
# counts alike, and no person chooses. Whoever draws learns neither camera nor time.
DRAWING = """
create function draw_check(
    checking uuid, by_account integer, since timestamptz, until timestamptz
) returns table (captured_at timestamptz, patch bytea)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    camera integer;
    start timestamptz;
    drawn record;
begin
    if since < now() - interval '60 days' then
        raise exception 'checks are of the last 60 days' using errcode = 'insufficient_privilege';
    end if;
    for camera in select c.id from public.camera c order by random() limit 40 loop
        start := since + random() * (until - since);
        for turn in 1..2 loop
            select r.id, r.vrm, r.captured_at, r.patch_hash into drawn
            from public.reads r
            where r.camera_id = camera and r.captured_at >= start and r.captured_at < until
              and r.patch_hash is not null
              and exists (select from public.read_image i where i.received_sha256 = r.patch_hash
                          and i.stored_sha256 is not null)
              and not exists (select from public.accuracy_check k where k.read_id = r.id)
            order by r.captured_at limit 1;
            exit when drawn.id is not null;
            start := since;
        end loop;
        if drawn.id is not null then
            insert into public.accuracy_check (
                id, drawn_at, captured_at, read_id, camera_id, account, vrm, patch_hash)
            values (checking, now(), drawn.captured_at, drawn.id, camera, by_account, drawn.vrm,
                    drawn.patch_hash);
            return query select drawn.captured_at, drawn.patch_hash;
            return;
        end if;
    end loop;
end
$$;
"""

LIMITS = """
create function retention_limit_read_correction(out past text, out moment text, out camera text)
language sql immutable as $$
    select 'captured_at < $1 and not exists (select from public.reads_held h '
        'join public.hold o on o.id = h.hold_id and o.released_at is null '
        'where h.vrm = read_correction.vrm and h.captured_at = read_correction.captured_at '
        'and h.id = read_correction.read_id)', 'captured_at', 'camera_id'
$$;
create function retention_limit_accuracy_check(out past text, out moment text, out camera text)
language sql immutable as $$ select 'captured_at < $1', 'captured_at', 'camera_id' $$;
"""

UNDO = """
drop function retention_limit_accuracy_check();
drop function retention_limit_read_correction();
drop function draw_check(uuid, integer, timestamptz, timestamptz);
drop function corrected_reads(timestamptz, timestamptz);
drop function correct_read(uuid, uuid, text, timestamptz, integer, text, text, text, text, text, real,
    text, timestamptz);
drop table accuracy_check;
drop table read_correction;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reads", "0005_reads_held"),
        ("retention", "0004_limits_of_apps"),
        ("audit", "0004_roots"),
        ("cameras", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(
            TABLE + CORRECTING + DRAWING + LIMITS,
            UNDO,
            state_operations=[
                migrations.CreateModel(
                    name="AccuracyCheck",
                    fields=[
                        ("id", models.UUIDField(primary_key=True, serialize=False)),
                        ("drawn_at", models.DateTimeField()),
                        ("captured_at", models.DateTimeField()),
                        ("answered_at", models.DateTimeField(null=True)),
                        ("read_id", models.UUIDField()),
                        ("camera_id", models.IntegerField()),
                        ("account", models.IntegerField()),
                        ("vrm", models.TextField(db_collation="C")),
                        ("patch_hash", models.BinaryField()),
                        ("passed_over", models.TextField(db_default="")),
                    ],
                    options={"db_table": "accuracy_check"},
                ),
            ],
        ),
    ]
