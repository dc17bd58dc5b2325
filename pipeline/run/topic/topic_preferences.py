"""What a group likes, from configuration and store, handed to screening."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.paper import Document, Paper, Topic, Verdict
from pipeline.screen.learning import ratings
from pipeline.screen.learning.ratings import Rating, Ratings
from pipeline.screen.preferences import Taste, with_institutions
from pipeline.screen.rank import judge
from pipeline.store import Store

BACKGROUND = 2000
"""Records seen before that show how common words are. Judging them takes a second or two a
topic.
"""


def taste_of(config: Config) -> Taste:
    """Names to boost and to mute."""
    asked = config.screen
    return Taste(
        asked.boost_authors,
        asked.mute_authors,
        asked.boost_institutions,
        asked.mute_institutions,
    )


def ratings_of(config: Config, store: Store) -> Ratings:
    """The reader's ratings: those of the configured file and those given by `screen rate`.

    Raises:
        UsageError: the file cannot be read.
    """
    return ratings.merge(_of_file(config), Ratings(tuple(_of_store(store))))


def _of_file(config: Config) -> Ratings:
    if not config.screen.ratings:
        return ratings.NO_RATINGS
    path = config.path(config.screen.ratings)
    try:
        return ratings.load(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} cannot be read: {error}.",
            step="Correct [screen] ratings in config.toml.",
        ) from error


def _of_store(store: Store) -> Iterator[Rating]:
    for one in store.nights.ratings():
        yield Rating(
            one.paper_id, one.topic, one.rating, one.at, one.title, one.abstract
        )


Judge = Callable[[Topic, Sequence[Paper], Sequence[Paper]], Sequence[Verdict]]


def judge_with(config: Config, store: Store) -> Judge:
    """Judging with this configuration's names and this store's ratings. What it needs of the
    store is read now.
    """
    known, taste = ratings_of(config, store), taste_of(config)

    def judging(
        topic: Topic, papers: Sequence[Paper], background: Sequence[Paper]
    ) -> Sequence[Verdict]:
        return judge(topic, papers, ratings=known, taste=taste, background=background)

    return judging


def weigh_with(config: Config) -> Callable[[Topic, Document, Verdict], Verdict]:
    """Weigh a verdict again by the institutions of its PDF. Idempotent."""
    taste = taste_of(config)

    def weighing(topic: Topic, document: Document, verdict: Verdict) -> Verdict:
        return with_institutions(verdict, document.affiliations, taste, topic.threshold)

    return weighing
