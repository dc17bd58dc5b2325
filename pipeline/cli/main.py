"""`arxiv-screen …`: parses, calls, prints. The commands stand in `pipeline/cli/commands/`."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import click

from pipeline import PROGRAM
from pipeline.cli.commands import (
    maintenance,
    night,
    publishing,
    reading,
    reports,
    screening,
    serving,
)
from pipeline.errors import INTERRUPTED, STOPPED, ScreenError, from_os
from pipeline.translation import gettext as _
from pipeline.translation import translate_libraries

app = night.screen
for command in (
    night.retry,
    screening.topics,
    screening.judge_command,
    screening.rate_command,
    reading.extract,
    reading.read_command,
    reading.lint,
    publishing.render_command,
    publishing.cite,
    maintenance.status,
    maintenance.doctor,
    serving.serve,
    maintenance.backup,
    maintenance.restore,
    maintenance.init,
    reports.weekly,
    reports.daily,
):
    app.add_command(command)


def main() -> None:
    """Run the command line. An error is one line and a next step; `--debug`, anywhere, shows
    its trace.
    """
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    debug = len(arguments) < len(sys.argv) - 1
    try:
        _run(arguments)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    # the reader of our output has gone, as `head` does: that is no error
    except BrokenPipeError:
        _drop_output()
    except KeyboardInterrupt:
        sys.stderr.write(f"{PROGRAM}: {_(STOPPED)}\n")
        sys.exit(INTERRUPTED)
    except Exception as error:  # whatever happens, a person reads one line
        if debug:
            raise
        if isinstance(error, OSError):
            _drop_output()
        sys.exit(_tell(error))


def _run(arguments: list[str]) -> None:
    translate_libraries()
    try:
        if not {"--help", "-h"}.isdisjoint(arguments):
            from pipeline.cli.commands.help_texts import translate_help

            translate_help(app)
        with app.make_context(PROGRAM, arguments) as context:
            app.invoke(context)
    finally:
        sys.stdout.flush()


def _drop_output() -> None:
    """What could not be written is not tried again at exit, where Python would complain."""
    os.dup2(
        os.open(os.devnull, os.O_WRONLY),
        sys.__stdout__.fileno() if sys.__stdout__ else 1,
    )


def _tell(error: Exception) -> int:
    """Say in one line what went wrong and what to do; the exit code."""
    from pipeline.console.sanitize import terminal_safe

    line, code = _said(error)
    sys.stderr.write(f"{PROGRAM}: {terminal_safe(line)}\n")
    return code


def _said(error: Exception) -> tuple[str, int]:
    if isinstance(error, ScreenError):
        return error.advice, error.exit_code
    if isinstance(error, click.ClickException):
        return _usage(error), error.exit_code
    if isinstance(error, OSError) and (
        error.filename or error.errno == errno.ENOSPC
    ):
        return _said(
            from_os(error, Path(os.fsdecode(error.filename or "the output")))
        )
    kind = type(error).__name__
    return (
        _(
            "{kind}: {error}. This is a fault of the program; --debug shows "
            "where, please report it.",
            kind=kind,
            error=error,
        ),
        1,
    )


def _usage(error: click.ClickException) -> str:
    """What is wrong with the command line, and where its options are told."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else PROGRAM
    message = error.format_message().rstrip(".。")
    return _(
        "{message}. `{path} --help` tells what it takes.",
        message=message,
        path=path,
    )
