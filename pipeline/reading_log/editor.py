"""Entries put into a journal and taken out of it. Whole lines come and go: every other byte
stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeVar

from pipeline.reading_log import entry_line
from pipeline.reading_log.entry_line import Dateline
from pipeline.reading_log.parser import (
    Journal,
    LoggedReading,
    bare,
    depth,
    gap,
    prefix,
)

STYLE_SAMPLE = 5
"""Entries, newest first, that a file's present habits are learnt from: about one week of a
group.
"""

Habit = TypeVar("Habit")


@dataclass(frozen=True, slots=True)
class ReportStyle:
    """How a file writes its entries at present; full-width `＞`, which quotes nothing, is
    written as `>`.
    """

    prefix: str
    """Quoting of an entry's lines: `> > `."""
    bracketed: bool
    """Readers stand in brackets."""
    within: str
    """The empty line between entries of one week."""
    between: str
    """The empty line between entries of two weeks."""


def style(journal: Journal, default: ReportStyle) -> ReportStyle:
    """The habits of the newest entries; what a file does not show is taken from the default."""
    sample = (journal.below or journal.readings)[:STYLE_SAMPLE]
    firsts = [journal.lines[reading.lines[0] - 1] for reading in sample]
    usual = _usual(
        (prefix(line).replace("＞", ">") for line in firsts), default.prefix
    )
    opened = [entry_line.read_entry_line(bare(line)) for line in firsts]
    outer, inner = _bars(usual, default)
    seams = list(_seams(journal))
    return ReportStyle(
        usual,
        _usual((line.bracketed for line in opened if line), default.bracketed),
        _seam([line for same, line in seams if same], inner, usual),
        _seam([line for same, line in seams if not same], outer, usual),
    )


def week(day: date) -> tuple[int, int]:
    """Year and number of the ISO 8601 week, Monday to Sunday."""
    return day.isocalendar()[:2]


def insert_entry(
    journal: Journal,
    block: Sequence[str],
    day: date,
    habits: ReportStyle,
    *,
    newest_first: bool = True,
) -> str:
    """Put an entry where its date belongs under the anchor, on the bar of its own week where
    there is one.

    Of all places the one with the fewest entries out of order is taken, so that a slip in
    somebody's date does not mislead; of equals the one where the file grows.

    Args:
        journal: the file.
        block: the entry's lines, without endings.
        day: its date.
        habits: how entries are kept apart.
        newest_first: the order of the file.
    """
    below = journal.below
    place = _place(
        [reading.date for reading in below], day, newest_first=newest_first
    )
    before = below[place - 1] if place else None
    after = below[place] if place < len(below) else None
    if before and (
        after is None
        or not newest_first
        or _week_of(before, day) > _week_of(after, day)
    ):
        seam = habits.within if _week_of(before, day) else habits.between
        return _splice(journal, before.lines[1], block, lead=seam)
    if after and (place or _follows_anchor(journal, after)):
        seam = habits.within if _week_of(after, day) else habits.between
        return _splice(journal, after.lines[0] - 1, block, trail=seam)
    return _splice(journal, _top(journal), block, default=habits.between)


def append(journal: Journal, block: Sequence[str], seam: str) -> str:
    """Put an entry at the end of the file."""
    end = len(journal.lines)
    return _splice(
        journal,
        end,
        block,
        lead=seam if end and not gap(journal.lines[-1]) else None,
    )


def remove_entries(
    journal: Journal, gone: Sequence[LoggedReading]
) -> tuple[str, list[str]]:
    """Take entries out, each with the empty lines that follow it up to the next entry.

    Returns:
        The text that stays, and the text of each entry that went, without the empty lines.
    """
    starts = {reading.lines[0] - 1 for reading in journal.readings}
    dropped: set[int] = set()
    above = -1
    for reading in gone:
        first, end = reading.lines[0] - 1, reading.lines[1]
        tail = end
        while tail < len(journal.lines) and gap(journal.lines[tail]):
            tail += 1
        above = above if first - 1 in dropped else first - 1
        apart = above < 0 or gap(journal.lines[above])
        dropped.update(range(first, tail if tail in starts and apart else end))
    taken = [
        "".join(journal.lines[reading.lines[0] - 1 : reading.lines[1]])
        for reading in gone
    ]
    return "".join(
        line for at, line in enumerate(journal.lines) if at not in dropped
    ), taken


