"""What `arxiv-screen weekly` and `arxiv-screen daily` do: read the file, change it by a pure function, put
it back.
"""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipeline.citations.venues import venue_of
from pipeline.common.dates import as_date, clock
from pipeline.config import Config
from pipeline.console.sanitize import terminal_safe
from pipeline.errors import ConfigError, UsageError, from_os
from pipeline.paper import Paper
from pipeline.reading_log import daily, parser, weekly
from pipeline.reading_log.entry_line import NO_VENUE
from pipeline.render.pages.writer import replace_file
from pipeline.translation import gettext as _

if TYPE_CHECKING:
    from pipeline.run.single_paper import Single

Report = Literal["weekly", "daily"]
PICTURES = "images"
"""Folder beside a report for the pictures of its entries."""


def add_weekly(
    config: Config, file: str, source: str, *, reader: str, venue: str, day: str
) -> None:
    """Draft an entry and put it into the weekly report.

    Raises:
        UsageError: no report, no anchor in it, a paper that is not there.
        ScreenError: the paper cannot be read or reviewed.
    """
    path = _file(config, "weekly", file)
    text = _read(path, "weekly")
    weekly.anchored(text)  # before a paper is read for it
    _warn_of_unknown_reader(config, reader)
    entry = _draft(config, source, path, reader, venue, _day(config, day))
    _save(path, text, weekly.add_weekly_entry(text, entry))


def add_daily(
    config: Config, file: str, source: str, *, venue: str, day: str
) -> None:
    """Draft an entry and put it into the daily log.

    Raises:
        UsageError, ScreenError: as for `add_weekly`.
    """
    path = _file(config, "daily", file)
    text = _read(path, "daily")
    entry = _draft(config, source, path, "", venue, _day(config, day))
    _save(path, text, daily.add_daily_entry(text, entry))


def skip_weekly(
    config: Config, file: str, *, reader: str, note: str, day: str
) -> None:
    """Note that a reader read nothing."""
    path = _file(config, "weekly", file)
    text = _read(path, "weekly")
    _warn_of_unknown_reader(config, reader)
    _save(path, text, weekly.skip(text, reader, _day(config, day), note))


def show_week(config: Config, file: str, day: str, *, as_json: bool) -> int:
    """Print who has and who has not written in the week of a day; 1 when anyone has not.

    Raises:
        ConfigError: no readers are configured.
    """
    if not config.weekly.readers:
        raise ConfigError(
            _("No readers are configured."),
            step=_('Set [weekly] readers = ["…"].'),
            key="weekly.readers",
        )
    found = parser.understand(_read(_file(config, "weekly", file), "weekly"))
    missing = weekly.missing(found, config.weekly.readers, _day(config, day))
    written = [name for name in config.weekly.readers if name not in missing]
    if as_json:
        week = {"written": written, "missing": missing}
        sys.stdout.write(json.dumps(week, ensure_ascii=False) + "\n")
    else:
        for state, names in (("written", written), ("missing", missing)):
            sys.stdout.writelines(
                f"{state}  {terminal_safe(name)}\n" for name in names
            )
    return 1 if missing else 0


def archive_weekly(config: Config, file: str, year: int) -> None:
    """Move a year's entries to `NAME-YEAR.md` beside the report; the archive is written first."""
    path = _file(config, "weekly", file)
    target = path.with_name(f"{path.stem}-{year}{path.suffix}")
    text = _read(path, "weekly")
    before = (
        parser.decode_report(target.read_bytes()) if target.is_file() else ""
    )
    today = clock(config)().date()
    left, moved = weekly.archive(text, year, before, target.name, today=today)
    if left == text:
        words = _(
            "{path} has no entry of {year} to move; those of this week stay.",
            path=path,
            year=year,
        )
        sys.stderr.write(terminal_safe(words) + "\n")
        return
    _save(target, before, moved)
    _save(path, text, left)


