"""The nightly job, and trying again what failed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline import PROGRAM
from pipeline.cli.commands.options import (
    as_json,
    config_file,
    configuration,
    output_folder,
    refuse_options_before,
    wait,
)

if TYPE_CHECKING:
    from pipeline.config import Config


@click.group(
    PROGRAM,
    invoke_without_command=True,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--topic",
    metavar="NAME",
    multiple=True,
    help="A topic; may be given again.",
)
@click.option(
    "--since",
    metavar="DATE",
    default="",
    help="First day of submission, as in 2026-10-01.",
)
@click.option(
    "--until", metavar="DATE", default="", help="Last day of submission."
)
@click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(min=0),
    help="At most this many papers a topic, the best ones.",
)
@config_file
@output_folder
@click.option(
    "--demo",
    is_flag=True,
    help="Run on the bundled sample: no network, no key.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Only find and judge, and print what would be read.",
)
@as_json
@wait
@click.option("--log-json", is_flag=True, help="Write the log as JSON lines.")
@click.option("--version", is_flag=True, help="Print the version and exit.")
@click.pass_context
def screen(
    context: click.Context,
    topic: tuple[str, ...],
    since: str,
    until: str,
    limit: int | None,
    config: Path | None,
    output: Path | None,
    demo: bool,
    dry_run: bool,
    json: bool,
    wait: bool,
    log_json: bool,
    version: bool,
) -> None:
    """Screen arXiv by topic, read the papers, and write checked reviews into your blog.

    Without a command: the nightly job, for all topics of config.toml or those named with --topic.

    `arxiv-screen COMMAND --help` tells a command's options. With --debug, anywhere, an error shows
    its trace.
    """
    if context.invoked_subcommand:
        refuse_options_before(context)
        return
    if version:
        from pipeline import __version__

        click.echo(__version__)
        return
    from pipeline.cli.topic_names import read_topic
    from pipeline.run.entry import RunRequest, run_screening

    found = _nightly(config, output)
    names = tuple(read_topic(found, name).name for name in topic)
    request = RunRequest(
        names, since, until, limit or 0, demo=demo, dry_run=dry_run, wait=wait
    )
    sys.exit(run_screening(found, request, as_json=json, log_json=log_json))


def _nightly(file: Path | None, output: Path | None) -> Config:
    """The configuration; when it is broken, whoever it names is told, since nobody watches a
    nightly job.

    Raises:
        ConfigError: it is broken.
    """
    from pipeline.config_file import salvage
    from pipeline.errors import ConfigError
    from pipeline.run.entry import notify_broken_config

    try:
        return configuration(file, output)
    except ConfigError as error:
        notify_broken_config(salvage(file), error)
        raise


@click.command()
@config_file
@output_folder
@as_json
@wait
def retry(
    config: Path | None, output: Path | None, json: bool, wait: bool
) -> None:
    """Try now what failed, also what was given up."""
    from pipeline.run.entry import RunRequest, run_screening

    request = RunRequest(fetch=False, forgive=True, wait=wait)
    sys.exit(
        run_screening(configuration(config, output), request, as_json=json)
    )
