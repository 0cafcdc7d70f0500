"""The same schema over a Citus cluster: reads by mark, live searches known on every node.

Three things differ there (docs/adr/0026-citus.md). A policy may hold no subquery, so each asks its
function row by row, in the bare form below. A table that is the same on every node may have no
trigger, so `live_search` stays where its triggers are and tells each change to a copy that the
nodes read. And `now()` differs from node to node, so ingest sees what was stored within a minute
instead of in its own transaction.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import psycopg

SHARDS: Final = 32
POLICY_NAMES: Final = frozenset({"reads_searched", "reads_stored", "reads_stored_now"})
"""The policies that `reads` has on a cluster."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is done, in words for the operator, and the SQL that does it."""

    sentence: str
    sql: str


_COPY: Final = """
create table live_search_everywhere (
    id uuid primary key, period_from timestamptz not null, period_to timestamptz not null,
    vrms text[] collate "C", camera_ids integer[], window_from timestamptz[],
    window_to timestamptz[], expires_at timestamptz not null
);
select create_reference_table('live_search_everywhere');
create function live_search_told() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if tg_op = 'DELETE' then
        delete from public.live_search_everywhere where id = old.id;
    else
        insert into public.live_search_everywhere values (
            new.id, new.period_from, new.period_to, new.vrms, new.camera_ids,
            new.window_from, new.window_to, new.expires_at)
        on conflict (id) do update set expires_at = excluded.expires_at;
    end if;
    return null;
end
$$;
create trigger live_search_told after insert or update or delete on live_search
    for each row execute function live_search_told();
"""
_OF_THE_LIVE_SEARCH: Final = """
create or replace function {name}() returns {kind}
language sql stable parallel safe security definer
set search_path = pg_catalog, public, pg_temp
set citus.allow_nested_distributed_execution = on as $$
    select {column} from public.live_search_everywhere
    where id = nullif(current_setting('openanpr.search_id', true), '')::uuid
      and expires_at > now()
$$;
"""
_COLUMNS: Final = (
    ("search_from", "timestamptz", "period_from"),
    ("search_to", "timestamptz", "period_to"),
    ("search_vrms", "text[]", "vrms"),
    ("search_cameras", "integer[]", "camera_ids"),
    (
        "search_windows",
        "tstzmultirange",
        "case when window_from is not null then coalesce((select range_agg(tstzrange(w.f, w.t)) "
        "from unnest(window_from, window_to) w (f, t)), '{}') end",
    ),
)
# `is null` in a policy is an "unrecognized node type" to Citus 13.2 on PostgreSQL 15.
_POLICIES: Final = """
create policy reads_searched on reads for select to openanpr_search using (
    captured_at >= search_from() and captured_at < search_to()
    and vrm = any (coalesce(search_vrms(), array[vrm]))
    and camera_id = any (coalesce(search_cameras(), array[camera_id]))
    and captured_at <@ coalesce(search_windows(), tstzmultirange(tstzrange(null, null)))
);
create policy reads_stored on reads for insert to openanpr_ingest with check (true);
create policy reads_stored_now on reads for select to openanpr_ingest using (
    stored_at > now() - interval '1 minute' and stored_at < now() + interval '1 minute'
);
"""


def is_distributed(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Whether `reads` is spread over a cluster already. Raises psycopg.Error."""
    if not has_citus(connection):
        return False
    row = connection.execute(
        "select exists (select from pg_dist_partition where logicalrel = 'reads'::regclass)"
    ).fetchone()
    return bool(row and row[0])


def has_citus(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    """Whether this database has the extension."""
    row = connection.execute(
        "select exists (select from pg_extension where extname = 'citus')"
    ).fetchone()
    return bool(row and row[0])


def worker_count(connection: psycopg.Connection[tuple[object, ...]]) -> int:
    """How many nodes beside the coordinator may hold shards."""
    row = connection.execute(
        "select count(*) from pg_dist_node where shouldhaveshards and isactive and groupid <> 0"
    ).fetchone()
    return int(str(row[0])) if row else 0


def steps(policies: list[str], *, shards: int = SHARDS) -> Iterator[Step]:
    """What distributing takes, in order; ``policies`` are the names of those that `reads` has."""
    yield Step(
        "Taking off the policies of one server",
        "".join(f'drop policy "{name}" on reads;' for name in policies),
    )
    yield Step("Telling every node of live searches", _COPY)
    yield Step(
        f"Spreading reads over {shards} shards by mark",
        f"set local citus.shard_count = {shards};"
        "select create_distributed_table('reads', 'vrm');"
        "select create_distributed_table('vrm_seen', 'vrm', colocate_with := 'reads');",
    )
    functions = "".join(
        _OF_THE_LIVE_SEARCH.format(name=name, kind=kind, column=column)
        for name, kind, column in _COLUMNS
    )
    yield Step("Putting on the policies of a cluster", functions + _POLICIES)


def policies_of_reads(connection: psycopg.Connection[tuple[object, ...]]) -> list[str]:
    """The names of the policies that `reads` has now."""
    rows = connection.execute(
        "select polname from pg_policy where polrelid = 'reads'::regclass order by 1"
    ).fetchall()
    return [str(row[0]) for row in rows]
