#!/usr/bin/env python3
"""Check an audit export without OpenANPR: Python 3.8 or later, standard library only.

    python3 audit_check.py FILE [--root ROOT] [--key KEY] [--head HASH]

FILE is what `openanpr audit export FILE` wrote. Exit code 0: every row is there, in order and
unchanged. Exit code 1: the first broken row is named.

A file that was re-hashed from end to end is whole in itself. It shows only against what was kept
outside: `--root`, a signed root (a file that `openanpr audit roots` wrote, or ROW:HASH), through
which the rows must pass; `--key`, the public key (64 hexadecimal digits), by which the file's own
root, and the one given, must be signed; `--head`, the hash of the last row. Give at least one.

The form that is checked (JSON, one object a line):
  1. {"format": "openanpr.audit.v1", "fields": [names in the order of hashing]}
  2. one object a row: sequence, previous_hash, hash, fields {name: text}, and either
     salt (the row's), or, in a redacted export, salts {name: salt} of the fields shown
     and digests {name: digest} of the fields left out
  3. {"trailer": {"rows": n, "head": hash of the last row, "root": signed root of that row}}
     (an export of an empty audit, or one without the key, has no root)
A signed root: {"format": "openanpr.root.v1", "sequence", "hash", "made_at", "public_key",
"signature"}; the signature is Ed25519 over "openanpr.root.v1 SEQUENCE HASH MADE_AT".
Every hash, salt and digest is hexadecimal. With `+` for bytes put together:
  first previous_hash = SHA256("openanpr.audit.v1")
  salt of a field     = SHA256(row's salt + name)
  digest of a field   = SHA256(salt of the field + text in UTF-8)
  hash of a row       = SHA256(previous_hash + sequence as 8 bytes, big-endian + digests in order)
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

FORMAT = "openanpr.audit.v1"
ROOT_FORMAT = "openanpr.root.v1"
FIELDS = [
    "recorded_at",
    "at",
    "written_by",
    "actor_kind",
    "actor_person",
    "actor_account",
    "actor_name",
    "acting_role",
    "verb",
    "subject",
    "investigation",
    "reason",
    "decision",
    "reasons",
    "profile_version",
    "request_id",
    "source_address",
    "payload",
]
PARTS = {"sequence", "previous_hash", "hash", "fields", "salt", "salts", "digests"}


class BrokenError(Exception):
    """Something does not hold; the text names the row."""


def sha256(data):
    return hashlib.sha256(data).digest()


def unhex(value, what, length=32):
    try:
        data = bytes.fromhex(value)
    except (TypeError, ValueError):
        data = b""
    if len(data) != length:
        raise BrokenError(f"{what} is not {2 * length} hexadecimal digits")
    return data


def mapping_of(row, name, where):
    value = row.get(name, {})
    if not isinstance(value, dict):
        raise BrokenError(f"{where}: its {name} are not an object")
    return value


def digest_of(row, name, where):
    """The digest of one field: from its text, or as given where the text is left out."""
    fields, digests = mapping_of(row, "fields", where), mapping_of(row, "digests", where)
    if name in digests:
        if name in fields:
            raise BrokenError(f"{where} gives both a text and a digest for {name}")
        return unhex(digests[name], f"{where}: the digest of {name}")
    text = fields.get(name)
    if not isinstance(text, str):
        raise BrokenError(f"{where} has no {name}")
    if "salt" in row:
        salt = sha256(unhex(row["salt"], f"{where}: its salt") + name.encode("utf-8"))
    else:
        salt = unhex(mapping_of(row, "salts", where).get(name), f"{where}: the salt of {name}")
    return sha256(salt + text.encode("utf-8", "surrogatepass"))


def number_of(row, expected):
    """The row's number, which must be the expected one."""
    number = row.get("sequence")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 2**63:
        raise BrokenError(f"row {expected}: what stands in its place has no number")
    if number > expected:
        raise BrokenError(f"row {expected} is missing: row {number} stands in its place")
    if number < expected:
        raise BrokenError(f"row {number} stands where row {expected} should be")
    return number


def check_row(row, last_sequence, last_hash):
    """The row's number and hash, once it has proved itself; raises BrokenError."""
    number = number_of(row, last_sequence + 1)
    where = f"row {number}"
    unknown = (set(row) - PARTS) | (set(mapping_of(row, "fields", where)) - set(FIELDS))
    if unknown:
        raise BrokenError(f"{where} holds what no row has: {min(unknown)}")
    previous = unhex(row.get("previous_hash"), f"{where}: its previous_hash")
    stated = unhex(row.get("hash"), f"{where}: its hash")
    if previous != last_hash:
        raise BrokenError(
            f"{where} does not follow row {last_sequence}: "
            "one of the two was replaced, inserted or moved"
        )
    digests = b"".join(digest_of(row, name, where) for name in FIELDS)
    if sha256(previous + number.to_bytes(8, "big") + digests) != stated:
        raise BrokenError(f"{where} was changed after it was written")
    return number, stated


