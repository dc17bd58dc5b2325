"""The triage page."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.commands.options import (
    config_file,
    configuration,
    output_folder,
)


@click.command()
@click.option(
    "--host", metavar="ADDRESS", default="127.0.0.1", help="To listen on."
)
@click.option(
    "--port", metavar="N", type=click.IntRange(0, 65535), help="0 takes any."
)
@click.option(
    "--demo", is_flag=True, help="Show the bundled papers; no network, no key."
)
@config_file
@output_folder
def serve(
    host: str,
    port: int | None,
    demo: bool,
    config: Path | None,
    output: Path | None,
) -> None:
    """Show the triage page in a browser."""
    from pipeline.cli.serve_action import serve_pages

    found = configuration(config, output)
    sys.exit(serve_pages(found, host, port, demo=demo))
