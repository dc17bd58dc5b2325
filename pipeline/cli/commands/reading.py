"""What one PDF holds, the review of one paper, leftovers in a post."""

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
@click.argument("paper", metavar="PAPER.pdf", type=PATH)
@click.option(
    "--out",
    metavar="DIR",
    type=PATH,
    help="Folder for the pictures of its figures, and its tables as CSV.",
)
@as_json
@config_file
def extract(
    paper: Path, out: Path | None, json: bool, config: Path | None
) -> None:
    """Say what a PDF holds: sections, figures, affiliation, code."""
    from pipeline.cli.pdf_inspection import show_document
    from pipeline.extract.worker import pool

    if paper.is_file():
        pool.prepare()  # it starts while the settings are read
    show_document(
        paper, configuration(config, None), pictures=out, as_json=json
    )


@click.command()
@click.argument("source", metavar="ID|PAPER.pdf")
@click.option(
    "--format",
    "form",
    metavar="md|json",
    default="md",
    help="Markdown (rendered on a terminal, default) or JSON.",
)
@config_file
@output_folder
def read_command(
    source: str, form: str, config: Path | None, output: Path | None
) -> None:
    """Review one paper."""
    from pipeline.run.single_paper import show_review

    show_review(source, configuration(config, output), form)


@click.command()
@click.argument("post", metavar="POST.md", type=PATH)
@as_json
def lint(post: Path, json: bool) -> None:
    """Find leftovers of prompts in a post; exit 1 if there are any."""
    from pipeline.cli.pdf_inspection import show_leftovers

    sys.exit(show_leftovers(post, as_json=json))
