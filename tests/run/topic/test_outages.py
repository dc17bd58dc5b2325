"""Nights with random outages of the three sources: each paper is found once, none is lost."""

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.config import Config, Output
from pipeline.errors import ArxivDown
from pipeline.fetch.announcements_feed import Announced, Announcement
from pipeline.paper import Topic, Verdict
from pipeline.run.topic.announcement_gaps import DAY, find_gap
from pipeline.run.topic.collect import Collector
from pipeline.store import Store
from tests.samples import paper

FIRST = date(2026, 11, 2)
NIGHTS = 9
TOPIC = Topic("Talking Head", categories=("cs.CV",))


@dataclass(frozen=True)
class Life:
    """One paper: when it is announced, how long it was held, when it is revised."""

    number: int
    announced: int
    held: int
    cross: bool
    revised: int | None

    @property
    def day(self):
        return FIRST + self.announced * DAY

    def at(self, day):
        """The newest version that is announced on or before a day; None before the first."""
        if day < self.day:
            return None
        published = midday(self.day - (1 + self.held) * DAY)
        first = paper(
            self.number,
            published=published,
            updated=published,
            categories=("cs.LG", "cs.CV") if self.cross else ("cs.CV",),
        )
        revision = self.revision
        if revision is None or revision > day:
            return first
        return replace(first, version=2, updated=midday(revision - DAY))

    @property
    def revision(self):
        return None if self.revised is None else self.day + self.revised * DAY

    def changed(self, day):
        """The day of the last change up to a day, as OAI-PMH dates it."""
        revision = self.revision
        return revision if revision and revision <= day else self.day


def midday(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@dataclass
class Night:
    """What works on one night."""

    runs: bool
    feed: str
    """up, down, stale (of the day before), full (new papers are cut off)."""
    api: str
    """up, down, late (without the newest announcement), torn (ends in the middle)."""
    oai: str


class Searcher:
    """arXiv as a night shows it."""

    def __init__(self, lives):
        self.lives, self.today, self.night = lives, FIRST, None

    def announcement(self, categories, is_read):
        if self.night.feed == "down":
            return None
        day = self.today - DAY if self.night.feed == "stale" else self.today
        if is_read(day):
            return Announcement(day, unchanged=True)
        found = []
        for life in self.lives:
            if life.day == day:
                kind = "cross" if life.cross else "new"
                found.append(Announced(bare(life.at(day)), kind))
            elif life.revision == day:
                found.append(Announced(bare(life.at(day)), "replace"))
        found.sort(key=lambda one: not one.is_first)
        if self.night.feed == "full":
            return Announcement(
                day, tuple(found[: len(found) // 2]), whole=False
            )
        return Announcement(day, tuple(found))

    def listing(self, categories, window, *, changed_since, updates):
        for name in ("api", "oai"):
            state = getattr(self.night, name)
            if state == "down":
                continue
            found = self.known(
                name, state, window, changed_since, updates=updates
            )
            if state == "torn":
                yield found[: len(found) // 2]
                continue
            yield found
            return
        raise ArxivDown("nobody answers")

    def known(self, name, state, window, since, *, updates):
        last = self.today - DAY if state == "late" else self.today
        shown = [(life, life.at(last)) for life in self.lives if life.at(last)]
        if name == "oai":
            return [one for life, one in shown if life.changed(last) >= since]
        return [
            one
            for _, one in shown
            if one.published in window or (updates and one.updated in window)
        ]

    def complete(self, papers):
        if self.night.api == "down":
            raise ArxivDown("throttled")
        for one in papers:
            life = next(
                each for each in self.lives if paper(each.number).id == one.id
            )
            yield life.at(self.today)


def bare(one):
    """As the feed shows it: of no known time, without comment."""
    announced = datetime.combine(
        one.updated.date() + DAY, datetime.min.time(), UTC
    )
    return replace(one, published=announced, updated=announced, comment="")


@dataclass
class Everything:
    """Keeps every paper, and counts how often it was asked of each."""

    judged: Counter = field(default_factory=Counter)

    def judge(self, topic, papers, background):
        self.judged.update(one.id for one in papers)
        return [Verdict(one.id, topic.name, 0.9, keep=True) for one in papers]

    async def ask_model(self, topic, verdicts, papers):
        return verdicts


def run_nights(lives, nights, folder):
    """Run the nights and two good ones after them; what was judged, and the store."""
    store, judge, searcher = Store.open(folder), Everything(), Searcher(lives)
    good = Night(True, "up", "up", "up")
    for number, night in enumerate([*nights, good, good]):
        searcher.today, searcher.night = FIRST + number * DAY, night
        now = midday(searcher.today) + timedelta(hours=9)
        services = SimpleNamespace(
            store=store,
            judge=judge,
            searcher=searcher,
            now=lambda now=now: now,
            tell=lambda event: None,
            config=Config(output=Output(dir=str(folder))),
        )
        if night.runs:
            asyncio.run(one_night(services))
    return judge.judged, store


async def one_night(services):
    collector = Collector(services, [find_gap(TOPIC, services)])
    await collector.collect_announcement()
    with suppress(ArxivDown):
        await collector.collect_gaps()
    papers, day = services.store.papers, services.now().date()
    wanted = [
        (one.paper_id, papers.get(one.paper_id).version)
        for one in papers.wanted(TOPIC.name)
    ]
    services.store.posts.plan(TOPIC.name, day, wanted)
    services.store.posts.done(TOPIC.name, day)


lives = st.lists(
    st.builds(
        Life,
        number=st.just(0),
        announced=st.integers(0, NIGHTS),
        held=st.integers(0, 4),
        cross=st.booleans(),
        revised=st.none() | st.integers(0, 6),
    ),
    max_size=8,
).map(lambda found: [replace(one, number=n) for n, one in enumerate(found, 1)])
ARCHIVE = st.sampled_from(["up", "up", "down", "down", "late", "torn"])
nights = st.lists(
    st.builds(
        Night,
        runs=st.sampled_from([True, True, True, False]),
        feed=st.sampled_from(["up", "up", "down", "stale", "full"]),
        api=ARCHIVE,
        oai=ARCHIVE,
    ),
    min_size=NIGHTS,
    max_size=NIGHTS,
)
BEGINNING = Night(True, "up", "up", "up")


@settings(max_examples=25, deadline=None)
@given(lives, nights)
def test_each_paper_is_found_once_whatever_is_down(
    tmp_path_factory, lives, nights
):
    folder = tmp_path_factory.mktemp("outages")
    judged, store = run_nights(lives, [BEGINNING, *nights[1:]], folder)
    begun = min(store.coverage.days(TOPIC.name))
    shown = [one for one in lives if one.day <= FIRST + (NIGHTS + 1) * DAY]
    wanted = {
        paper(one.number).id
        for one in shown
        if one.at(one.day).published.date() > begun
    }
    assert wanted <= set(judged) <= {paper(one.number).id for one in shown}
    assert set(judged.values()) <= {1}
    assert store.papers.incomplete() == []
    for one in lives:
        known = store.papers.get(paper(one.number).id, 1)
        if known:
            assert known.published == one.at(one.day).published
    store.close()


@settings(max_examples=10, deadline=None)
@given(nights)
def test_a_revised_old_paper_is_never_taken_for_a_new_one(
    tmp_path_factory, nights
):
    folder = tmp_path_factory.mktemp("revisions")
    old = [
        Life(number, -400, 0, cross=False, revised=400 + number)
        for number in range(1, NIGHTS)
    ]
    judged, store = run_nights(old, [BEGINNING, *nights[1:]], folder)
    assert judged == Counter()
    store.close()
