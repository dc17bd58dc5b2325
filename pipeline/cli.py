"""`screen …`: parses, calls, prints. The commands stand in `pipeline/commands/`."""

from __future__ import annotations

import os
import sys

import typer

from pipeline.commands import care, night, publishing, reading, reports, screening
from pipeline.errors import INTERRUPTED, STOPPED, ScreenError

HELP = """Screen arXiv by topic, read the papers, and write checked reviews into your blog.

Without a command: the nightly job, for all topics of config.toml or those named with --topic."""

app = typer.Typer(
    help=HELP,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback(invoke_without_command=True)(night.screen)
for command in (
    night.retry,
    screening.topics,
    screening.judge,
    screening.rate,
    reading.extract,
    reading.read,
    reading.lint,
    publishing.render,
    publishing.cite,
    care.status,
    care.doctor,
    care.init,
):
    app.command()(command)
app.add_typer(reports.weekly, name="weekly")
app.add_typer(reports.daily, name="daily")


def main() -> None:
    """Run the command line. An error is one line and a next step; `--debug`, anywhere, shows its trace."""
    arguments = sys.argv[1:]
    debug = "--debug" in arguments
    sys.argv[1:] = [argument for argument in arguments if argument != "--debug"]
    try:
        app()
    except ScreenError as error:
        if debug:
            raise
        sys.stderr.write(f"screen: {error.message} {error.step}".rstrip() + "\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.stderr.write(STOPPED)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does: that is no error, but Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
