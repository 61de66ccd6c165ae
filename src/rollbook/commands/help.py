"""Help in plain text, at once: what typer draws boxes with takes a third of a second to load."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from typer.core import TyperGroup
from typing_extensions import override

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter  # typer has no public name for them


class GroupedCommands(TyperGroup):
    """A list of commands below headings: the panels that they were given."""

    @override
    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Pass over the options of the list itself where a command is named at once.

        Looking at options, even those that are not given, loads what reads their values, and with
        it a quarter of a second.
        """
        if not args or args[0].startswith("-"):
            return super().parse_args(ctx, args)
        options, self.params, self.add_help_option = self.params, [], False
        try:
            return super().parse_args(ctx, args)
        finally:
            self.params, self.add_help_option = options, True

    @override
    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write a section per panel, in the order in which the commands were added."""
        sections: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, command in self.commands.items():
            panel = getattr(command, "rich_help_panel", None) or "Commands"
            sentence = (command.help or "").split("\n\n")[0]
            sections[str(panel)].append((name, " ".join(sentence.split())))
        for heading, rows in sections.items():
            with formatter.section(heading):
                formatter.write_dl(rows)
