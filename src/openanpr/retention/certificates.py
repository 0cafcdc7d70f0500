"""Deletion certificates: what was removed, by day and camera, signed and chained in the audit."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import psycopg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import openanpr.retention.events  # noqa: F401 - registers the verb
from openanpr.access.profile import Profile
from openanpr.audit.services import AuditActor, record_event_raw
from openanpr.wire.ids import uuid7

FORMAT: Final = "openanpr.deletion.v1"
SECRET: Final = "retention-signing-key"  # noqa: S105 - a name
Counts = dict[str, dict[str, dict[str, int]]]


@dataclass(frozen=True, slots=True)
class Certificate:
    """A stored certificate. ``holds``: signed by this installation's key, and not changed since."""

    id: str
    made_at: datetime
    body: Mapping[str, Any]
    audit_sequence: int
    holds: bool


def signing_key(secret: str) -> Ed25519PrivateKey:
    """The key whose 32 bytes are ``secret`` in URL-safe base64 without padding."""
    return Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(secret + "="))


def certify(
    connection: psycopg.Connection[Any],
    *,
    key: Ed25519PrivateKey,
    profile: Profile,
    limit: datetime,
    at: datetime,
) -> str | None:
    """Sign, record and store what was counted since the last certificate; its id, None for nothing.

    One transaction. Raises ``psycopg.Error``.
    """
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("delete from deletion_tally returning store, day, camera_id, rows")
        counts = _counts(cursor.fetchall())
        if not counts:
            return None
        certificate = uuid7()
        held = _held(cursor, limit)
        text = _text(
            {
                "format": FORMAT,
                "certificate": str(certificate),
                "made_at": at.astimezone(UTC).isoformat(),
                "limit": limit.isoformat(),
                "profile": profile.label,
                "counts": counts,
                "held": held,
            }
        )
        record = record_event_raw(
            cursor,
            verb="retention.delete",
            actor=AuditActor.system("retention"),
            at=at,
            subject=f"certificate:{certificate}",
            profile_version=profile.label,
            payload={
                "rows": _total(counts),
                "limit": limit.isoformat(),
                "counts": counts,
                "held": sum(int(one["reads"]) for one in held),
                "digest": hashlib.sha256(text.encode()).hexdigest(),
            },
        )
        cursor.execute(
            "insert into deletion_certificate "
            "(id, made_at, body, signature, public_key, audit_sequence) "
            "values (%s, %s, %s, %s, %s, %s)",
            (certificate, at, text, key.sign(text.encode()), public_bytes(key), record.sequence),
        )
    return str(certificate)


def certificates(
    connection: psycopg.Connection[Any], *, key: Ed25519PrivateKey, newest: int
) -> list[Certificate]:
    """The ``newest`` certificates, newest first, each checked against the installation's key."""
    rows = connection.execute(
        "select id, made_at, body, signature, audit_sequence from deletion_certificate "
        "order by made_at desc, id desc limit %s",
        (newest,),
    ).fetchall()
    return [
        Certificate(
            id=str(number),
            made_at=made_at,
            body=json.loads(text),
            audit_sequence=sequence,
            holds=_signed(key.public_key(), text, bytes(signature))
            and json.loads(text)["certificate"] == str(number),
        )
        for number, made_at, text, signature, sequence in rows
    ]


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The public half, 32 bytes."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def total(certificate: Certificate) -> int:
    """How many rows the certificate counts."""
    return _total(certificate.body["counts"])


def _counts(rows: list[tuple[Any, ...]]) -> Counts:
    counts: Counts = {}
    for store, day, camera, number in sorted(rows):
        counts.setdefault(store, {}).setdefault(day.isoformat(), {})[str(camera)] = number
    return counts


def _held(cursor: psycopg.Cursor[Any], limit: datetime) -> list[dict[str, Any]]:
    """The holds for which reads past the limit stay, why, and how many; no mark and no place."""
    cursor.execute(
        "select hold, investigation, ground, review_at, reads from retention_held(%s)", (limit,)
    )
    return [
        {
            "hold": str(hold),
            "investigation": investigation,
            "ground": ground,
            "review_at": review_at.astimezone(UTC).isoformat(),
            "reads": reads,
        }
        for hold, investigation, ground, review_at, reads in cursor.fetchall()
    ]


def _total(counts: Counts) -> int:
    return sum(sum(day.values()) for store in counts.values() for day in store.values())


def _text(body: Mapping[str, Any]) -> str:
    return json.dumps(body, sort_keys=True, separators=(",", ":"))


def _signed(key: Ed25519PublicKey, text: str, signature: bytes) -> bool:
    try:
        key.verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True
