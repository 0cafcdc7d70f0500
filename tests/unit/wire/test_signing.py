"""Signatures of readers: what they prove, and what breaks them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openanpr.wire import uuid7
from openanpr.wire.signing import SignatureError, read_headers, sign, verify

pytestmark = pytest.mark.security

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY = Ed25519PrivateKey.generate()
REQUEST: dict[str, Any] = {"method": "POST", "path": "/v1/batches", "body": b"{}"}


def signed(at: datetime = NOON) -> dict[str, str]:
    return sign(key=KEY, reader=uuid7(), at=at, **REQUEST)


def check(headers: dict[str, str], *, at: datetime = NOON, **changes: Any) -> None:
    verify(
        signed=read_headers(headers),
        public_key=KEY.public_key().public_bytes_raw(),
        at=at,
        **(REQUEST | changes),
    )


def test_what_was_signed_is_accepted_within_five_minutes() -> None:
    headers = signed()
    check(headers)
    check(headers, at=NOON + timedelta(minutes=5))
    check(headers, at=NOON - timedelta(minutes=5))


@pytest.mark.parametrize("off", [timedelta(minutes=5, seconds=1), timedelta(minutes=-6)])
def test_a_clock_too_far_off_is_named_as_the_reason(off: timedelta) -> None:
    with pytest.raises(SignatureError) as refusal:
        check(signed(NOON + off))
    assert refusal.value.reason == "clock"


@pytest.mark.parametrize(
    "changes", [{"method": "PUT"}, {"path": "/v1/heartbeats"}, {"body": b"{} "}]
)
def test_a_changed_request_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(SignatureError) as refusal:
        check(signed(), **changes)
    assert refusal.value.reason == "signature"


@pytest.mark.parametrize("header", ["OpenANPR-Time", "OpenANPR-Nonce"])
def test_a_changed_header_is_refused(header: str) -> None:
    headers = signed()
    with pytest.raises(SignatureError, match="does not fit"):
        check(headers | {header: headers[header] + "0"})


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("OpenANPR-Reader", "me"),
        ("OpenANPR-Time", "noon"),
        ("OpenANPR-Time", "9" * 4000),
        ("OpenANPR-Signature", "not base64!"),
        ("OpenANPR-Signature", None),
    ],
)
def test_a_missing_or_unreadable_header_is_unsigned(header: str, value: str | None) -> None:
    headers = signed()
    if value is None:
        del headers[header]
    else:
        headers[header] = value
    with pytest.raises(SignatureError) as refusal:
        check(headers)
    assert refusal.value.reason == "unsigned"


def test_a_signature_of_another_length_is_refused() -> None:
    with pytest.raises(SignatureError):
        check(signed() | {"OpenANPR-Signature": "AAAA"})
