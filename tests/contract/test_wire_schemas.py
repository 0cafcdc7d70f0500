"""The frozen schemas of the wire: a change here needs a new version of the message."""

import json
from pathlib import Path

import pytest

from openanpr.wire.schemas import MESSAGES, json_schema

FROZEN = Path(__file__).parent / "schemas"


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_the_schema_is_as_it_was_frozen(name: str) -> None:
    frozen = json.loads((FROZEN / f"{name}.json").read_text(encoding="utf-8"))
    assert json_schema(name) == frozen


def test_nothing_frozen_was_dropped() -> None:
    assert {path.stem for path in FROZEN.glob("*.json")} == set(MESSAGES)
