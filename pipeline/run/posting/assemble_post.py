"""Store → Post. A post is assembled from the store alone, so it can be written again at any time;
publish.py has the files written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, time

from pipeline.common.sentences import split_sentences
from pipeline.config import Config
from pipeline.errors import StoreError
from pipeline.lazy_sequence import OneByOne
from pipeline.paper import Aside, Entry, Post, Update, Verdict
from pipeline.render.markup.filenames import portable
from pipeline.render.pages.atom_feed import LIMIT
from pipeline.store import Store
from pipeline.translation import gettext as _


def assemble(store: Store, config: Config, topic: str, day: date) -> Post:
    """What the post of a topic and a date holds."""
    return Post(
        topic=config.topic(topic),
        date=day,
        written=post_time(day),
        file_name=post_file_name(store, topic),
        language=config.output.language,
        entries=_entries(store, config, topic, day),
        updates=tuple(_updates(store, topic, day)),
        asides=tuple(_asides(store, topic, day)),
        shown_before=_shown_before(store, topic, day),
    )


def post_time(day: date) -> datetime:
    """Give the time that a post carries: noon of its day.

    Not that of the run, so that the same papers give the same bytes whenever the post is written;
    and not midnight, which is another day where a site is built in another time zone.
    """
    return datetime.combine(day, time(12))


def post_file_name(store: Store, topic: str) -> str:
    """Give the file name of a topic's posts; "Talking-Head" beside "Talking Head" is marked."""
    plain = portable(topic)
    mark = hashlib.sha256(topic.encode("utf-8", "surrogatepass")).hexdigest()[
        :8
    ]
    return store.posts.file_name(topic, plain, f"{plain}-{mark}")


def _entries(
    store: Store, config: Config, topic: str, day: date
) -> Sequence[Entry]:
    """The papers in full. Each comes from the store when it is looked at, since thousands are
    too many for memory.
    """
    language, results = config.output.language, store.results
    whole = [
        one
        for one in store.posts.members(topic, day)
        if results.has_document(one.paper_id, one.version)
        and results.has_review(one.paper_id, one.version)
    ]

    def entry(index: int) -> Entry:
        paper_id, version, score, reasons = whole[index]
        paper = store.papers.get(paper_id, version)
        document = results.outline(paper_id, version)
        review = results.review(paper_id, language, version) or results.review(
            paper_id, version=version
        )
        if not (paper and document and review):
            raise StoreError(
                _("{paper_id} has gone from the store.", paper_id=paper_id),
                step=_("Run again."),
            )
        verdict = Verdict(paper_id, topic, score, keep=True, reasons=reasons)
        first = _first_topic(store, config, paper_id, topic, day)
        see_file = post_file_name(store, first) if first else ""
        return Entry(paper, verdict, document, review, first, see_file)

    return OneByOne(len(whole), entry)


def _first_topic(
    store: Store, config: Config, paper_id: str, topic: str, day: date
) -> str:
    """The topic whose post of this date shows the paper in full, when this one only links to it."""
    if config.screen.repeat == "full":
        return ""
    first = store.posts.elsewhere(paper_id, day)[0]
    return "" if first == topic else first


def _shown_before(store: Store, topic: str, day: date) -> frozenset[str]:
    """Find the papers that posts of the same date before this one show, for another cover."""
    topics = [name for _, name in store.posts.all(day)]
    before = topics[: topics.index(topic)] if topic in topics else []
    return frozenset(
        member.paper_id
        for name in before
        for member in store.posts.members(name, day)
    )


def _updates(store: Store, topic: str, day: date) -> Sequence[Update]:
    updates = []
    for paper_id, version, changes in store.posts.updates(topic, day):
        paper = store.papers.get(paper_id, version)
        before = store.papers.candidate(paper_id, topic)
        if paper:
            updates.append(
                Update(paper, changes, before.post_date if before else None)
            )
    return updates


def _asides(store: Store, topic: str, day: date) -> Sequence[Aside]:
    asides = []
    for paper_id, score, reasons in store.posts.asides(topic, day):
        paper = store.papers.get(paper_id)
        if paper:
            verdict = Verdict(
                paper_id, topic, score, keep=True, reasons=reasons
            )
            asides.append(
                Aside(paper, verdict, _first_sentence(paper.abstract))
            )
    return asides


def _first_sentence(abstract: str) -> str:
    return next(split_sentences(abstract), "")


def newest_posts(
    store: Store, config: Config, posts: Sequence[tuple[date, str]]
) -> list[Post]:
    """Give as many of the newest posts as fill a feed."""
    chosen: list[Post] = []
    for day, topic in reversed(posts):
        if sum(len(post.entries) for post in chosen) >= LIMIT:
            break
        chosen.append(assemble(store, config, topic, day))
    return chosen
