"""Each house rule finds what it forbids, and lets pass what it should."""

import ast
from pathlib import Path

import pytest
from tools.house import rules
from tools.house.rules import Module


def module(path: str, text: str) -> Module:
    return Module(Path(path), text, ast.parse(text))


BROKEN = [
    (rules.file_size, "src/openanpr/vrm/big.py", "x = 1\n" * 4000),
    (rules.drawer_names, "src/openanpr/web/utils.py", ""),
    (rules.no_clock, "src/openanpr/access/rules.py", "moment = datetime.now(UTC)\n"),
    (rules.no_clock, "src/openanpr/alerts/services/outcomes.py", "moment = clock.now()\n"),
    (rules.no_clock, "src/openanpr/hotlists/services.py", "moment = time.time()\n"),
    (
        rules.no_reads_in_views,
        "src/openanpr/search/views/form.py",
        "from openanpr.search.store import history\n",
    ),
    (rules.sql_on_reads, "src/openanpr/alerts/queries.py", 'SQL = "select vrm FROM reads"\n'),
    (rules.no_marks_in_logs, "src/openanpr/ingest/writer.py", 'log.info("stored %s", read.vrm)\n'),
    (rules.no_marks_in_logs, "src/openanpr/ingest/a.py", 'logger.info("x", extra={"m": vrm})\n'),
    (rules.declared_urls, "src/openanpr/alerts/urls.py", 'urlpatterns = [path("x/", view)]\n'),
]

FINE = [
    (rules.file_size, "tests/unit/test_big.py", "x = 1\n" * 4000),
    (rules.drawer_names, "src/openanpr/web/permissions.py", ""),
    (rules.no_clock, "src/openanpr/alerts/views/page.py", "at = clock.now()\n"),
    (
        rules.no_reads_in_views,
        "src/openanpr/search/services.py",
        "from openanpr.search.store import history\n",
    ),
    (rules.sql_on_reads, "src/openanpr/search/store.py", 'SQL = "select vrm from reads"\n'),
    (rules.no_marks_in_logs, "src/openanpr/ingest/writer.py", 'log.info("stored %s", read.id)\n'),
    (rules.declared_urls, "src/openanpr/alerts/urls.py", 'urlpatterns = [path_for("x/", view)]\n'),
]


@pytest.mark.parametrize(("rule", "path", "text"), BROKEN)
def test_finds_what_it_forbids(rule, path, text):
    assert list(rule(module(path, text)))


@pytest.mark.parametrize(("rule", "path", "text"), FINE)
def test_lets_the_rest_pass(rule, path, text):
    assert not list(rule(module(path, text)))


def test_two_decisions_with_one_number(tmp_path):
    for name in ("0001-a.md", "0001-b.md", "0002-c.md"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert len(list(rules.adr_numbers(tmp_path))) == 1
