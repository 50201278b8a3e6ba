"""`seminar teach`: names of metrics, and standard answers."""

from __future__ import annotations

import getpass
import time
from datetime import date

import click

from bot.commands import note_act, open_or_build, today_option


class Teach(click.Group):
    """`seminar teach ALIAS METRIC` is `seminar teach name ALIAS METRIC`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands:
            args = ["name", *args]
        return super().resolve_command(ctx, args)


@click.group(cls=Teach, invoke_without_command=True)
@click.pass_context
def teach(ctx: click.Context) -> None:
    """Give a metric another name, or a question an answer of your own; alone, list what people asked for in vain.

    Example:

        seminar teach "roll-out of chargers" charging_points
    """
    from bot import teaching
    from bot.commands.slack import open_state

    if ctx.invoked_subcommand:
        return
    catalogue = open_or_build((), None).catalogue
    with open_state() as state:
        found = teaching.propose(state.gaps(teaching.MOST_GAPS), catalogue)
    for one in found:
        click.echo(f'{one.times} ×  seminar teach "{one.alias}" {one.metric}')
    if not found:
        click.echo("Nothing to teach: no gap is near a metric.")


@teach.command()
@click.argument("alias")
@click.argument("metric")
def name(alias: str, metric: str) -> None:
    """Give a metric another name.

    Example:

        seminar teach name "roll-out of chargers" charging_points
    """
    from bot import teaching
    from bot.commands.slack import open_state
    from bot.config import find_home

    catalogue = open_or_build((), None).catalogue
    path = teaching.teach(find_home().library, alias, metric, catalogue)
    with open_state() as state:
        teaching.settle(state, alias, catalogue)
    click.echo(f'"{alias}" means {metric} from now on. Kept in {path}.')
    _note_and_build(f"{alias} = {metric}")


@teach.command()
@click.argument("pattern")
@click.argument("text", required=False, default="")
@click.option("--by", default="", help="whose answer it is; else the account's")
@click.option(
    "--access", default="everyone", show_default=True, help="the label of those who are answered so"
)
@click.option("--withdraw", is_flag=True, help="give that answer no longer")
@today_option
def answer(pattern: str, text: str, by: str, access: str, withdraw: bool, today: date) -> None:
    """Answer questions of PATTERN with TEXT: its words in any order; "*" for any further, "a/b" for either.

    Example:

        seminar teach answer "who do I ask about * prices/costs" "Ada, on the market desk."
    """
    from bot.answers.standard import check_pattern
    from bot.commands.slack import open_state
    from bot.config import find_corpora, find_home
    from bot.teaching import settle_fitting
    from index.errors import CorpusError
    from index.standard import StandardAnswer, add_answer, read_answers

    check_pattern(pattern)
    home = find_home()
    key = (pattern.casefold(), access)
    held = [
        one for one in read_answers(find_corpora(home).roots) if (one.pattern.casefold(), one.access) == key
    ]
    if withdraw and not held:
        raise CorpusError(
            f'No standard answer has the pattern "{pattern}".', "List them: seminar teach answers"
        )
    said = held[0].text if withdraw else text
    made = StandardAnswer(pattern, said, by or getpass.getuser(), today, access, withdraw)
    path = add_answer(home.library, made)
    if not withdraw:
        with open_state() as state:
            settle_fitting(state, pattern)
    click.echo(f'"{pattern}": {"withdrawn" if withdraw else "answered so from now on"}. Kept in {path}.')
    _note_and_build(f"{'no answer' if withdraw else 'answer'} to {pattern}")


@teach.command()
def answers() -> None:
    """List the standard answers.

    Example:

        seminar teach answers
    """
    from bot.config import find_corpora, find_home
    from index.standard import read_answers

    found = read_answers(find_corpora(find_home()).roots)
    for one in found:
        label = "" if one.access == "everyone" else f", for {one.access}"
        click.echo(f"{one.pattern}  ({one.by}, {one.on.isoformat()}{label})\n    {one.text}")
    if not found:
        click.echo("No standard answers yet.")


def _note_and_build(what: str) -> None:
    from bot.commands.build import build_index, show_report
    from bot.config import find_corpora, find_home

    note_act("taught", what)
    begun = time.perf_counter()
    show_report(build_index(find_corpora(find_home()), fresh=False), time.perf_counter() - begun)
