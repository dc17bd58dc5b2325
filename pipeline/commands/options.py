"""Options that several commands share, and the configuration they lead to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from pipeline.config import Config

ConfigFile = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="config.toml to use.")]
OutputFolder = Annotated[Path | None, typer.Option("--output", metavar="DIR", help="Folder for all that is written.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")]
TopicName = Annotated[str, typer.Option("--topic", metavar="NAME", help="A topic of config.toml, or any words.")]
Day = Annotated[str, typer.Option(metavar="DATE", help="As in 2026-10-01.")]


def refuse_options_before(context: typer.Context) -> None:
    """Options of the nightly job in front of a command would be without effect, and nobody would see it.

    Raises:
        UsageError: there are some.
    """
    given = [name for name, value in context.params.items() if value]
    if given:
        from pipeline.errors import UsageError

        option, command = f"--{given[0].replace('_', '-')}", context.invoked_subcommand
        raise UsageError(f"{option} stands before {command}.", step=f"Write it after: screen {command} {option} …")


def configuration(file: Path | None, output: Path | None, **values: Any) -> Config:
    """The configuration with what the command line says laid over it.

    Raises:
        ConfigError: see `pipeline.config.load`.
    """
    from pipeline.config import load

    if output is not None:
        values["output.dir"] = str(output.resolve())
    return load(file, set_=values)
