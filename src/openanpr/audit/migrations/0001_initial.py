"""The audit table, its append function (the only writer) and the triggers that refuse changes."""

import django.contrib.postgres.fields
from django.db import migrations, models

TABLE = """
create table audit_event (
    sequence        bigint primary key,
    recorded_at     timestamptz not null,
    at              timestamptz not null,
    written_by      text not null,
    actor_kind      text not null check (actor_kind in ('person', 'system', 'unknown')),
    actor_person    text not null,
    actor_account   text not null,
    actor_name      text not null,
    acting_role     text not null,
    verb            text not null check (verb <> ''),
    subject         text not null,
    investigation   text not null,
    reason          text not null,
    decision        text not null check (decision in ('', 'allow', 'deny', 'partial')),
    reasons         text[] not null,
    profile_version text not null,
    request_id      text not null,
    source_address  text not null,
    payload         jsonb not null check (jsonb_typeof(payload) = 'object'),
    salt            bytea not null check (octet_length(salt) = 32),
    previous_hash   bytea not null check (octet_length(previous_hash) = 32),
    hash            bytea not null check (octet_length(hash) = 32)
);
create index audit_event_verb on audit_event (verb, sequence desc);
create index audit_event_actor on audit_event (actor_person, sequence desc);
create index audit_event_account on audit_event (actor_account, sequence desc);
create index audit_event_investigation on audit_event (investigation, sequence desc)
    where investigation <> '';
create index audit_event_at on audit_event (at);
create index audit_event_reads on audit_event using gin ((payload -> 'read_ids'))
    where payload ? 'read_ids';

-- Where the chain ends. A row cut off at the end leaves no gap, so the end is written down apart.
create table audit_head (
    only_row boolean primary key default true check (only_row),
    sequence bigint not null,
    hash     bytea not null check (octet_length(hash) = 32)
);
"""

