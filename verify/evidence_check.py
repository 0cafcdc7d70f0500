#!/usr/bin/env python3
"""Check an evidence pack without OpenANPR: Python 3.8 or later, standard library only, offline.

    python3 evidence_check.py PACK [--key KEY] [--audit EXPORT]

PACK is the ZIP file of an exhibit. Exit code 0: it holds every file that its manifest lists, each
unchanged, and nothing else, and the manifest is well signed. Exit code 1: the first file that is
changed, missing or added is named, or the manifest or its signature where those do not hold.

A pack that was made anew from end to end, with a key of its own, is whole in itself. It shows only
against what came another way: `--key`, the public key of the force (64 hexadecimal digits, which it
gives out apart from its packs), or `--audit`, an export of its audit, in which the rows of the pack
must stand with the same hashes. Give at least one.

The form that is checked:
  manifest.json      {"format": "openanpr.evidence.v1", "reference", "edition", "investigation",
                     "made_at", "files": [{"path", "bytes", "sha256"}, ...] in the order of paths}
  manifest.sig.json  {"format", "manifest_sha256", "public_key", "signature"}; the signature is
                     Ed25519 over "openanpr.evidence.v1 " and the SHA-256 of manifest.json (hex)
  audit.jsonl        one JSON object a line, with "sequence" and "hash" (hex) of a row of the audit
Every hash and key is hexadecimal. The ZIP has one entry a file, end to end, and no comment.
"""

import argparse
import hashlib
import json
import sys
import zipfile
from pathlib import Path

FORMAT = "openanpr.evidence.v1"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig.json"
AUDIT = "audit.jsonl"
LARGEST = 64 * 1024 * 1024
BLOCK = 1024 * 1024
LOCAL_HEADER = 30
END_RECORD = 22


class BrokenError(Exception):
    """Something does not hold; the text names the file of the pack."""


def unhex(value, what, length=32):
    try:
        data = bytes.fromhex(value)
    except (TypeError, ValueError):
        data = b""
    if len(data) != length:
        raise BrokenError(f"{what} is not {2 * length} hexadecimal digits")
    return data