def list_entries(
    config: Config, report: Report, file: str, *, as_json: bool
) -> None:
    """Print every dated entry that is understood, and what looks doubtful."""
    found = parser.understand(
        _read(_file(config, report, file), report), named=report == "weekly"
    )
    for entry in found.readings:
        if as_json:
            sys.stdout.write(
                json.dumps(asdict(entry), ensure_ascii=False, default=str)
                + "\n"
            )
        else:
            parts = (
                str(entry.date),
                entry.reader,
                entry.title or entry.summary,
                entry.venue,
            )
            sys.stdout.write(
                terminal_safe("  ".join(filter(None, parts))) + "\n"
            )
    if report == "weekly":
        doubts = weekly.doubts(found, clock(config)().date())
        sys.stderr.writelines(terminal_safe(doubt) + "\n" for doubt in doubts)


def begin(config: Config, report: Report, file: str) -> None:
    """Write an empty report.

    Raises:
        UsageError: there is one already.
    """
    path = _file(config, report, file)
    if path.exists():
        raise UsageError(
            _("{path} is there already.", path=path),
            step=_("Name another with --file."),
        )
    _save(
        path,
        "",
        weekly.empty_weekly() if report == "weekly" else daily.empty_daily(),
    )


def _file(config: Config, report: Report, file: str) -> Path:
    if file:
        return Path(file)
    configured = config.weekly.file if report == "weekly" else config.daily.file
    if not configured:
        raise ConfigError(
            _("No {report} report is configured.", report=report),
            step=_('Set [{report}] file = "…", or give --file.', report=report),
            key=f"{report}.file",
        )
    return config.path(configured)


def _read(path: Path, report: Report) -> str:
    if not path.is_file():
        raise UsageError(
            _("There is no file {path}.", path=path),
            step=_("`{program} {report} new` begins one.", report=report),
        )
    try:
        return parser.decode_report(path.read_bytes())
    except OSError as error:
        raise from_os(error, path) from error


def _save(path: Path, before: str, after: str) -> None:
    """Write what has changed, and print where."""
    if after == before:
        sys.stderr.write(
            terminal_safe(_("Nothing to change in {path}.", path=path)) + "\n"
        )
        return
    replace_file(path, parser.encode_report(after))
    sys.stdout.write(terminal_safe(str(path)) + "\n")


def _day(config: Config, text: str) -> date:
    return as_date(text) if text else clock(config)().date()


def _warn_of_unknown_reader(config: Config, reader: str) -> None:
    """Say that a name is none of the readers: it may be misspelt, or one may be new.

    Raises:
        UsageError: there is no name.
    """
    weekly.need_reader(reader)
    known = config.weekly.readers
    if known and reader not in known:
        words = _(
            "{reader} is not in [weekly] readers: {names}.",
            reader=reader,
            names=", ".join(known),
        )
        sys.stderr.write(terminal_safe(words) + "\n")


def _venue(paper: Paper, given: str) -> str:
    """Where it was accepted; the field of the template, to be filled, where nobody knows."""
    known = venue_of(paper)
    if given or known:
        return given or (known.text if known else "")
    if paper.version:
        return "arXiv"
    words = _(
        "No venue is known: fill in [{no_venue}], or give --venue.",
        no_venue=NO_VENUE,
    )
    sys.stderr.write(f"{words}\n")
    return NO_VENUE


def _draft(
    config: Config, source: str, path: Path, reader: str, venue: str, day: date
) -> parser.LoggedReading:
    from pipeline.run.single_paper import single

    found = single(source, config)
    return weekly.draft(
        found.review,
        title=found.paper.title,
        reader=reader,
        day=day,
        link=found.paper.abs_url,
        venue=_venue(found.paper, venue),
        picture=_picture(found, path),
        abstract=found.paper.abstract,
    )


def _picture(found: Single, path: Path) -> str:
    """A copy of the framework figure beside the report, as the report names it."""
    if found.framework is None:
        return ""
    name = f"{found.paper.slug}{found.framework.suffix}"
    target = path.parent / PICTURES / name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(found.framework, target)
    except OSError as error:
        raise from_os(error, target) from error
    return f"{PICTURES}/{name}"
