"""`screen …`: parses, calls, prints. The commands stand in `pipeline/commands/`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer

from pipeline.commands import care, night, publishing, reading, reports, screening
from pipeline.errors import INTERRUPTED, STOPPED, ScreenError, from_os

HELP = """Screen arXiv by topic, read the papers, and write checked reviews into your blog.

Without a command: the nightly job, for all topics of config.toml or those named with --topic.

`screen COMMAND --help` tells a command's options. With --debug, anywhere, an error shows its trace."""

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
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    debug = len(arguments) < len(sys.argv) - 1
    try:
        code = app(arguments, prog_name="screen", standalone_mode=False)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # typer exits where it meets the first
        # The reader of our output has gone, as `head` does: that is no error, but Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:  # whatever happens, a person reads one line
        if debug:
            raise
        code = _tell(error)
    if code == INTERRUPTED:
        sys.stderr.write(STOPPED)
    sys.exit(code or 0)


def _tell(error: Exception) -> int:
    """Say in one line what went wrong and what to do; the exit code."""
    from pipeline.progress import terminal_safe

    line, code = _said(error)
    sys.stderr.write(f"screen: {terminal_safe(line)}\n")
    return code


def _said(error: Exception) -> tuple[str, int]:
    if isinstance(error, ScreenError):
        return error.advice, error.exit_code
    if isinstance(error, typer.TyperException):
        return _usage(error), error.exit_code
    if isinstance(error, OSError) and error.filename:
        return _said(from_os(error, Path(os.fsdecode(error.filename))))
    kind = type(error).__name__
    return f"{kind}: {error}. This is a fault of the program; --debug shows where, please report it.", 1


def _usage(error: typer.TyperException) -> str:
    """What is wrong with the command line, and where its options are told."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "screen"
    message = error.format_message().rstrip(".")
    return f"{message}. `{path} --help` tells what it takes."
