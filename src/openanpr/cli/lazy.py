"""Command groups whose members are imported when they are used, not before."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup


class LazyGroup(TyperGroup):
    """A group over ``members``: name -> (module with an ``app``, one line of help).

    Typer carries its own copy of click, whose types are not public: hence ``Any``.
    """

    members: Mapping[str, tuple[str, str]] = {}

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.members)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.members:
            return None
        module = import_module(self.members[cmd_name][0])
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in self.members.items()])


def lazy_app(members: Mapping[str, tuple[str, str]]) -> Any:
    """A typer application over ``members``."""
    group = type("Group", (LazyGroup,), {"members": members})
    # Pretty tracebacks print local variables, and those may hold marks.
    return typer.Typer(
        cls=group,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