def once_each(pairs):
    """An object in which no name stands twice: readers could see another value than we do."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def objects(file):
    """The lines of the file as objects, one at a time: a large export needs little memory."""
    for number, line in enumerate(file, 1):
        try:
            value = json.loads(line.decode("utf-8"), object_pairs_hook=once_each)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise BrokenError(f"line {number} of the file (row {number - 1}) is not a JSON object")
        yield value


# Ed25519 verification (RFC 8032, section 5.1.7) in plain integers: slow, and enough for one root.
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_M1 = pow(2, (P - 1) // 4, P)


def point_add(a, b):
    """The sum of two points in extended coordinates (X, Y, Z, T), x = X/Z, y = Y/Z, xy = T/Z."""
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    sides = ((f - e, h - g), (h + g, f + e), (h - g, h + g), (f - e, f + e))
    return tuple(one * other % P for one, other in sides)


def point_multiply(number, point):
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = point_add(result, point)
        point = point_add(point, point)
        number >>= 1
    return result


def point_of(data):
    """The point that 32 bytes stand for; None where there is none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_M1 % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed_by(key, text, signature):
    """Whether `signature` (64 bytes) of `text` was made with the private half of `key` (32)."""
    public, r = point_of(key), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if public is None or r is None or s >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + key + text).digest()
    other = point_add(r, point_multiply(int.from_bytes(digest, "little") % ORDER, public))
    mine = point_multiply(s, BASE)
    return all((mine[n] * other[2] - other[n] * mine[2]) % P == 0 for n in (0, 1))


class Root:
    """A place of the chain that somebody kept: a number, a hash and perhaps a signature."""

    def __init__(self, fields, where):
        number = fields.get("sequence")
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise BrokenError(f"{where} names no row")
        self.where = where
        self.sequence = number
        self.hash = unhex(fields.get("hash"), f"{where}: its hash")
        self.fields = fields

    def check_signature(self, key):
        """Signed by `key` (by the key that it names, where none is known)."""
        fields = self.fields
        named = unhex(fields.get("public_key"), f"{self.where}: its key")
        if key is not None and named != key:
            raise BrokenError(f"{self.where} is signed by another key than the one given")
        signature = unhex(fields.get("signature"), f"{self.where}: its signature", 64)
        text = f"{ROOT_FORMAT} {self.sequence} {self.hash.hex()} {fields.get('made_at')}"
        if fields.get("format") != ROOT_FORMAT or not signed_by(named, text.encode(), signature):
            raise BrokenError(f"{self.where} does not bear a good signature")


def root_from(text):
    """The root of a command line: the path of a file, or ROW:HASH."""
    number, _, digest = text.partition(":")
    if number.isdigit() and len(digest) == 64:
        return Root({"sequence": int(number), "hash": digest}, "the root given")
    try:
        fields = json.loads(Path(text).read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise BrokenError("the root given is not a JSON object")
    return Root(fields, "the root given")


def check(file, known_head=None, root=None, key=None):
    """(rows, head) of an export opened in binary mode; raises BrokenError.

    `root`: a Root through which the rows must pass. `key`: 32 bytes, the only key trusted.
    """
    if root is not None and ("signature" in root.fields or (key and "format" in root.fields)):
        root.check_signature(key)
    lines = objects(file)
    header = next(lines, None)
    if header is None or header.get("format") != FORMAT or header.get("fields") != FIELDS:
        raise BrokenError(f"the file does not begin with the header of {FORMAT}")
    sequence, last, trailer = 0, sha256(FORMAT.encode("ascii")), None
    for value in lines:
        if trailer is not None:
            raise BrokenError(f"row {sequence + 1}: something follows the trailer")
        if "trailer" in value:
            trailer = mapping_of(value, "trailer", "the last line")
        else:
            sequence, last = check_row(value, sequence, last)
            if root is not None and root.sequence == sequence and root.hash != last:
                raise BrokenError(f"row {sequence} is not the one that the root given was made of")
    if trailer is None:
        raise BrokenError(f"row {sequence + 1} is missing: the file ends without a trailer")
    if root is not None and root.sequence > sequence:
        raise BrokenError(f"row {sequence + 1} is missing: the root given is of {root.sequence}")
    check_end(trailer, sequence, last.hex(), known_head)
    check_own_root(trailer, sequence, last, key)
    return sequence, last.hex()


def check_own_root(trailer, rows, head, key):
    """The file's own root: of its last row, and well signed."""
    if "root" not in trailer:
        if key is not None and rows:
            raise BrokenError(f"row {rows}: the file has no root that the key given could prove")
        return
    own = Root(mapping_of(trailer, "root", "the trailer"), "the trailer's root")
    if (own.sequence, own.hash) != (rows, head):
        raise BrokenError(f"row {rows} is not the one that the trailer's root was made of")
    own.check_signature(key)


def check_end(trailer, rows, head, known_head):
    """The end of the file against its trailer and against what is known from outside."""
    if trailer.get("rows") != rows:
        raise BrokenError(f"row {rows + 1}: the trailer does not count {rows} rows")
    if trailer.get("head") != head:
        raise BrokenError(f"row {rows} is not the head that the trailer names")
    if known_head is not None and known_head.lower() != head:
        raise BrokenError(f"row {rows} does not have the hash that was written down outside")


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Check an audit export of OpenANPR.")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--head", help="hash of the last row, from outside the database")
    parser.add_argument("--root", help="a signed root kept outside: a file, or ROW:HASH")
    parser.add_argument("--key", help="the public key that signs roots, kept outside")
    options = parser.parse_args(arguments)
    try:
        key = unhex(options.key.replace(" ", ""), "the key given") if options.key else None
        root = root_from(options.root) if options.root else None
        with Path(options.file).open("rb") as file:
            rows, head = check(file, options.head, root, key)
    except BrokenError as problem:
        sys.stdout.write(f"BROKEN: {problem}\n")
        return 1
    except OSError as problem:
        sys.stderr.write(f"cannot read {problem.filename}: {problem.strerror}\n")
        return 1
    sys.stdout.write(f"whole: {rows} rows, head {head}\n")
    if not (options.head or options.root or options.key):
        sys.stdout.write("note: nothing kept outside was given (--root, --key or --head)\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
