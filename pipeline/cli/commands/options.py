"""Options that several commands share, and the configuration they lead to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.translation import gettext as _

if TYPE_CHECKING:
    from pipeline.config import Config

PATH = click.Path(path_type=Path)

config_file = click.option(
    "--config", metavar="FILE", type=PATH, help="config.toml to use."
)
output_folder = click.option(
    "--output", metavar="DIR", type=PATH, help="Folder for all that is written."
)
as_json = click.option("--json", is_flag=True, help="Print JSON on stdout.")
wait = click.option(
    "--wait",
    is_flag=True,
    help="Wait for a run that is at work, instead of leaving it to it.",
)


def refuse_options_before(context: click.Context) -> None:
    """Options of the nightly job in front of a command would be without effect, and nobody
    would see it.

    Raises:
        UsageError: there are some.
    """
    given = [name for name, value in context.params.items() if value]
    if given:
        from pipeline.errors import UsageError

        option, command = (
            f"--{given[0].replace('_', '-')}",
            context.invoked_subcommand,
        )
        raise UsageError(
            _(
                "{option} stands before {command}.",
                option=option,
                command=command,
            ),
            step=_(
                "Write it after: {program} {command} {option} …",
                command=command,
                option=option,
            ),
        )


def configuration(
    file: Path | None, output: Path | None, **values: Any
) -> Config:
    """The configuration with what the command line says laid over it.

    Raises:
        ConfigError: see `pipeline.config_file.load`.
    """
    from pipeline.config_file import load

    if output is not None:
        values["output.dir"] = str(output.resolve())
    return load(file, set_=values)
