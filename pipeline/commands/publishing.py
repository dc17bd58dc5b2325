"""Posts again from the store, and references."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import ConfigFile, OutputFolder, configuration

OnlyDay = Annotated[str, typer.Option("--date", metavar="DATE", help="Only the posts of this date.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite posts that were edited by hand.")]
Ids = Annotated[list[str] | None, typer.Argument(metavar="ID", help="arXiv ids.")]
Form = Annotated[str, typer.Option("--format", metavar="bibtex|ris|csl-json", help="Form of the references.")]


def render(date: OnlyDay = "", force: Force = False, config: ConfigFile = None, output: OutputFolder = None) -> None:
    """Write posts again from the store, without any request."""
    from pipeline.rendering import render_again

    raise typer.Exit(render_again(configuration(config, output), date, force=force))


def cite(
    ids: Ids = None, date: OnlyDay = "", form: Form = "bibtex", config: ConfigFile = None, output: OutputFolder = None
) -> None:
    """Print references to papers, ready for a reference manager."""
    from pipeline.rendering import cite_papers

    cite_papers(configuration(config, output), ids or [], date, form)
