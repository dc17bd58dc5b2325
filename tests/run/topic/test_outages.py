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
from pipeline.fetch.sources import ListingPage
from pipeline.paper import Topic, Verdict
from pipeline.run.topic.announcement_gaps import find_gap
from pipeline.run.topic.collect import Collector
from pipeline.run.topic.late_papers import collect_late
from pipeline.screen.announcements import DAY
from pipeline.store import Store
from tests.samples import paper

FIRST = date(2026, 11, 2)
NIGHTS = 9
TOPIC = Topic("Talking Head", categories=("cs.CV",))


@dataclass(frozen=True)
class Life:
    """One paper: when it is announced, how long it was held, when it is cross-listed, revised and
    given a DOI, in days after its announcement.
    """

    number: int
    announced: int
    held: int
    cross: int | None = None
    revised: int | None = None
    doi: int | None = None

    @property
    def first(self):
        """The day of its announcement, in whatever category."""
        return FIRST + self.announced * DAY

    @property
    def day(self):
        """The day of its announcement in the topic's category."""
        return self.first + (self.cross or 0) * DAY

    @property
    def published(self):
        return midday(self.first - (1 + self.held) * DAY)

    def at(self, day):
        """The newest version that is announced in the topic's category up to a day, if any is."""
        if day < self.day:
            return None
        is_cross = self.cross is not None
        first = paper(
            self.number,
            published=self.published,
            updated=self.published,
            categories=("cs.LG", "cs.CV") if is_cross else ("cs.CV",),
        )
        revision = self.revision
        if revision is None or revision > day:
            return first
        return replace(first, version=2, updated=midday(revision - DAY))

    @property
    def revision(self):
        return None if self.revised is None else self.first + self.revised * DAY

    def changed(self, day):
        """The day of the last change up to a day, as OAI-PMH dates it: that of its announcement
        or the one before.
        """
        changes = [self.day, self.revision]
        if self.doi is not None:
            changes.append(self.first + self.doi * DAY)
        last = max(one for one in changes if one and one <= day)
        return last - DAY if self.number % 2 else last


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
                kind = "new" if life.cross is None else "cross"
                found.append(Announced(bare(life.at(day)), kind))
            elif life.revision == day and life.at(day):
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
                yield ListingPage(found[: len(found) // 2], name)
                continue
            yield ListingPage(found, name)
            return
        raise ArxivDown("nobody answers")

    lists_changes = True

    def changes(self, categories, day):
        state = self.night.oai
        if state == "down":
            raise ArxivDown("throttled")
        found = [
            one
            for life, one in self.shown(state)
            if life.changed(self.last(state)) == day
        ]
        if state == "torn":
            yield found[: len(found) // 2]
            raise ArxivDown("throttled")
        yield found

    def last(self, state):
        return self.today - DAY if state == "late" else self.today

    def shown(self, state):
        last = self.last(state)
        return [(life, life.at(last)) for life in self.lives if life.at(last)]

    def known(self, name, state, window, since, *, updates):
        if name == "oai":
            last = self.last(state)
            return [
                one
                for life, one in self.shown(state)
                if life.changed(last) >= since
            ]
        return [
            one
            for _, one in self.shown(state)
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
    gaps = [find_gap(TOPIC, services)]
    collector = Collector(services, gaps)
    await collector.collect_announcement()
    with suppress(ArxivDown):
        await collector.collect_gaps()
        await collect_late(collector, gaps)
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
        held=st.integers(0, 4) | st.integers(0, 12),
        cross=st.none() | st.integers(0, NIGHTS),
        revised=st.none() | st.integers(0, 6),
        doi=st.none() | st.integers(0, NIGHTS),
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
        paper(one.number).id for one in shown if one.published.date() > begun
    }
    assert wanted <= set(judged) <= {paper(one.number).id for one in shown}
    assert set(judged.values()) <= {1}
    assert store.papers.incomplete() == []
    for one in lives:
        known = store.papers.get(paper(one.number).id, 1)
        if known:
            assert known.published == one.published
    store.close()


@settings(max_examples=10, deadline=None)
@given(nights)
def test_a_revised_old_paper_is_never_taken_for_a_new_one(
    tmp_path_factory, nights
):
    folder = tmp_path_factory.mktemp("revisions")
    old = [
        Life(number, -400, 0, revised=400 + number, doi=402 + number)
        for number in range(1, NIGHTS)
    ]
    young = [  # announced before the topic began
        Life(number, -9, 0, revised=9 + number % NIGHTS, doi=8 + number % 5)
        for number in range(NIGHTS, 2 * NIGHTS)
    ]
    old += young
    judged, store = run_nights(old, [BEGINNING, *nights[1:]], folder)
    assert judged == Counter()
    store.close()


def test_a_late_cross_list_of_a_missed_night_is_found_by_its_change(
    tmp_path_factory,
):
    folder = tmp_path_factory.mktemp("late")
    good, api_only = (
        Night(True, "up", "up", "up"),
        Night(True, "up", "up", "down"),
    )
    missed = replace(good, runs=False)
    late = Life(1, 1, 0, cross=7, doi=2)
    known = Life(2, 1, 0, cross=0, revised=7)
    before = Life(3, -5, 0, revised=12)  # announced before the topic began
    nights = [good] * 8 + [missed, api_only, good]
    judged, store = run_nights([late, known, before], nights, folder)
    assert judged == Counter({paper(1).id: 1, paper(2).id: 1})
    store.close()


def test_a_category_that_is_added_makes_no_earlier_paper_new(tmp_path):
    store = Store.open(tmp_path)
    store.coverage.mark(TOPIC.name, [FIRST])
    since = store.coverage.follow
    assert since(TOPIC.name, ["cs.CV"], FIRST) == FIRST
    assert since(TOPIC.name, ["cs.CV"], FIRST + DAY) == FIRST
    assert since(TOPIC.name, ["cs.CV", "cs.LG"], FIRST + DAY) == FIRST + DAY
    assert since(TOPIC.name, ["cs.LG"], FIRST + 2 * DAY) == FIRST + DAY
    store.close()
