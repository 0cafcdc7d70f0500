#!/usr/bin/env python3
"""Check an audit export without OpenANPR: Python 3.8 or later, standard library only.

    python3 audit_check.py FILE [--head HASH]

FILE is what `openanpr audit export FILE` wrote. Exit code 0: every row is there, in order and
unchanged. Exit code 1: the first broken row is named. `--head` is the hash of the last row as it
was written down outside the database: without it, a file that was re-hashed from end to end cannot
be told from a true one.

The form that is checked (JSON, one object a line):
  1. {"format": "openanpr.audit.v1", "fields": [names in the order of hashing]}
  2. one object a row: sequence, previous_hash, hash, fields {name: text}, and either
     salt (the row's), or, in a redacted export, salts {name: salt} of the fields shown
     and digests {name: digest} of the fields left out
  3. {"trailer": {"rows": n, "head": hash of the last row}}
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


def unhex(value, what):
    try:
        data = bytes.fromhex(value)
    except (TypeError, ValueError):
        data = b""
    if len(data) != 32:
        raise BrokenError(f"{what} is not 64 hexadecimal digits")
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


def check(file, known_head=None):
    """(rows, head) of an export opened in binary mode; raises BrokenError."""
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
    if trailer is None:
        raise BrokenError(f"row {sequence + 1} is missing: the file ends without a trailer")
    check_end(trailer, sequence, last.hex(), known_head)
    return sequence, last.hex()


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
    options = parser.parse_args(arguments)
    try:
        with Path(options.file).open("rb") as file:
            rows, head = check(file, options.head)
    except BrokenError as problem:
        sys.stdout.write(f"BROKEN: {problem}\n")
        return 1
    except OSError as problem:
        sys.stderr.write(f"cannot read the file: {problem.strerror}\n")
        return 1
    sys.stdout.write(f"whole: {rows} rows, head {head}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