# The canonical form is defined in docs/adr/0010-audit-chain.md.
FUNCTIONS = """
create function audit_field_digest(salt bytea, name text, value text) returns bytea
language sql immutable strict parallel safe
return sha256(sha256(salt || convert_to(name, 'UTF8')) || convert_to(value, 'UTF8'));

create function audit_time_text(value timestamptz) returns text
language sql stable strict parallel safe
return to_char(value at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

create function audit_list_text(list text[]) returns text
language sql immutable strict parallel safe
begin atomic
    select coalesce(string_agg(octet_length(convert_to(item, 'UTF8')) || ':' || item, '' order by n), '')
    from unnest(list) with ordinality as listed(item, n);
end;

create function audit_row_hash(r audit_event) returns bytea
language sql stable parallel safe
return sha256(
    r.previous_hash
    || int8send(r.sequence)
    || audit_field_digest(r.salt, 'recorded_at', audit_time_text(r.recorded_at))
    || audit_field_digest(r.salt, 'at', audit_time_text(r.at))
    || audit_field_digest(r.salt, 'written_by', r.written_by)
    || audit_field_digest(r.salt, 'actor_kind', r.actor_kind)
    || audit_field_digest(r.salt, 'actor_person', r.actor_person)
    || audit_field_digest(r.salt, 'actor_account', r.actor_account)
    || audit_field_digest(r.salt, 'actor_name', r.actor_name)
    || audit_field_digest(r.salt, 'acting_role', r.acting_role)
    || audit_field_digest(r.salt, 'verb', r.verb)
    || audit_field_digest(r.salt, 'subject', r.subject)
    || audit_field_digest(r.salt, 'investigation', r.investigation)
    || audit_field_digest(r.salt, 'reason', r.reason)
    || audit_field_digest(r.salt, 'decision', r.decision)
    || audit_field_digest(r.salt, 'reasons', audit_list_text(r.reasons))
    || audit_field_digest(r.salt, 'profile_version', r.profile_version)
    || audit_field_digest(r.salt, 'request_id', r.request_id)
    || audit_field_digest(r.salt, 'source_address', r.source_address)
    || audit_field_digest(r.salt, 'payload', r.payload::text)
);

-- The lock is held to the end of the caller's transaction: the order of sequence numbers is the
-- order of commits, and no number is lost. A long transaction calls this last.
create function audit_append(event jsonb) returns table (sequence bigint, hash bytea, recorded_at timestamptz)
language plpgsql volatile security definer set search_path = public, pg_temp as $body$
declare
    r audit_event;
    head audit_head;
begin
    perform pg_advisory_xact_lock(4702111234474983745);
    select * into head from audit_head;
    if not found then
        if exists (select from audit_event) then
            raise exception 'the audit has lost the note of where its chain ends';
        end if;
        head := (true, 0, sha256(convert_to('openanpr.audit.v1', 'UTF8')));
        insert into audit_head select head.*;
    end if;
    r.sequence := head.sequence + 1;
    r.recorded_at := clock_timestamp();
    r.at := (event ->> 'at')::timestamptz;
    r.written_by := session_user;
    r.actor_kind := event ->> 'actor_kind';
    r.actor_person := coalesce(event ->> 'actor_person', '');
    r.actor_account := coalesce(event ->> 'actor_account', '');
    r.actor_name := coalesce(event ->> 'actor_name', '');
    r.acting_role := coalesce(event ->> 'acting_role', '');
    r.verb := event ->> 'verb';
    r.subject := coalesce(event ->> 'subject', '');
    r.investigation := coalesce(event ->> 'investigation', '');
    r.reason := coalesce(event ->> 'reason', '');
    r.decision := coalesce(event ->> 'decision', '');
    r.reasons := array(select jsonb_array_elements_text(coalesce(event -> 'reasons', '[]'::jsonb)));
    r.profile_version := coalesce(event ->> 'profile_version', '');
    r.request_id := coalesce(event ->> 'request_id', '');
    r.source_address := coalesce(event ->> 'source_address', '');
    r.payload := coalesce(event -> 'payload', '{}'::jsonb);
    r.salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    r.previous_hash := head.hash;
    r.hash := audit_row_hash(r);
    insert into audit_event select r.*;
    update audit_head set sequence = r.sequence, hash = r.hash;
    return query select r.sequence, r.hash, r.recorded_at;
end
$body$;

revoke execute on function audit_append(jsonb) from public;

create function audit_refuse_change() returns trigger language plpgsql as $body$
begin
    raise exception 'the audit is append-only: % on % is refused', tg_op, tg_table_name
        using errcode = 'insufficient_privilege';
end
$body$;

create trigger audit_event_no_change before update or delete on audit_event
    for each row execute function audit_refuse_change();
create trigger audit_event_no_truncate before truncate on audit_event
    for each statement execute function audit_refuse_change();
create trigger audit_head_no_delete before delete on audit_head
    for each row execute function audit_refuse_change();
create trigger audit_head_no_truncate before truncate on audit_head
    for each statement execute function audit_refuse_change();
"""

DROP = """
drop function audit_append(jsonb);
drop function audit_row_hash(audit_event);
drop function audit_list_text(text[]);
drop function audit_time_text(timestamptz);
drop function audit_field_digest(bytea, text, text);
drop table audit_event;
drop table audit_head;
drop function audit_refuse_change();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(
            TABLE + FUNCTIONS,
            DROP,
            state_operations=[
                migrations.CreateModel(
                    name="AuditEvent",
                    fields=[
                        ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("recorded_at", models.DateTimeField()),
                        ("at", models.DateTimeField()),
                        ("written_by", models.TextField()),
                        ("actor_kind", models.TextField()),
                        ("actor_person", models.TextField()),
                        ("actor_account", models.TextField()),
                        ("actor_name", models.TextField()),
                        ("acting_role", models.TextField()),
                        ("verb", models.TextField()),
                        ("subject", models.TextField()),
                        ("investigation", models.TextField()),
                        ("reason", models.TextField()),
                        ("decision", models.TextField()),
                        (
                            "reasons",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), size=None
                            ),
                        ),
                        ("profile_version", models.TextField()),
                        ("request_id", models.TextField()),
                        ("source_address", models.TextField()),
                        ("payload", models.JSONField()),
                        ("salt", models.BinaryField()),
                        ("previous_hash", models.BinaryField()),
                        ("hash", models.BinaryField()),
                    ],
                    options={"db_table": "audit_event", "ordering": ["sequence"], "managed": False},
                )
            ],
        )
    ]
