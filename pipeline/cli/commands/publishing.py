"""Posts again from the store, and references."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.commands.options import (
    config_file,
    configuration,
    output_folder,
)

only_day = click.option(
    "--date", metavar="DATE", default="", help="Only the posts of this date."
)


@click.command()
@only_day
@click.option(
    "--force", is_flag=True, help="Overwrite posts that were edited by hand."
)
@config_file
@output_folder
def render_command(
    date: str, force: bool, config: Path | None, output: Path | None
) -> None:
    """Write posts again from the store, without any request."""
    from pipeline.cli.publishing_actions import render_again

    sys.exit(render_again(configuration(config, output), date, force=force))


@click.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@only_day
@click.option(
    "--format",
    "form",
    metavar="FORM",
    default="bibtex",
    help="bibtex (default), ris or csl-json.",
)
@config_file
@output_folder
def cite(
    ids: tuple[str, ...],
    date: str,
    form: str,
    config: Path | None,
    output: Path | None,
) -> None:
    """Print references to papers, ready for a reference manager."""
    from pipeline.cli.publishing_actions import cite_papers

    cite_papers(configuration(config, output), ids, date, form)
