"""Judging with a group's names and ratings, from configuration and store, and with its model."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.paper import Document, Paper, Topic, Verdict
from pipeline.screen.learning import ratings
from pipeline.screen.learning.ratings import Rating, Ratings
from pipeline.screen.llm_screening import (
    Grade,
    Opinion,
    apply_opinions,
    batches,
    choose_examples,
    grade_papers,
    screening_limits,
    uncertain,
)
from pipeline.screen.preferences import (
    Taste,
    judge_by_authors,
    with_institutions,
)
from pipeline.screen.rank import MultiTopicJudge
from pipeline.screen.terms.background import (
    Background,
    build_background,
    dump_background,
    load_background,
    shipped_background,
)
from pipeline.screen.terms.paper_text import PaperText
from pipeline.store import Store
from pipeline.translation import gettext as _

if TYPE_CHECKING:
    from pipeline.llm import ModelClient


@dataclass(frozen=True, slots=True)
class JudgeRules:
    """From how many papers a judge learns, and what its model may spend."""

    background: int = 2000
    """Records seen before that show what is usual."""
    enough: int = 500
    """Records of the store from which its own statistics are used; below, those of the program."""
    growth: float = 1.25
    """The statistics are computed anew when the store holds so many times as many records."""
    prompt: str = "screening-3"
    """Booked with each call; a changed prompt gets the next number."""
    budget_share: float = 0.1
    """Share of the run's budget that screening may use."""


judge_rules = JudgeRules()


class TopicJudge:
    """Judges by rules, by the group's names and ratings, and with a model where one is asked."""

    def __init__(
        self, config: Config, store: Store, model: ModelClient | None = None
    ) -> None:
        """Read now what is needed of the store."""
        self._config = config
        self._store = store
        self._ratings = ratings_of(config, store)
        self._taste = taste_of(config)
        self._model = model if config.screen.model else None
        self._ranker: MultiTopicJudge | None = None

    def judge(
        self, topic: Topic, papers: Sequence[Paper], background: Sequence[Paper]
    ) -> Sequence[Verdict]:
        """Judge papers; others seen before show what is usual. Takes seconds."""
        if topic.authors:
            return judge_by_authors(topic, papers)
        if self._ranker is None:
            # Those of a library may have come since.
            self._ratings = ratings_of(self._config, self._store)
            statistics = background_of(self._store, background)
            self._ranker = MultiTopicJudge(
                statistics, self._ratings, self._taste
            )
        return self._ranker.judge(topic, papers, background)

    async def ask_model(
        self, topic: Topic, verdicts: Sequence[Verdict], papers: Sequence[Paper]
    ) -> Sequence[Verdict]:
        """Give the verdicts with the model's word on the uncertain ones, where one is asked.

        What was said before is not asked again, and what is said is kept at once.

        Raises:
            ServiceDown, PaperError: the model gives no usable answer.
        """
        if self._model is None or not verdicts or topic.authors:
            return verdicts
        for batch in batches(self._open_questions(topic, verdicts, papers)):
            if not self._may_spend():
                break
            examples = choose_examples(self._ratings.about(topic.name))
            said = await grade_papers(topic, batch, examples, self._ask)
            self._keep(topic, said)
        return self.recall_opinions(topic, verdicts)

    def recall_opinions(
        self, topic: Topic, verdicts: Sequence[Verdict]
    ) -> Sequence[Verdict]:
        """Give the verdicts with what a model has said before of the uncertain ones; asks nothing."""
        if not self._config.screen.model or topic.authors:
            return verdicts
        known = self._opinions(topic)
        doubtful = uncertain(verdicts, topic.threshold)
        ids = {one.paper_id for one in doubtful} & known.keys()
        told = {paper_id: known[paper_id] for paper_id in ids}
        return apply_opinions(verdicts, told, topic.threshold)

    def _open_questions(
        self, topic: Topic, verdicts: Sequence[Verdict], papers: Sequence[Paper]
    ) -> Sequence[Paper]:
        """Choose uncertain papers of which nothing is known, the most uncertain first."""
        known = self._opinions(topic)
        by_id = {one.id: one for one in papers if one.id not in known}
        doubtful = uncertain(verdicts, topic.threshold)
        found = [
            by_id[one.paper_id] for one in doubtful if one.paper_id in by_id
        ]
        return found[: screening_limits.most]

    def _opinions(self, topic: Topic) -> dict[str, Opinion]:
        rows = self._store.screening.opinions(_key(topic))
        return {
            paper_id: Opinion(_grade(grade), reason)
            for paper_id, grade, reason in rows
        }

    def _keep(self, topic: Topic, said: Mapping[str, Opinion]) -> None:
        rows = [
            (paper_id, one.grade, one.reason) for paper_id, one in said.items()
        ]
        self._store.screening.keep_opinions(
            _key(topic), rows, datetime.now(UTC)
        )

    def _may_spend(self) -> bool:
        limit = judge_rules.budget_share * self._config.model.budget_per_run
        spent = self._store.ledger.cost_of(judge_rules.prompt)
        return not self._store.ledger.run or spent == 0 or spent < limit

    async def _ask(
        self, messages: list[dict[str, str]], schema: dict[str, Any]
    ) -> dict[str, Any]:
        assert self._model is not None  # noqa: S101 - only asked where there is one
        reply = await self._model.ask(
            messages,
            schema,
            title="screening",
            prompt_version=judge_rules.prompt,
            urgent=True,
        )
        return reply.data or {}

    def weigh(
        self, topic: Topic, document: Document, verdict: Verdict
    ) -> Verdict:
        """Judge again by the institutions that the PDF tells. Idempotent."""
        affiliations = document.affiliations
        return with_institutions(
            verdict, affiliations, self._taste, topic.threshold
        )


