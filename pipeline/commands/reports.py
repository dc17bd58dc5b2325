"""The group's weekly report and the daily reading log."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import ConfigFile, Json, OutputFolder, configuration

weekly = typer.Typer(help="The group's weekly report.", rich_markup_mode=None)
daily = typer.Typer(help="The daily reading log.", rich_markup_mode=None)

Source = Annotated[str, typer.Argument(metavar="ID|PAPER.pdf", help="An arXiv id, or a PDF.")]
Reader = Annotated[str, typer.Option("--reader", metavar="NAME", help="Who read it.")]
Venue = Annotated[
    str, typer.Option("--venue", metavar="VENUE", help="Where it was accepted; arXiv's comment tells it.")
]
Day = Annotated[str, typer.Option("--date", metavar="DATE", help="Of the entry; today unless given.")]
Note = Annotated[str, typer.Option("--note", metavar="WORDS", help="What stands before 本周未精读.")]
File = Annotated[str, typer.Option("--file", metavar="FILE", help="The report; that of config.toml unless given.")]
Year = Annotated[int, typer.Argument(metavar="YEAR", min=1990, max=9999, help="Whose entries move.")]


@weekly.command("add")
def weekly_add(
    source: Source,
    reader: Reader,
    venue: Venue = "",
    date: Day = "",
    file: File = "",
    config: ConfigFile = None,
    output: OutputFolder = None,
) -> None:
    """Draft an entry from a paper's review and put it in its place."""
    from pipeline.reports import add_weekly

    add_weekly(configuration(config, output), file, source, reader=reader, venue=venue, day=date)


@weekly.command("skip")
def weekly_skip(reader: Reader, note: Note = "", date: Day = "", file: File = "", config: ConfigFile = None) -> None:
    """Note that a reader read nothing this week."""
    from pipeline.reports import skip_weekly

    skip_weekly(configuration(config, None), file, reader=reader, note=note, day=date)


@weekly.command("status")
def weekly_status(date: Day = "", file: File = "", config: ConfigFile = None, json: Json = False) -> None:
    """Name readers who have not written this week; exit 1 if any."""
    from pipeline.reports import who_is_missing

    raise typer.Exit(who_is_missing(configuration(config, None), file, date, as_json=json))


@weekly.command("archive")
def weekly_archive(year: Year, file: File = "", config: ConfigFile = None) -> None:
    """Move a year's entries to an archive file and leave the link."""
    from pipeline.reports import archive_weekly

    archive_weekly(configuration(config, None), file, year)


@weekly.command("list")
def weekly_list(file: File = "", config: ConfigFile = None, json: Json = False) -> None:
    """Say what is understood of the report: every dated entry."""
    from pipeline.reports import list_entries

    list_entries(configuration(config, None), "weekly", file, as_json=json)


@weekly.command("new")
def weekly_new(file: File = "", config: ConfigFile = None) -> None:
    """Begin a report."""
    from pipeline.reports import begin

    begin(configuration(config, None), "weekly", file)


@daily.command("add")
def daily_add(
    source: Source,
    date: Day = "",
    venue: Venue = "",
    file: File = "",
    config: ConfigFile = None,
    output: OutputFolder = None,
) -> None:
    """Draft an entry from a paper's review, where its date belongs."""
    from pipeline.reports import add_daily

    add_daily(configuration(config, output), file, source, venue=venue, day=date)


@daily.command("list")
def daily_list(file: File = "", config: ConfigFile = None, json: Json = False) -> None:
    """Say what is understood of the log: every dated entry."""
    from pipeline.reports import list_entries

    list_entries(configuration(config, None), "daily", file, as_json=json)


@daily.command("new")
def daily_new(file: File = "", config: ConfigFile = None) -> None:
    """Begin a log."""
    from pipeline.reports import begin

    begin(configuration(config, None), "daily", file)
