"""How things stand, what is wrong, and the first files of a new user."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import ConfigFile, Json, OutputFolder, configuration

Judged = Annotated[
    bool, typer.Option("--judged", help="List everything judged, kept and dropped, with score and reason.")
]
OnlyTopic = Annotated[str, typer.Option("--topic", metavar="NAME", help="With --judged: of one topic.")]
OnlyDay = Annotated[str, typer.Option("--date", metavar="DATE", help="With --judged: of one day.")]
Send = Annotated[bool, typer.Option("--notify", help="Also send a test message to the addresses in [notify].")]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder for config.toml and prompts/.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite files that are there.")]


def status(
    judged: Judged = False,
    topic: OnlyTopic = "",
    date: OnlyDay = "",
    config: ConfigFile = None,
    output: OutputFolder = None,
    json: Json = False,
) -> None:
    """Runs, what is pending and why, money spent, space used."""
    from pipeline import standing

    found = configuration(config, output)
    if judged:
        standing.show_judged(found, topic, date, as_json=json)
    else:
        standing.show(found, as_json=json)


def doctor(notify: Send = False, config: ConfigFile = None, output: OutputFolder = None, json: Json = False) -> None:
    """Check configuration, model, arXiv, disk, and say the cure."""
    from pipeline.doctor import examine, show

    raise typer.Exit(show(examine(configuration(config, output), notify=notify), as_json=json))


def init(folder: Folder = Path(), force: Force = False) -> None:
    """Write config.toml and prompts/ into a folder, to be edited."""
    from pipeline.shipped import write_out

    for path in write_out(folder, force=force):
        typer.echo(path)
