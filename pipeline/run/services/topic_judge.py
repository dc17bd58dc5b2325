"""Judging with a group's names and ratings, from configuration and store, and with its model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.paper import Document, Paper, Topic, Verdict
from pipeline.screen.learning import ratings
from pipeline.screen.learning.ratings import Rating, Ratings
from pipeline.screen.llm_screening import consult
from pipeline.screen.preferences import Taste, with_institutions
from pipeline.screen.rank import judge
from pipeline.store import Store

if TYPE_CHECKING:
    from pipeline.llm.client import ModelClient

BACKGROUND = 2000
"""Records seen before that show how common words are. Judging them takes a second or two a
topic.
"""


class TopicJudge:
    """Judges by rules, by the group's names and ratings, and with a model where one is asked."""

    def __init__(
        self, config: Config, store: Store, model: ModelClient | None = None
    ) -> None:
        """Read now what is needed of the store."""
        self._ratings = ratings_of(config, store)
        self._taste = taste_of(config)
        self._model = model if config.screen.model else None

    def judge(
        self, topic: Topic, papers: Sequence[Paper], background: Sequence[Paper]
    ) -> Sequence[Verdict]:
        """Judge papers; others seen before show how common words are. Takes seconds."""
        return judge(
            topic,
            papers,
            ratings=self._ratings,
            taste=self._taste,
            background=background,
        )

    async def ask_model(
        self, topic: Topic, verdicts: Sequence[Verdict], papers: Sequence[Paper]
    ) -> Sequence[Verdict]:
        """Give the verdicts with the model's word on the uncertain ones, where one is asked.

        Raises:
            ServiceDown, PaperError: the model gives no usable answer.
        """
        if self._model is None or not verdicts:
            return verdicts
        return await consult(topic, verdicts, papers, self._ask)

    async def _ask(
        self, messages: list[dict[str, str]], schema: dict[str, Any]
    ) -> dict[str, Any]:
        assert self._model is not None  # noqa: S101 - only asked where there is one
        reply = await self._model.ask(messages, schema, title="screening", urgent=True)
        return reply.data or {}

    def weigh(self, topic: Topic, document: Document, verdict: Verdict) -> Verdict:
        """Judge again by the institutions that the PDF tells. Idempotent."""
        affiliations = document.affiliations
        return with_institutions(verdict, affiliations, self._taste, topic.threshold)


def taste_of(config: Config) -> Taste:
    """Give the names to boost and to mute."""
    asked = config.screen
    return Taste(
        asked.boost_authors,
        asked.mute_authors,
        asked.boost_institutions,
        asked.mute_institutions,
    )


def ratings_of(config: Config, store: Store) -> Ratings:
    """Give the reader's ratings: those of the configured file and those of the store.

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
