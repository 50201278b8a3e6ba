"""`seminar teach`."""

from __future__ import annotations

import time

import click

from bot.commands import open_or_build


@click.command()
@click.argument("alias", required=False)
@click.argument("metric", required=False)
def teach(alias: str | None, metric: str | None) -> None:
    """Give a metric another name; without one, list the names that people asked for in vain.

    Example:

        seminar teach "roll-out of chargers" charging_points
    """
    from bot import audit, teaching
    from bot.commands.build import build_index, show_report
    from bot.commands.slack import open_state
    from bot.config import find_corpora, find_home

    home = find_home()
    catalogue = open_or_build((), None).catalogue
    if not alias or not metric:
        with open_state() as state:
            found = teaching.propose(state.gaps(500), catalogue)
        for one in found:
            click.echo(f'{one.times} ×  seminar teach "{one.alias}" {one.metric}')
        if not found:
            click.echo("Nothing to teach: no gap is near a metric.")
        return
    path = teaching.teach(home.library, alias, metric, catalogue)
    click.echo(f'"{alias}" means {metric} from now on. Kept in {path}.')
    with open_state() as state:
        audit.note(state, "operator", "taught", f"{alias} = {metric}")
    begun = time.perf_counter()
    show_report(build_index(find_corpora(home), fresh=False), time.perf_counter() - begun)
