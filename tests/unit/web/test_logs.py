"""Marks never reach a log line."""

import io
import logging
import logging.config

import pytest

from openanpr.config.logging import logging_config
from openanpr.web.logs import NoMarks


@pytest.mark.parametrize(
    ("message", "args", "expected"),
    [
        ("looked for OA30AAA", (), "looked for [mark]"),
        ("looked for %s", ("OA30 AAA",), "looked for [mark]"),
        ("Not Found: /x/%s", ("OA30%20AAA",), "Not Found: /x/[mark]"),
        ("Not Found: %s", ("/x/OA30AAA_b",), "Not Found: /x/[mark]_b"),
        ("Not Found: %s", ("/x/oa30aaa/",), "Not Found: /x/[mark]/"),
        ("ingest took 30 ms for 100 reads", (), "ingest took 30 ms for 100 reads"),
    ],
)
def test_what_looks_like_a_mark_is_masked(message, args, expected):
    record = logging.LogRecord("x", logging.INFO, "x", 1, message, args, None)
    assert NoMarks().filter(record)
    assert record.getMessage() == expected


@pytest.mark.security
def test_what_an_exception_quotes_is_masked():
    """PostgreSQL's own words name the row: `Key (vrm)=(...) already exists`."""
    written = io.StringIO()
    handler = logging.config.DictConfigurator(logging_config())
    formatter = handler.configure_formatter(handler.config["formatters"]["json"])
    stream = logging.StreamHandler(written)
    stream.setFormatter(formatter)
    logger = logging.Logger("test")
    logger.addHandler(stream)
    try:
        raise ValueError("Key (vrm)=(OA30AAA) already exists")
    except ValueError:
        logger.exception("a page failed", stack_info=True)
    line = written.getvalue()
    assert "already exists" in line
    assert "[mark]" in line
    assert "OA30AAA" not in line
