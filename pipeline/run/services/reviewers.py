"""Who writes the reviews: the configured model, or nobody but the paper itself."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from pipeline.config import Config
from pipeline.paper import Document, Paper, Review
from pipeline.resources import PROMPTS
from pipeline.store import Store

if TYPE_CHECKING:
    from pipeline.llm import ModelClient


class ModelReviewer:
    """Reviews by a language model."""

    def __init__(
        self, config: Config, store: Store, model: ModelClient
    ) -> None:
        from pipeline.summarize.review.reviewer import review

        self._model = model
        self.at_once = config.model.concurrency
        local = config.folder / "prompts"
        self._review = partial(
            review,
            model=model,
            language=config.output.language,
            translate_abstract=config.output.translate_abstract,
            prompts=local if local.is_dir() else PROMPTS,
            paper_tokens=config.model.paper_tokens,
            verify=config.model.verify == "model",
            answers=store.ledger,
        )

    async def review(self, paper: Paper, document: Document) -> Review:
        """Review a paper that was read.

        Raises:
            ModelDown: the model cannot be used now.
            PaperError: it gave no whole review of this paper.
        """
        return await self._review(paper, document)

    async def send_batch(self) -> int:
        """Send the reviews that wait for a batch; how many."""
        return await self._model.send_batch()


class ExtractiveReviewer:
    """Reviews of the paper's own sentences; needs no model and no network."""

    at_once = 2
    """They are computed in this process, on one core; the second hides the waits for the store."""

    def __init__(self, language: str) -> None:
        self._language = language

    async def review(self, paper: Paper, document: Document) -> Review:
        """Review a paper that was read."""
        from pipeline.summarize.extractive.summarizer import (
            summarize_extractively,
        )

        return await asyncio.to_thread(
            summarize_extractively, paper, document, self._language
        )

    async def send_batch(self) -> int:
        """Send nothing: no review waits."""
        return 0
