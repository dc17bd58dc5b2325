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
from pipeline.translation import gettext as _


@click.command()
@click.option(
    "--judged",
    is_flag=True,
    help="List everything judged, kept and dropped, with score and reason.",
)
@click.option(
    "--topic", metavar="NAME", default="", help="With --judged: of one topic."
)
@click.option(
    "--date", metavar="DATE", default="", help="With --judged: of one day."
)
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
    from pipeline.errors import UsageError

    found = configuration(config, output)
    if not judged and (topic or date):
        option = "--topic" if topic else "--date"
        raise UsageError(
            _("{option} goes with --judged.", option=option),
            step=_("Add --judged, or leave {option} out.", option=option),
        )
    if judged:
        status.show_judged(found, topic, date, as_json=json)
    else:
        status.show_status(found, as_json=json)


@click.command()
@click.option(
    "--notify",
    is_flag=True,
    help="Also send a test message to the addresses in [notify].",
)
@click.option(
    "--store", is_flag=True, help="Only look over the store, row by row."
)
@config_file
@output_folder
@as_json
def doctor(
    notify: bool,
    store: bool,
    config: Path | None,
    output: Path | None,
    json: bool,
) -> None:
    """Check configuration, model, arXiv, disk, and say what to do."""
    from pipeline.cli.doctor import examine, examine_store, show_diagnoses

    found = configuration(config, output)
    findings = examine_store(found) if store else examine(found, notify=notify)
    sys.exit(show_diagnoses(findings, as_json=json))


@click.command()
@click.argument("file", type=PATH)
@click.option("--force", is_flag=True, help="Overwrite FILE if it is there.")
@config_file
@output_folder
def backup(
    file: Path, force: bool, config: Path | None, output: Path | None
) -> None:
    """Copy the store to FILE, also while a run is at work."""
    from pipeline.cli.store_actions import back_up_store

    found = configuration(config, output)
    click.echo(back_up_store(found, file, force=force))


@click.command()
@click.argument("file", type=PATH)
@config_file
@output_folder
def restore(file: Path, config: Path | None, output: Path | None) -> None:
    """Put the backup FILE in the place of the store."""
    from pipeline.cli.store_actions import restore_from

    click.echo(restore_from(configuration(config, output), file))


@click.command()
@click.argument("folder", metavar="[DIR]", type=PATH, default=Path())
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
def init(folder: Path, force: bool) -> None:
    """Write config.toml and prompts/ into a folder, to be edited."""
    from pipeline.resources import write_out

    for written in write_out(folder, force=force):
        click.echo(written.path)
        if written.kept:
            said = _("What was there is kept as {kept}", kept=written.kept)
            click.echo(said, err=True)