def opening(reading: LoggedReading, *, bracketed: bool = True) -> Dateline:
    """The dated line of a reading."""
    skipped = reading.summary if reading.kind == "skipped" else ""
    return Dateline(
        reading.date,
        reading.reader,
        reading.title,
        reading.venue,
        reading.link,
        skipped,
        bracketed,
    )


def _week_of(reading: LoggedReading, day: date) -> bool:
    return week(reading.date) == week(day)


def _usual(values: Iterable[Habit], default: Habit) -> Habit:
    ranked = Counter(values).most_common(1)
    return ranked[0][0] if ranked else default


def _seams(journal: Journal) -> Iterator[tuple[bool, str]]:
    """For each two neighbours: whether they share a week, and the shallowest empty line between
    them.
    """
    for one, other in pairwise(journal.below):
        between = journal.lines[one.lines[1] : other.lines[0] - 1]
        if between and all(gap(line) for line in between):
            yield (
                week(one.date) == week(other.date),
                prefix(min(between, key=depth)).replace("＞", ">").strip(),
            )


def _bars(quoting: str, default: ReportStyle) -> tuple[str, str]:
    """Empty lines that end the innermost bar of a quoting, and that go on with it."""
    if quoting == default.prefix:
        return default.between, default.within
    return quoting[: max(quoting.rfind(">"), 0)].rstrip(), quoting.rstrip()


def _seam(seen: Sequence[str], default: str, quoting: str) -> str:
    """The empty line of the depth seen most often; at the entries' own depth it is written as
    they are.
    """
    if not seen:
        return default
    levels = _usual((depth(line) for line in seen), depth(default))
    alike = _usual((line for line in seen if depth(line) == levels), default)
    return quoting.rstrip() if levels == depth(quoting) else alike


def _place(days: Sequence[date], day: date, *, newest_first: bool) -> int:
    """Index with the fewest entries out of order; of equals the first, or the last where a file
    grows downwards.
    """
    wrong = sum(other > day if newest_first else other < day for other in days)
    best, fewest = 0, wrong
    for at, other in enumerate(days, 1):
        wrong += ((other < day) - (other > day)) * (1 if newest_first else -1)
        if wrong < fewest or (wrong == fewest and not newest_first):
            best, fewest = at, wrong
    return best


def _follows_anchor(journal: Journal, first: LoggedReading) -> bool:
    """Whether nothing but empty lines stands between the anchor, if there is one, and the first
    entry.
    """
    return journal.anchor is None or all(
        gap(line) for line in journal.lines[journal.anchor : first.lines[0] - 1]
    )


def _top(journal: Journal) -> int:
    """Index of the line after the anchor and the quoted empty lines under it."""
    at = journal.anchor or 0
    while (
        at < len(journal.lines)
        and gap(journal.lines[at])
        and depth(journal.lines[at])
    ):
        at += 1
    return at


def _splice(
    journal: Journal,
    at: int,
    block: Sequence[str],
    *,
    lead: str | None = None,
    trail: str | None = None,
    default: str = "",
) -> str:
    """The file with a block put in before index `at`, kept apart from text that stands directly
    above or below it.

    Args:
        journal: the file.
        at: where, 0-based.
        block: lines without endings.
        lead: empty line to put above in any case.
        trail: empty line to put below in any case.
        default: empty line to put where text stands, when neither is given.
    """
    above, below, end = journal.lines[:at], journal.lines[at:], journal.newline
    seam = next((line for line in (lead, trail) if line is not None), default)
    first = [seam] if lead is not None or (above and not gap(above[-1])) else []
    final = [seam] if trail is not None or (below and not gap(below[0])) else []
    text = end.join([*first, *block, *final])
    if above and not above[-1].endswith(("\n", "\r")):
        return "".join(above) + end + text
    return "".join(above) + text + end + "".join(below)