def _key(topic: Topic) -> str:
    """The topic as a model was told it: a changed description is another question."""
    told = f"{topic.name}\n{topic.description}"
    return hashlib.sha256(told.encode()).hexdigest()[:20]


def _grade(value: int) -> Grade:
    return 2 if value == 2 else 1 if value == 1 else 0  # noqa: PLR2004 - the grades


def background_of(store: Store, papers: Sequence[Paper]) -> Background:
    """Give the statistics of the papers that the store has seen, or those of the program.

    Computing them takes a second; they are kept until the store has grown by a quarter.
    """
    if len(papers) < judge_rules.enough:
        return shipped_background()
    kept = store.screening.background()
    if kept and len(papers) < judge_rules.growth * kept[0]:
        return load_background(kept[1])
    built = build_background([PaperText(paper) for paper in papers])
    data = dump_background(built)
    store.screening.keep_background(len(papers), data)
    return load_background(data)


def taste_of(config: Config) -> Taste:
    """Give the names to boost and to mute."""
    asked = config.screen
    return Taste(
        asked.boost_authors,
        asked.mute_authors,
        (*asked.boost_institutions, *config.follow.institutions),
        asked.mute_institutions,
    )


def ratings_of(config: Config, store: Store) -> Ratings:
    """Give the reader's ratings: those of the configured file and those of the store.

    Raises:
        UsageError: the file cannot be read.
    """
    return ratings.merge_ratings(
        _of_file(config), Ratings(tuple(_of_store(store)))
    )


def _of_file(config: Config) -> Ratings:
    if not config.screen.ratings:
        return ratings.no_ratings
    path = config.path(config.screen.ratings)
    try:
        return ratings.load_ratings(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            _("{path} cannot be read: {error}.", path=path, error=error),
            step=_("Correct [screen] ratings in config.toml."),
        ) from error


def _of_store(store: Store) -> Iterator[Rating]:
    for one in store.nights.ratings():
        yield Rating(
            one.paper_id, one.topic, one.rating, one.at, one.title, one.abstract
        )
