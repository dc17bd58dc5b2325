"""What one PDF holds, the review of one paper, leftovers in a post."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import ConfigFile, Json, OutputFolder, configuration

Pdf = Annotated[Path, typer.Argument(metavar="PAPER.pdf", help="The PDF.")]
Pictures = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Folder for the pictures of its figures.")]
Source = Annotated[str, typer.Argument(metavar="ID|PAPER.pdf", help="An arXiv id, or a PDF.")]
Form = Annotated[str, typer.Option("--format", metavar="md|json", help="Markdown (rendered on a terminal) or JSON.")]
Post = Annotated[Path, typer.Argument(metavar="POST.md", help="Any Markdown file.")]


def extract(paper: Pdf, out: Pictures = None, json: Json = False, config: ConfigFile = None) -> None:
    """Say what a PDF holds: sections, figures, affiliation, code."""
    from pipeline.looking import show_document

    show_document(paper, configuration(config, None), pictures=out, as_json=json)


def read(source: Source, form: Form = "md", config: ConfigFile = None, output: OutputFolder = None) -> None:
    """Review one paper."""
    from pipeline.nightly.single import show_review

    show_review(source, configuration(config, output), form)


def lint(post: Post, json: Json = False) -> None:
    """Find leftovers of prompts in a post; exit 1 if there are any."""
    from pipeline.looking import show_leftovers

    raise typer.Exit(show_leftovers(post, as_json=json))
