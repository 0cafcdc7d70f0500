"""The checker for outsiders needs nothing but Python's standard library."""

import ast
import subprocess
import sys
from pathlib import Path

CHECKER = Path(__file__).parents[3] / "verify" / "audit_check.py"


def test_it_imports_the_standard_library_alone():
    tree = ast.parse(CHECKER.read_text(encoding="utf-8"), feature_version=(3, 8))
    names = {
        alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    names |= {
        (node.module or "").partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }
    assert names <= sys.stdlib_module_names


def test_it_runs_without_site_packages(tmp_path):
    file = tmp_path / "empty.jsonl"
    file.write_text("")
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(CHECKER), str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "header" in done.stdout
