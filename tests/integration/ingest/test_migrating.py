"""Ingest goes on storing while the schema is brought up to date."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import OperationalError, connections
from psycopg.errors import LockNotAvailable
from tests.factories.reads import store_read

from openanpr.config import installation
from openanpr.config.values import get_settings

pytestmark = pytest.mark.usefixtures("db")


@contextmanager
def as_owner() -> Iterator[None]:
    web = connections["default"]
    connections["default"] = connections["owner"]
    try:
        yield
    finally:
        connections["owner"].close()
        connections["default"] = web


def test_reads_are_stored_while_migrations_and_grants_run() -> None:
    stored = []
    over = threading.Event()

    def ingest() -> None:
        while not over.is_set():
            stored.append(store_read())

    ingesting = threading.Thread(target=ingest)
    ingesting.start()
    try:
        with as_owner():
            installation.bring_up_to_date(get_settings())
    finally:
        over.set()
        ingesting.join()
    assert stored


def test_a_migration_gives_up_a_lock_that_it_cannot_have_soon(
    superuser: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(installation, "_LOCK_TIMEOUT", "50ms")
    monkeypatch.setattr(installation, "_PAUSE_S", 0.0)

    def migrate(*_: object, **__: object) -> None:
        with connections["default"].cursor() as cursor:
            cursor.execute("lock table reads in access exclusive mode")

    monkeypatch.setattr("django.core.management.call_command", _in_a_transaction(migrate))
    with superuser.transaction():
        superuser.execute("select from reads")
        with as_owner(), pytest.raises(OperationalError) as refused:
            installation.bring_up_to_date(get_settings(), said.append)
    assert isinstance(refused.value.__cause__, LockNotAvailable)
    assert said.count("A table is in use; trying again in 0 s") == 4


def _in_a_transaction(work: Callable[..., None]) -> Callable[..., None]:
    def run(*args: object, **kwargs: object) -> None:
        from django.db import transaction

        with transaction.atomic(using="default"):
            work(*args, **kwargs)

    return run
