"""The command line: `seminar`."""

from __future__ import annotations

import importlib
import sys

import click

from index.errors import SeminarError

COMMANDS = {
    "playground": "bot.commands.playground",
    "ask": "bot.commands.ask",
    "build": "bot.commands.build",
    "add": "bot.commands.library",
    "remove": "bot.commands.library",
    "replace": "bot.commands.library",
    "explain": "bot.commands.explain",
    "check": "bot.commands.check",
    "teach": "bot.commands.teach",
    "correct": "bot.commands.correct",
    "documents": "bot.commands.browse",
    "figures": "bot.commands.browse",
    "takeaways": "bot.commands.browse",
    "open": "bot.commands.library",
    "watch": "bot.commands.library",
    "doctor": "bot.commands.doctor",
    "slack": "bot.commands.slack",
    "manifest": "bot.commands.slack",
    "eval": "bot.commands.evaluate",
    "gaps": "bot.commands.slack",
    "audit": "bot.commands.slack",
    "forget": "bot.commands.slack",
    "backup": "bot.commands.slack",
}
"""Each command and the module that has it, imported when it is called or helped."""


class Seminar(click.Group):
    """Loads a command's module at need, and shows what the operator can mend in two lines."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name])
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(module, name if hasattr(module, name) else f"{name}_")
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SeminarError as error:
            click.echo(f"{error.message}\n{error.hint}", err=True)
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("Stopped.\nNothing is lost: the index from before still answers.", err=True)
            ctx.exit(1)


@click.group(
    cls=Seminar, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="seminar-bot", prog_name="seminar")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Answers from the record: market figures and strategy, each with its source sentence.

    `seminar` alone, in a terminal, opens a chat.
    """
    if ctx.invoked_subcommand:
        return
    if not sys.stdin.isatty():
        click.echo(ctx.get_help())
        return
    from bot.commands.ask import chat

    chat()
