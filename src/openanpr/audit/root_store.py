"""Where signed roots are kept beside the chain; they can be added and nothing else."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from openanpr.audit.chain import Link
from openanpr.audit.models import AuditRoot
from openanpr.audit.roots import EVERY, Root, sign


def sign_if_due(*, key: Ed25519PrivateKey, at: datetime) -> Root | None:
    """Sign and keep the end of the chain where an hour has passed and rows were added since."""
    newest = AuditRoot.objects.order_by("-sequence").first()
    if newest is not None and at - newest.made_at < EVERY:
        return None
    return sign_now(key=key, at=at)


def sign_now(*, key: Ed25519PrivateKey, at: datetime) -> Root | None:
    """Sign and keep the end of the chain; ``None`` where it is empty or signed already."""
    with connection.cursor() as cursor:
        cursor.execute("select sequence, hash from audit_head")
        found = cursor.fetchone()
    if found is None:
        return None
    root = sign(Link(found[0], bytes(found[1])), key=key, at=at)
    kept = AuditRoot(
        sequence=root.sequence,
        hash=root.hash,
        made_at=root.made_at,
        public_key=root.public_key,
        signature=root.signature,
    )
    AuditRoot.objects.bulk_create([kept], ignore_conflicts=True)
    mine = AuditRoot.objects.filter(sequence=root.sequence, signature=root.signature)
    return root if mine.exists() else None


def newest_roots(number: int) -> list[Root]:
    """The ``number`` newest roots, newest first."""
    return [
        Root(
            sequence=one.sequence,
            hash=bytes(one.hash),
            made_at=one.made_at,
            public_key=bytes(one.public_key),
            signature=bytes(one.signature),
        )
        for one in AuditRoot.objects.order_by("-sequence")[:number]
    ]
