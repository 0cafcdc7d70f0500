"""Filling the store of the measurement: a week at a time, each whole or not there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

import psycopg
from psycopg import sql

from openanpr.cli.bench_search_rows import FILLED, HEADER, TRAILER, Column, rows
from openanpr.cli.bench_search_traffic import Traffic

Progress = Callable[[int], None]
_MOST_DAYS: Final = 728
_READS_A_DAY: Final = 25_000
_WEEK: Final = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Store:
    """What is or will be in it: ``days`` whole days that end at ``end``, the last one short."""

    reads: int
    days: int
    end: datetime

    @property
    def start(self) -> datetime:
        """Midnight (UTC) of the first day."""
        return self.end - timedelta(days=self.days)

    @property
    def traffic(self) -> Traffic:
        """Who drives."""
        return Traffic(a_day=-(-self.reads // self.days))


def prepare(connection: psycopg.Connection[Any], *, reads: int, today: date) -> Store:
    """What this store is to hold, as its first run wrote down."""
    # Apart from the product's own tables, whose rights are set anew at each start.
    connection.execute("create schema if not exists bench")
    connection.execute(
        "create table if not exists bench.store "
        "(reads bigint primary key, days integer not null, ends timestamptz not null, "
        "complete boolean not null default false)"
    )
    connection.execute("create table if not exists bench.week (week date primary key)")
    days = max(28, min(_MOST_DAYS, reads // _READS_A_DAY))
    connection.execute(
        "insert into bench.store (reads, days, ends) values (%s, %s, %s) on conflict do nothing",
        (reads, days, datetime.combine(today, time(), tzinfo=UTC)),
    )
    row = connection.execute(
        "select days, ends from bench.store where reads = %s", (reads,)
    ).fetchone()
    if row is None:
        raise RuntimeError("the store's own account of itself is gone: remove its folder")
    return Store(reads, row[0], row[1].astimezone(UTC))


def build(connection: psycopg.Connection[Any], store: Store, progress: Progress) -> None:
    """Make every week that is not there yet, then what follows from all of them.

    ``progress`` is told how many reads were added, or were found there.
    """
    columns = _columns(connection)
    done = {week for (week,) in connection.execute("select week from bench.week")}
    traffic = store.traffic
    week = _monday(store.start)
    while week < store.end:
        days = [
            number
            for number in range(store.days)
            if week <= store.start + timedelta(days=number) < week + _WEEK
        ]
        if week.date() not in done:
            with connection.transaction():
                connection.execute("set local role openanpr_owner")
                _week(connection, store, traffic, columns, week, days)
        progress(sum(_quota(store, number) for number in days))
        week += _WEEK
    _finish(connection, store)


def _quota(store: Store, number: int) -> int:
    a_day = -(-store.reads // store.days)
    return max(0, min(a_day, store.reads - number * a_day))


def _week(
    connection: psycopg.Connection[Any],
    store: Store,
    traffic: Traffic,
    columns: list[Column],
    week: datetime,
    days: list[int],
) -> None:
    """Copy into a bare table and attach it: indexes that are made at the end cost half as much."""
    name = sql.Identifier(f"reads_{week:%Y%m%d}")
    connection.execute(sql.SQL("drop table if exists {}").format(name))
    connection.execute(
        sql.SQL("create table {} (like reads including defaults including constraints)").format(
            name
        )
    )
    into = sql.SQL("copy {} ({}) from stdin (format binary)").format(
        name, sql.SQL(", ").join(sql.Identifier(one.name) for one in columns)
    )
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        copy.write(HEADER)
        for number in days:
            midnight = store.start + timedelta(days=number)
            passages = traffic.day(number, weekday=midnight.weekday())
            cut = passages.first(_quota(store, number))
            copy.write(rows(columns, cut, midnight=midnight, seed=number))
        copy.write(TRAILER)
    connection.execute(
        sql.SQL("alter table reads attach partition {} for values from ({}) to ({})").format(
            name, sql.Literal(week.isoformat()), sql.Literal((week + _WEEK).isoformat())
        )
    )
    connection.execute("reset role")
    connection.execute("insert into bench.week values (%s)", (week.date(),))


def _finish(connection: psycopg.Connection[Any], store: Store) -> None:
    complete = connection.execute(
        "select complete from bench.store where reads = %s", (store.reads,)
    ).fetchone()
    if complete == (True,):
        return
    with connection.transaction():
        connection.execute("truncate vrm_seen")
        connection.execute(
            "insert into vrm_seen (vrm, first_seen, last_seen, reads) "
            "select vrm, min(captured_at), max(captured_at), count(*) from reads group by vrm"
        )
        connection.execute("update bench.store set complete = true")
    connection.execute("vacuum analyze reads")
    connection.execute("vacuum analyze vrm_seen")


def _columns(connection: psycopg.Connection[Any]) -> list[Column]:
    found = connection.execute(
        "select column_name, udt_name, is_nullable = 'YES' or column_default is not null "
        "from information_schema.columns where table_schema = 'public' and table_name = 'reads' "
        "order by ordinal_position"
    ).fetchall()
    return [Column(name, kind) for name, kind, optional in found if name in FILLED or not optional]


def _monday(moment: datetime) -> datetime:
    return moment - timedelta(days=moment.weekday())