def once_each(pairs):
    """An object in which no name stands twice: readers could see another value than we do."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def object_from(content, name):
    """The JSON object in `content`; raises BrokenError."""
    try:
        value = json.loads(content.decode("utf-8"), object_pairs_hook=once_each)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise BrokenError(f"{name} is not a JSON object")
    return value


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


def entries_of(pack):
    """The entries of the ZIP by name: once each, end to end, nothing before, between or after."""
    entries, position = {}, 0
    for entry in sorted(pack.infolist(), key=lambda one: one.header_offset):
        name = entry.filename
        if name in entries:
            raise BrokenError(f"{name} stands twice in the pack")
        if entry.flag_bits & 0x1:
            raise BrokenError(f"{name} is encrypted")
        if entry.header_offset != position:
            raise BrokenError(f"{name} has something before it that is no file of the pack")
        pack.fp.seek(position)
        header = pack.fp.read(LOCAL_HEADER)
        if len(header) < LOCAL_HEADER:
            raise BrokenError(f"{name} is cut short")
        names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
        position += LOCAL_HEADER + names + entry.compress_size
        entries[name] = entry
    check_directory(pack, position)
    return entries


def check_directory(pack, position):
    """The list at the end of the ZIP begins where the files end, and nothing follows it."""
    size = pack.fp.seek(0, 2)
    pack.fp.seek(size - END_RECORD)
    end = pack.fp.read(END_RECORD)
    length, start = (int.from_bytes(end[at : at + 4], "little") for at in (12, 16))
    whole = end[:4] == b"PK\x05\x06" and start + length + END_RECORD == size
    if not whole or start != position:
        raise BrokenError("the pack holds something beside its files")


def content_of(pack, entry, limit=LARGEST):
    """The whole content of a small file."""
    if entry.file_size > limit:
        raise BrokenError(f"{entry.filename} is too large")
    with pack.open(entry) as file:
        content = file.read(limit + 1)
    if len(content) != entry.file_size:
        raise BrokenError(f"{entry.filename} is not as long as the ZIP says")
    return content


def digest_of(pack, entry, size):
    """The SHA-256 (hex) of an entry, of which no more than `size` bytes are read."""
    digest, left = hashlib.sha256(), size
    with pack.open(entry) as file:
        while True:
            block = file.read(min(BLOCK, left + 1))
            if not block:
                return digest.hexdigest() if left == 0 else ""
            left -= len(block)
            if left < 0:
                return ""
            digest.update(block)


def check_signature(pack, entries, key):
    """The manifest, once its signature has proved it; raises BrokenError."""
    for name in (MANIFEST, SIGNATURE):
        if name not in entries:
            raise BrokenError(f"{name} is missing")
    content = content_of(pack, entries[MANIFEST])
    signed = object_from(content_of(pack, entries[SIGNATURE]), SIGNATURE)
    digest = hashlib.sha256(content).hexdigest()
    if signed.get("format") != FORMAT:
        raise BrokenError(f"{SIGNATURE} is not of the form {FORMAT}")
    if signed.get("manifest_sha256") != digest:
        raise BrokenError(f"{MANIFEST} is not the one that was signed")
    named = unhex(signed.get("public_key"), f"{SIGNATURE}: its key")
    if key is not None and named != key:
        raise BrokenError(f"{SIGNATURE} is by another key than the one given")
    signature = unhex(signed.get("signature"), f"{SIGNATURE}: its signature", 64)
    if not signed_by(named, f"{FORMAT} {digest}".encode(), signature):
        raise BrokenError(f"{SIGNATURE} does not bear a good signature")
    return object_from(content, MANIFEST), named


def listed_files(manifest):
    """{path: (bytes, sha256)} of the manifest; raises BrokenError."""
    if manifest.get("format") != FORMAT or not isinstance(manifest.get("files"), list):
        raise BrokenError(f"{MANIFEST} is not of the form {FORMAT}")
    listed = {}
    for one in manifest["files"]:
        path = one.get("path") if isinstance(one, dict) else None
        size = one.get("bytes") if isinstance(one, dict) else None
        sound = isinstance(path, str) and isinstance(size, int) and not isinstance(size, bool)
        if not sound or size < 0 or path in listed or path in (MANIFEST, SIGNATURE):
            raise BrokenError(f"{MANIFEST} lists a file that it cannot list")
        unhex(one.get("sha256"), f"{MANIFEST}: the hash of {path}")
        listed[path] = size, one["sha256"].lower()
    return listed


def check(path, key=None, audit=None):
    """(manifest, key) of the pack at `path`; raises BrokenError.

    `key`: 32 bytes, the only key trusted. `audit`: the path of an export of the audit.
    """
    try:
        with Path(path).open("rb") as file, zipfile.ZipFile(file) as pack:
            entries = entries_of(pack)
            manifest, named = check_signature(pack, entries, key)
            listed = listed_files(manifest)
            for name in sorted(set(listed) | set(entries)):
                check_file(pack, entries, listed, name)
            if audit is not None:
                check_audit(pack, entries, audit)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        ValueError,
        OverflowError,
    ) as problem:
        raise BrokenError(f"the pack is not a ZIP file that can be read: {problem}") from problem
    return manifest, named


def check_file(pack, entries, listed, name):
    """One file: in the manifest and in the pack, and the same in both."""
    if name in (MANIFEST, SIGNATURE):
        return
    if name not in listed:
        raise BrokenError(f"{name} was added: the manifest does not list it")
    if name not in entries:
        raise BrokenError(f"{name} is missing")
    size, sha256 = listed[name]
    try:
        same = entries[name].file_size == size and digest_of(pack, entries[name], size) == sha256
    except (zipfile.BadZipFile, EOFError, OSError, ValueError) as problem:
        raise BrokenError(f"{name} was changed or cut: it cannot be read") from problem
    except Exception as problem:  # a damaged stream: zlib.error, lzma.LZMAError
        raise BrokenError(f"{name} was changed: it cannot be unpacked") from problem
    if not same:
        raise BrokenError(f"{name} was changed")


def check_audit(pack, entries, export):
    """Every row of the audit in the pack stands in the export with the same hash."""
    if AUDIT not in entries:
        raise BrokenError(f"{AUDIT} is missing")
    wanted = {}
    for line in content_of(pack, entries[AUDIT]).splitlines():
        row = object_from(line, AUDIT)
        wanted[row.get("sequence")] = row.get("hash")
    with Path(export).open("rb") as file:
        for line in file:
            row = object_from(line, "a line of the export")
            number = row.get("sequence")
            if number in wanted and wanted.pop(number) != row.get("hash"):
                raise BrokenError(f"{AUDIT}: row {number} is not the one in the export")
    if wanted:
        raise BrokenError(f"{AUDIT}: row {min(wanted)} does not stand in the export")


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Check an evidence pack of OpenANPR.")
    parser.add_argument("pack", metavar="PACK")
    parser.add_argument("--key", help="the public key that signs packs, from the force itself")
    parser.add_argument("--audit", help="an export of the force's audit (see audit_check.py)")
    options = parser.parse_args(arguments)
    try:
        key = unhex(options.key.replace(" ", ""), "the key given") if options.key else None
        manifest, named = check(options.pack, key, options.audit)
    except BrokenError as problem:
        sys.stdout.write(f"BROKEN: {problem}\n")
        return 1
    except OSError as problem:
        sys.stderr.write(f"cannot read {problem.filename}: {problem.strerror}\n")
        return 1
    files = len(manifest["files"])
    what = f"exhibit {manifest.get('reference')}, {manifest.get('edition')} edition"
    sys.stdout.write(f"whole: {files} files of {what}, signed by {named.hex()}\n")
    if not (options.key or options.audit):
        sys.stdout.write("note: nothing from outside the pack was given (--key or --audit)\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
