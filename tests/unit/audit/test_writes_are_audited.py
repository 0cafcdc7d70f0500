"""Every public service that writes to the database also writes to the audit.

Read from the source: a function counts as writing, or as auditing, with the functions of its own
module that it calls.
"""

import ast
from pathlib import Path

import pytest

import openanpr

PACKAGE = Path(openanpr.__file__).parent
WRITES = {"create", "save", "update", "delete", "bulk_create", "get_or_create", "update_or_create"}
AUDITS = {"record_event", "record_event_raw"}

# module: function -> why its writing needs no row of its own.
JUSTIFIED = {
    "accounts/services/people.py": {"set_theme": "the colours of one's own pages"},
    "alerts/services/announcements.py": {"announce": "part of a change that has its own row"},
    "cameras/services/authorities.py": {
        "append_authority": "part of a decision that has its own row",
    },
    "cameras/services/steps.py": {"take_step": "part of a move that has its own row"},
    "exhibits/services/continuity.py": {"add": "part of a step that has its own row"},
    "hotlists/services/changes.py": {"bump_revision": "part of a change that has its own row"},
    "hotlists/services/import_files.py": {
        "keep_file": "part of an upload that has its own row",
        "parse": "part of an upload that has its own row",
    },
    "hotlists/services/imports.py": {"end": "part of an answer that has its own row"},
    "hotlists/services/import_jobs.py": {
        "read_file": "record_step writes it",
        "apply_file": "record_step writes it",
    },
    "oversight/services/steps.py": {"take_step": "part of a move that has its own row"},
    "jobs/services.py": {"ask_for": "part of what asks for it, which has its own row"},
}


def modules():
    files = [*PACKAGE.glob("*/services.py"), *PACKAGE.glob("*/services/*.py")]
    return sorted(str(file.relative_to(PACKAGE)) for file in files)


def functions(source):
    return {node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}


def called(node):
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            target = inner.func
            if isinstance(target, ast.Name):
                yield target.id, False
            elif isinstance(target, ast.Attribute):
                yield target.attr, True


def reached(name, known, seen=None):
    """Names of functions and methods that ``name`` calls, through its own module."""
    seen = seen if seen is not None else set()
    found = set()
    for target, is_method in called(known[name]):
        found.add((target, is_method))
        if not is_method and target in known and target not in seen:
            seen.add(target)
            found |= reached(target, known, seen)
    return found


def auditing(source, audits=AUDITS):
    """The functions of a module that write to the audit."""
    known = functions(source)
    return {name for name in known if any(target in audits for target, _ in reached(name, known))}


def unaudited(source, audits=AUDITS):
    """The public functions that write to the database and not to the audit."""
    known = functions(source)
    writing = {
        name
        for name in known
        if any(is_method and target in WRITES for target, is_method in reached(name, known))
    }
    return {name for name in writing - auditing(source, audits) if not name.startswith("_")}


def of_neighbours(module):
    """Functions of the other service modules of the same app that write to the audit."""
    app = module.partition("/")[0]
    others = [one for one in modules() if one.partition("/")[0] == app and one != module]
    return {name for one in others for name in auditing((PACKAGE / one).read_text("utf-8"))}


@pytest.mark.parametrize("module", modules())
def test_a_service_that_writes_is_audited(module):
    source = (PACKAGE / module).read_text(encoding="utf-8")
    excused = set(JUSTIFIED.get(module, {}))
    assert unaudited(source, AUDITS | of_neighbours(module)) == excused


def test_the_check_itself_finds_a_writer_that_is_not_audited():
    source = """
def quiet(row):
    _store(row)

def _store(row):
    row.save()

def said(row):
    row.save()
    record_event(verb="x.y")
"""
    assert unaudited(source) == {"quiet"}
