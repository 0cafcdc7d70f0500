"""Signed roots: what a rewritten file fails against, in the checker that stands alone."""

import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from openanpr.audit.canonical import FIELDS
from openanpr.audit.chain import Link
from openanpr.audit.export import write_export
from openanpr.audit.roots import public_bytes, sign
from tests.unit.audit.rows import chain
from tests.unit.audit.test_chain import audit_check, head_of

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)


def values(length):
    return [{"verb": "test.do", "reason": f"reason {n}"} for n in range(length)]


def export(rows, *, key=KEY, redacted=False):
    file = io.StringIO()
    head = head_of(rows)
    write_export(
        rows, file, redacted=redacted, head=head, sign=lambda link: sign(link, key=key, at=AT)
    )
    return file.getvalue()


def kept(rows, *, at=AT, key=KEY):
    """A root that somebody put into a safe, as the checker reads it."""
    return audit_check.Root(sign(head_of(rows), key=key, at=at).fields(), "the root given")


def complaint(text, *, root=None, key=None):
    try:
        audit_check.check(io.BytesIO(text.encode()), None, root, key)
    except audit_check.BrokenError as problem:
        return str(problem)
    return ""


@given(length=st.integers(1, 6), place=st.integers(1, 6), redacted=st.booleans())
@settings(max_examples=15)
def test_a_true_file_passes_through_every_root_of_its_own(length, place, redacted):
    rows = chain(values(length))
    root = kept(rows[: min(place, length)])
    text = export(rows, redacted=redacted)
    assert complaint(text, root=root, key=public_bytes(KEY)) == ""


def rewritten(rows, tampering, place, text):
    """The values of ``rows`` after one act of tampering, hashed again from end to end."""
    given_values = [dict(row.values) for row in rows]
    if tampering == "change":
        given_values[place]["reason"] += text + "!"
    elif tampering == "remove":
        del given_values[place]
    elif tampering == "insert":
        given_values.insert(place, {**given_values[place], "reason": text})
    elif tampering == "reorder":
        given_values.append(given_values.pop(place))
    elif tampering == "forge":
        given_values[place] = dict.fromkeys(FIELDS, text)
    return chain(given_values)


@given(
    tampering=st.sampled_from(["change", "remove", "insert", "reorder", "forge"]),
    place=st.integers(0, 4),
    text=texts,
    redacted=st.booleans(),
)
@settings(max_examples=60)
def test_a_file_rewritten_from_end_to_end_fails_against_a_root_kept_outside(
    tampering, place, text, redacted
):
    rows = chain(values(6))
    root = kept(rows)
    false = rewritten(rows, tampering, place, text)
    spoilt = export(false, redacted=redacted)
    assert complaint(spoilt) == "", "whole in itself, and signed by the thief with the key"
    assert "row" in complaint(spoilt, root=root)


def test_without_the_key_a_rewritten_file_fails_against_the_public_half():
    rows = chain(values(3))
    assert "another key" in complaint(export(rows, key=OTHER), key=public_bytes(KEY))
    assert complaint(export(rows), key=public_bytes(KEY)) == ""
    bare = io.StringIO()
    write_export(rows, bare, redacted=False, head=head_of(rows))
    assert "no root" in complaint(bare.getvalue(), key=public_bytes(KEY))


def test_a_file_cut_short_with_a_trailer_of_its_own_fails_against_a_later_root():
    rows = chain(values(6))
    assert "row 4 is missing" in complaint(export(rows[:3]), root=kept(rows))


def test_a_root_whose_signature_was_made_up_is_refused():
    rows = chain(values(2))
    for change in ({"made_at": "2020-01-01T00:00:00.000000Z"}, {"signature": "00" * 64}):
        fields = {**sign(head_of(rows), key=KEY, at=AT).fields(), **change}
        root = audit_check.Root(fields, "the root given")
        assert "signature" in complaint(export(rows), root=root)


def test_a_root_is_given_as_row_and_hash_or_as_a_file(tmp_path):
    rows = chain(values(2))
    root = sign(head_of(rows), key=KEY, at=AT)
    file = tmp_path / "root.json"
    file.write_text(root.json())
    for given_root in (str(file), f"2:{rows[-1].hash.hex()}"):
        assert complaint(export(rows), root=audit_check.root_from(given_root)) == ""
    with pytest.raises(audit_check.BrokenError):
        audit_check.root_from(str(_written(tmp_path, json.dumps([1]))))


def _written(folder, text):
    file = folder / "other.json"
    file.write_text(text)
    return file


@given(message=st.binary(max_size=40), seed=st.binary(min_size=32, max_size=32), data=st.data())
@settings(max_examples=25)
def test_the_checkers_own_ed25519_agrees_with_the_library(message, seed, data):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = public_bytes(key), key.sign(message)
    assert audit_check.signed_by(public, message, signature)
    bit = data.draw(st.integers(0, 511))
    spoilt = bytearray(signature)
    spoilt[bit // 8] ^= 1 << (bit % 8)
    assert not audit_check.signed_by(public, message, bytes(spoilt))
    assert not audit_check.signed_by(public, message + b"!", signature)


def test_the_database_row_of_a_root_proves_itself():
    root = sign(Link(7, b"h" * 32), key=KEY, at=AT)
    assert root.holds()
    assert root.holds(public_bytes(KEY))
    assert not root.holds(public_bytes(OTHER))
    assert not replace(root, sequence=8).holds()
