"""How things stand, what is wrong, and the first files of a new user."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.commands.options import (
    PATH,
    as_json,
    config_file,
    configuration,
    output_folder,
)


@click.command()
@click.option(
    "--judged",
    is_flag=True,
    help="List everything judged, kept and dropped, with score and reason.",
)
@click.option(
    "--topic", metavar="NAME", default="", help="With --judged: of one topic."
)
@click.option("--date", metavar="DATE", default="", help="With --judged: of one day.")
@config_file
@output_folder
@as_json
def status(
    judged: bool,
    topic: str,
    date: str,
    config: Path | None,
    output: Path | None,
    json: bool,
) -> None:
    """Runs, what is pending and why, money spent, space used."""
    from pipeline.cli import status

    found = configuration(config, output)
    if judged:
        status.show_judged(found, topic, date, as_json=json)
    else:
        status.show(found, as_json=json)


@click.command()
@click.option(
    "--notify",
    is_flag=True,
    help="Also send a test message to the addresses in [notify].",
)
@config_file
@output_folder
@as_json
def doctor(notify: bool, config: Path | None, output: Path | None, json: bool) -> None:
    """Check configuration, model, arXiv, disk, and say the cure."""
    from pipeline.cli.doctor import examine, show

    sys.exit(show(examine(configuration(config, output), notify=notify), as_json=json))


@click.command()
@click.argument("folder", metavar="[DIR]", type=PATH, default=Path())
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
def init(folder: Path, force: bool) -> None:
    """Write config.toml and prompts/ into a folder, to be edited."""
    from pipeline.resources import write_out

    for path in write_out(folder, force=force):
        click.echo(path)
