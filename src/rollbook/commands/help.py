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
