"""The group's weekly report and the daily reading log."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.commands.options import (
    as_json,
    config_file,
    configuration,
    output_folder,
)

source = click.argument("source", metavar="ID|PAPER.pdf")
reader = click.option(
    "--reader", metavar="NAME", required=True, help="Who read it."
)
venue = click.option(
    "--venue",
    metavar="VENUE",
    default="",
    help="Where it was accepted; arXiv's comment tells it unless given.",
)
day = click.option(
    "--date",
    metavar="DATE",
    default="",
    help="Of the entry; today unless given.",
)
report = click.option(
    "--file",
    metavar="FILE",
    default="",
    help="The report; that of config.toml unless given.",
)


@click.group(no_args_is_help=False)
def weekly() -> None:
    """The group's weekly report."""


@click.group(no_args_is_help=False)
def daily() -> None:
    """The daily reading log."""


@weekly.command("add")
@source
@reader
@venue
@day
@report
@config_file
@output_folder
def weekly_add(
    source: str,
    reader: str,
    venue: str,
    date: str,
    file: str,
    config: Path | None,
    output: Path | None,
) -> None:
    """Draft an entry from a paper's review and put it in its place."""
    from pipeline.cli.reading_log_actions import add_weekly

    add_weekly(
        configuration(config, output),
        file,
        source,
        reader=reader,
        venue=venue,
        day=date,
    )


@weekly.command("skip")
@click.option(
    "--reader", metavar="NAME", required=True, help="Who skips this week."
)
@click.option(
    "--note", metavar="WORDS", default="", help="What stands before 本周未精读."
)
@day
@report
@config_file
def weekly_skip(
    reader: str, note: str, date: str, file: str, config: Path | None
) -> None:
    """Note that somebody read no paper this week."""
    from pipeline.cli.reading_log_actions import skip_weekly

    skip_weekly(
        configuration(config, None), file, reader=reader, note=note, day=date
    )


@weekly.command("status")
@click.option(
    "--date",
    metavar="DATE",
    default="",
    help="A day of the week; today unless given.",
)
@report
@config_file
@as_json
def weekly_status(
    date: str, file: str, config: Path | None, json: bool
) -> None:
    """Say who has written this week and who has not."""
    from pipeline.cli.reading_log_actions import show_week

    sys.exit(show_week(configuration(config, None), file, date, as_json=json))


@weekly.command("archive")
@click.argument("year", metavar="YEAR", type=click.IntRange(1990, 9999))
@report
@config_file
def weekly_archive(year: int, file: str, config: Path | None) -> None:
    """Move a year's entries to an archive file; the running week stays."""
    from pipeline.cli.reading_log_actions import archive_weekly

    archive_weekly(configuration(config, None), file, year)


@weekly.command("list")
@report
@config_file
@as_json
def weekly_list(file: str, config: Path | None, json: bool) -> None:
    """Say what is understood of the report: every dated entry."""
    from pipeline.cli.reading_log_actions import list_entries

    list_entries(configuration(config, None), "weekly", file, as_json=json)


@weekly.command("new")
@report
@config_file
def weekly_new(file: str, config: Path | None) -> None:
    """Begin a report."""
    from pipeline.cli.reading_log_actions import begin

    begin(configuration(config, None), "weekly", file)


@daily.command("add")
@source
@day
@venue
@report
@config_file
@output_folder
def daily_add(
    source: str,
    date: str,
    venue: str,
    file: str,
    config: Path | None,
    output: Path | None,
) -> None:
    """Draft an entry from a paper's review, where its date belongs."""
    from pipeline.cli.reading_log_actions import add_daily

    add_daily(
        configuration(config, output), file, source, venue=venue, day=date
    )


@daily.command("list")
@report
@config_file
@as_json
def daily_list(file: str, config: Path | None, json: bool) -> None:
    """Say what is understood of the log: every dated entry."""
    from pipeline.cli.reading_log_actions import list_entries

    list_entries(configuration(config, None), "daily", file, as_json=json)


@daily.command("new")
@report
@config_file
def daily_new(file: str, config: Path | None) -> None:
    """Begin a log."""
    from pipeline.cli.reading_log_actions import begin

    begin(configuration(config, None), "daily", file)
