"""The nightly job, and trying again what failed."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import ConfigFile, Json, OutputFolder, configuration, refuse_options_before

Topics = Annotated[list[str] | None, typer.Option("--topic", metavar="NAME", help="A topic; may be given again.")]
Since = Annotated[str, typer.Option(metavar="DATE", help="First day of submission, as in 2026-10-01.")]
Until = Annotated[str, typer.Option(metavar="DATE", help="Last day of submission.")]
Limit = Annotated[int, typer.Option(min=0, metavar="N", help="At most this many papers a topic, the best ones.")]
Demo = Annotated[bool, typer.Option("--demo", help="Run on the bundled sample: no network, no key.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be read and posted.")]
Wait = Annotated[bool, typer.Option("--wait", help="Wait for a run that is at work, instead of leaving it to it.")]
LogJson = Annotated[bool, typer.Option("--log-json", help="Write the log as JSON lines.")]
Version = Annotated[bool, typer.Option("--version", help="Print the version and exit.")]


def screen(
    context: typer.Context,
    topic: Topics = None,
    since: Since = "",
    until: Until = "",
    limit: Limit = 0,
    config: ConfigFile = None,
    output: OutputFolder = None,
    demo: Demo = False,
    dry_run: DryRun = False,
    json: Json = False,
    wait: Wait = False,
    log_json: LogJson = False,
    version: Version = False,
) -> None:
    """Options of the nightly job; the help text is the application's."""
    if context.invoked_subcommand:
        refuse_options_before(context)
        return
    if version:
        from pipeline import __version__

        typer.echo(__version__)
        return
    from pipeline.nightly.tonight import Request, tonight

    request = Request(tuple(topic or ()), since, until, limit, demo=demo, dry_run=dry_run, wait=wait)
    raise typer.Exit(tonight(configuration(config, output), request, as_json=json, log_json=log_json))


def retry(config: ConfigFile = None, output: OutputFolder = None, json: Json = False, wait: Wait = False) -> None:
    """Try now what failed, also what was given up."""
    from pipeline.nightly.tonight import Request, tonight

    request = Request(fetch=False, forgive=True, wait=wait)
    raise typer.Exit(tonight(configuration(config, output), request, as_json=json))
