"""What the archive shows over weeks: counts by topic, venues, institutions, words that rise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = 12
"""Weeks that are shown."""


@dataclass(frozen=True, slots=True)
class TrendTablesRules:
    """How many rows are listed, and what counts as rising."""

    listed: int = 12
    """Venues, institutions and words that are listed."""
    rise_least: int = 3
    """Papers of the last four weeks that hold a word before it can be said to rise."""
    recent: int = 4
    """Weeks that are compared with those before."""
    word: re.Pattern[str] = re.compile(
        r"[A-Za-z][A-Za-z-]{3,}|[A-Z][A-Z0-9]{2,}"
    )
    common: frozenset[str] = frozenset(
        re.split(
            r"\s+",
            """with from that this their using based towards toward through into over under between
        model models method methods approach framework learning network networks deep neural
        data study analysis large novel efficient via without across beyond more""",
        )
    )
    """Words of titles that say nothing of a trend."""


_rules = TrendTablesRules()


@dataclass(frozen=True, slots=True)
class TrendPaper:
    """What is counted of one judged paper."""

    topic: str
    submitted: date
    kept: bool
    title: str
    venue: str = ""
    institution: str = ""


@dataclass(frozen=True, slots=True)
class TopicTrend:
    """One topic by weeks, oldest first."""

    topic: str
    found: tuple[int, ...]
    kept: tuple[int, ...]

    @property
    def share(self) -> float:
        """Share of the found that were kept, 0 to 1."""
        return sum(self.kept) / max(1, sum(self.found))


@dataclass(frozen=True, slots=True)
class Trends:
    """All that the page shows."""

    weeks: tuple[date, ...]
    """Mondays, oldest first."""
    topics: tuple[TopicTrend, ...]
    venues: tuple[tuple[str, int], ...]
    institutions: tuple[tuple[str, int], ...]
    rising: tuple[tuple[str, int, int], ...]
    """Word, papers of the last four weeks, papers of the weeks before."""


def find_trends(papers: Sequence[TrendPaper], today: date) -> Trends:
    """Count the papers of the last twelve weeks."""
    monday = today - timedelta(days=today.weekday())
    weeks = tuple(
        monday - timedelta(weeks=WEEKS - 1 - back) for back in range(WEEKS)
    )
    recent = [one for one in papers if one.submitted >= weeks[0]]
    kept = [one for one in recent if one.kept]
    names = sorted({one.topic for one in recent})
    return Trends(
        weeks,
        tuple(_topic(name, recent, weeks) for name in names),
        _most_common(one.venue for one in kept),
        _most_common(one.institution for one in kept),
        _rising(kept, weeks[-_rules.recent]),
    )


def _topic(
    name: str, papers: Iterable[TrendPaper], weeks: Sequence[date]
) -> TopicTrend:
    found: Counter[date] = Counter()
    kept: Counter[date] = Counter()
    for one in papers:
        if one.topic == name:
            week = one.submitted - timedelta(days=one.submitted.weekday())
            found[week] += 1
            kept[week] += one.kept
    by_week = (
        tuple(found[week] for week in weeks),
        tuple(kept[week] for week in weeks),
    )
    return TopicTrend(name, *by_week)


def _most_common(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(filter(None, names)).most_common(_rules.listed))


def _rising(
    papers: Iterable[TrendPaper], since: date
) -> tuple[tuple[str, int, int], ...]:
    """Words of titles that more papers hold lately than before, the steepest first."""
    now: Counter[str] = Counter()
    before: Counter[str] = Counter()
    for one in papers:
        words = {
            word.lower() for word in _rules.word.findall(one.title)
        } - _rules.common
        (now if one.submitted >= since else before).update(words)
    rate = _rules.recent / (WEEKS - _rules.recent)
    rising = [
        (word, count, before[word])
        for word, count in now.items()
        if count >= _rules.rise_least and count > before[word] * rate
    ]
    rising.sort(key=lambda one: (one[2] * rate - one[1], one[0]))
    return tuple(rising[: _rules.listed])
