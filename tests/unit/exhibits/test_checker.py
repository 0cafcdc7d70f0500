"""The stand-alone checker of packs: every kind of tampering names the first file it shows in."""

import ast
import io
import json
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from openanpr.audit.roots import public_bytes, signing_key
from openanpr.exhibits.sealing import FORMAT, MANIFEST, SIGNATURE, Label, seal

VERIFY = Path(__file__).parents[3] / "verify"
CHECKER = VERIFY / "evidence_check.py"
KEY = signing_key("A" * 43)
OTHER_KEY = signing_key("B" * 43)
LABEL = Label(
    reference="ABC/1",
    edition="open",
    investigation="FX/2026/001",
    made_at=datetime(2026, 11, 20, 10, tzinfo=UTC),
)
FILES = {
    "audit.jsonl": b'{"sequence":7,"hash":"aa"}\n',
    "pictures/0001-plate.jpg": b"\xff\xd8 a picture \xff\xd9" * 50,
    "reads.json": b'{"reads": []}' * 50,
}


def run(pack, *arguments):
    command = [sys.executable, "-I", "-S", str(CHECKER), str(pack), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()[0] if done.stdout else done.stderr


def changed(pack, **entries):
    """The pack with entries replaced, added, or left out where ``None``."""
    found = {name.replace("/", "__"): name for name in FILES} | {
        "manifest": MANIFEST,
        "signature": SIGNATURE,
    }
    wanted = {found.get(name, name): content for name, content in entries.items()}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(pack)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            content = wanted.pop(entry.filename, old.read(entry))
            if content is not None:
                new.writestr(entry, content)
        for name, content in wanted.items():
            new.writestr(name, content)
    return made.getvalue()


def forged_manifest(pack, key):
    """Another file in place of one, its hash put into the manifest, signed by ``key``."""
    return seal({**FILES, "reads.json": b"{}"}, label=LABEL, key=key)


def resigned(pack):
    """The manifest of a forger with the good signature of the true one."""
    with zipfile.ZipFile(io.BytesIO(forged_manifest(pack, KEY))) as other:
        return changed(pack, manifest=other.read(MANIFEST), **{"reads.json": b"{}"})


@pytest.fixture(scope="module")
def pack():
    return seal(FILES, label=LABEL, key=KEY)


TAMPERINGS = [
    (lambda p: changed(p, **{"reads.json": b'{"reads": [1]}'}), "reads.json was changed"),
    (lambda p: changed(p, **{"audit.jsonl": None}), "audit.jsonl is missing"),
    (lambda p: changed(p, **{"extra.txt": b"x"}), "extra.txt was added"),
    (lambda p: changed(p, manifest=None), "manifest.json is missing"),
    (lambda p: changed(p, signature=None), "manifest.sig.json is missing"),
    (resigned, "manifest.json is not the one that was signed"),
    (lambda p: changed(p, signature=b"{}"), "manifest.sig.json is not of the form"),
    (lambda p: forged_manifest(p, OTHER_KEY), "manifest.sig.json is by another key"),
    (lambda p: p + b"more", "the pack holds something beside"),
    (lambda p: b"#!/bin/sh\n" + p, "has something before it"),
    (lambda p: p[: len(p) // 2], "the pack is not a ZIP file"),
    (lambda p: p.replace(b" a picture ", b" a Picture ", 1), "pictures/0001-plate.jpg was"),
]


@pytest.mark.security
@pytest.mark.parametrize(("tamper", "says"), TAMPERINGS, ids=[says for _, says in TAMPERINGS])
def test_what_was_tampered_with_is_named(pack, tmp_path, tamper, says):
    path = tmp_path / "pack.zip"
    path.write_bytes(tamper(pack))
    code, line = run(path, "--key", public_bytes(KEY).hex())
    assert (code, line.startswith("BROKEN: ")) == (1, True), line
    assert says in line


def test_a_whole_pack_passes_and_its_rows_stand_in_the_audit(pack, tmp_path):
    path, export = tmp_path / "pack.zip", tmp_path / "audit.jsonl"
    path.write_bytes(pack)
    assert run(path, "--key", public_bytes(KEY).hex())[0] == 0
    for row, code in ((b"aa", 0), (b"bb", 1)):
        export.write_bytes(b'{"format":"x"}\n{"sequence":7,"hash":"' + row + b'"}\n')
        assert run(path, "--audit", str(export))[0] == code
    assert run(tmp_path / "none.zip")[0] == 1


@pytest.mark.security
def test_a_name_twice_and_a_signature_of_another_text_are_refused(pack, tmp_path):
    path = tmp_path / "pack.zip"
    made = io.BytesIO(pack)
    with zipfile.ZipFile(made, "a") as again, pytest.warns(UserWarning, match="Duplicate"):
        again.writestr("reads.json", b"other")
    path.write_bytes(made.getvalue())
    assert "reads.json stands twice" in run(path)[1]
    with zipfile.ZipFile(io.BytesIO(pack)) as whole:
        signed = json.loads(whole.read(SIGNATURE))
    signed["signature"] = KEY.sign(b"something else").hex()
    path.write_bytes(changed(pack, signature=json.dumps(signed).encode()))
    assert "does not bear a good signature" in run(path)[1]


def test_both_checkers_verify_signatures_by_the_same_words():
    trees = [ast.parse((VERIFY / name).read_text()) for name in ("audit_check.py", CHECKER.name)]
    shared = ("point_add", "point_multiply", "point_of", "signed_by", "once_each", "unhex")
    for name in shared:
        one, other = (
            next(node for node in tree.body if getattr(node, "name", "") == name) for tree in trees
        )
        assert ast.dump(one) == ast.dump(other), name
    assert f'FORMAT = "{FORMAT}"' in CHECKER.read_text()


def test_the_same_files_give_the_same_pack_and_none_leaves_it(pack):
    assert seal(dict(reversed(FILES.items())), label=LABEL, key=KEY) == pack
    for path in ("/etc/passwd", "a/../../b", MANIFEST):
        with pytest.raises(ValueError, match="a pack has no file"):
            seal({path: b""}, label=LABEL, key=KEY)
