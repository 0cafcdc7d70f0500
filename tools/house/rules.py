"""The rules, as functions from a parsed module to the problems found in it."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MODULE_LIMIT: Final = 20_000
TEST_LIMIT: Final = 30_000
SOURCE: Final = Path("src/openanpr")

# Where the time is passed in as `at`, so that a decision can be asked about any moment.
_NO_CLOCK: Final = re.compile(r"/(access|matching|workflow)/|/services(/|\.py)")
_VIEWS: Final = re.compile(r"/views(/|\.py)")
_DRAWERS: Final = re.compile(r"(^|/)(utils?|helpers?|common|misc)(\.py|/)")
_LOG_CALLS: Final = {"debug", "info", "warning", "error", "exception", "critical", "log"}
_MARK_NAMES: Final = re.compile(r"(^|_)(vrm|vrms|mark|plate_text|canonical)($|_)")
_READ_QUERIES: Final = ("openanpr.reads.models", "openanpr.reads.rows", "openanpr.search.store")
_READS_IN_SQL: Final = re.compile(
    r"\b(from|join|into|update)\s+(public\.)?(reads|vrm_seen)\b", re.I
)
# A bench fills and counts a store of its own.
_ROOMS_OF_READS: Final = re.compile(r"openanpr/((reads|ingest|search)/|cli/bench_)")


@dataclass(frozen=True, slots=True)
class Module:
    """One file of Python: its path from the project's top, its text and its tree."""

    path: Path
    text: str
    tree: ast.Module

    def problem(self, node: ast.AST | None, text: str) -> str:
        line = getattr(node, "lineno", 1)
        return f"{self.path}:{line}: {text}"


def file_size(module: Module) -> Iterator[str]:
    limit = TEST_LIMIT if module.path.parts[0] == "tests" else MODULE_LIMIT
    size = len(module.text.encode())
    if size > limit:
        yield module.problem(
            None, f"{size} bytes, over the stop of {limit}: split it by what its parts are about"
        )


def drawer_names(module: Module) -> Iterator[str]:
    if _DRAWERS.search(module.path.as_posix()):
        yield module.problem(None, "name the module for the thing it holds, not for a drawer")


def no_clock(module: Module) -> Iterator[str]:
    """No reading of the clock where decisions and writes are made: the edge passes `at`."""
    if module.path.parts[0] != "src" or not _NO_CLOCK.search(module.path.as_posix()):
        return
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        name = _name_of(node.func)
        if name in {"now", "utcnow", "today"} or ast.unparse(node.func) == "time.time":
            yield module.problem(
                node, "takes the time from the clock: take it as the argument `at`"
            )


def no_reads_in_views(module: Module) -> Iterator[str]:
    if not _VIEWS.search(module.path.as_posix()):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(_READ_QUERIES):
            yield module.problem(
                node, "a view queries reads: call the service that decides and audits first"
            )


def sql_on_reads(module: Module) -> Iterator[str]:
    """No SQL on reads outside the apps that are their door."""
    path = module.path.as_posix()
    if not path.startswith("src/openanpr/") or _ROOMS_OF_READS.search(path):
        return
    for node in ast.walk(module.tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and _READS_IN_SQL.search(text):
            yield module.problem(node, "SQL on reads: only reads, ingest and search may")


def no_marks_in_logs(module: Module) -> Iterator[str]:
    """No registration mark in the arguments of a log call."""
    for node in ast.walk(module.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr not in _LOG_CALLS or "log" not in ast.unparse(node.func.value).lower():
            continue
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            names = {_name_of(part) for part in ast.walk(argument)}
            if any(_MARK_NAMES.search(name) for name in names if name):
                yield module.problem(node, "a mark in a log call: log the read's id instead")
                break


def declared_urls(module: Module) -> Iterator[str]:
    """Every address of the web process says who may open it."""
    if module.path.name not in {"urls.py", "urls_login.py"} or "/ingest/" in str(module.path):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and _name_of(node.func) in {"path", "re_path"}:
            if any(_name_of(argument) == "include" for argument in _calls_in(node)):
                continue
            yield module.problem(node, "an address without a permission: use path_for(...)")


RULES: Final[tuple[Callable[[Module], Iterator[str]], ...]] = (
    file_size,
    drawer_names,
    no_clock,
    no_reads_in_views,
    sql_on_reads,
    no_marks_in_logs,
    declared_urls,
)


def check_module(module: Module) -> Iterator[str]:
    for rule in RULES:
        yield from rule(module)


def check_tree(top: Path) -> Iterator[str]:
    """Problems of every Python file of the project, in the order of their paths."""
    for folder in ("src", "tests", "tools", "training"):
        for path in sorted((top / folder).rglob("*.py")):
            if "migrations" in path.parts or "runs" in path.parts:
                continue
            text = path.read_text(encoding="utf-8")
            yield from check_module(Module(path.relative_to(top), text, ast.parse(text)))
    yield from adr_numbers(top / "docs" / "adr")


def adr_numbers(folder: Path) -> Iterator[str]:
    """Two decisions never have one number."""
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.md")):
        number = path.name[:4]
        if number in seen:
            yield f"docs/adr/{path.name}: the number {number} is taken by {seen[number]}"
        seen[number] = path.name


def _name_of(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return ""


def _calls_in(node: ast.Call) -> Iterator[ast.expr]:
    for argument in node.args:
        if isinstance(argument, ast.Call):
            yield argument.func
