"""Which pages may open the stream."""

import pytest

from openanpr.alerts.live.server import is_web_origin


@pytest.mark.parametrize(
    ("origin", "ours", "known"),
    [
        ("https://anpr.example", "https://anpr.example", True),
        ("http://localhost:8420", "http://localhost:8420", True),
        ("http://127.0.0.1:8420", "http://localhost:8420", True),
        ("http://localhost:9999", "http://localhost:8420", False),
        ("https://localhost:8420", "http://localhost:8420", False),
        ("http://evil.example:8420", "http://localhost:8420", False),
        ("http://localhost:8420", "https://anpr.example:8420", False),
        ("http://localhost:8420.evil.example", "http://localhost:8420", False),
        ("null", "http://localhost:8420", False),
    ],
)
def test_only_our_own_pages(origin: str, ours: str, known: bool) -> None:
    assert is_web_origin(origin, ours) is known
