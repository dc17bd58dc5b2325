"""The review without a model: for each item the sentences of the paper itself that answer it.

A sentence is chosen by the section it stands in, the words that give its purpose away, its
place and how central it is: its tf-idf similarity to title and abstract and to all other
sentences (Erkan and Radev 2004, LexRank, degree form).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.anonymous_manuscript import named_place
from pipeline.common.tfidf import tfidf_rows
from pipeline.errors import ReviewIncomplete
from pipeline.paper import Claim, Document, Paper, Review
from pipeline.review_fields import summary_limit
from pipeline.summarize.extractive.answers import SentenceChooser
from pipeline.summarize.extractive.keywords import keywords_of
from pipeline.summarize.extractive.sentences.collected import (
    Sentence,
    claim_of,
    sentences_of,
)
from pipeline.summarize.extractive.sentences.section_kinds import (
    ABSTRACT,
    CLOSING,
    OPENING,
)
from pipeline.summarize.extractive.sentences.self_reference import (
    self_reference,
)
from pipeline.summarize.leakage import prompt_injection
from pipeline.summarize.verify.tables.own_rank import lags_of, own_name
from pipeline.translation import gettext as _


@dataclass(frozen=True, slots=True)
class SummarizerRules:
    """How sentences are ranked, and how many are taken."""

    most: int = 800
    """Sentences that are ranked; a longer paper is a book."""
    takeaways: int = 5
    room: float = 1.25
    """What the summary of an author may have of the length of a model's."""
    ranked: int = 120
    """Most central sentences that are looked through for takeaways."""
    alike: float = 0.5
    """Cosine from which on two sentences say the same."""
    topic: float = 0.6
    """Share of the similarity to title and abstract in how central a sentence is; the rest is that
    to all sentences.
    """
    cjk: re.Pattern[str] = re.compile(r"[\u3400-\u9fff]")
    word: re.Pattern[str] = re.compile(
        r"[A-Za-z0-9]*[A-Za-z][A-Za-z0-9-]*|[\u3400-\u9fff]|\w+"
    )


_rules = SummarizerRules()


_WORTH = {ABSTRACT: 0.5, CLOSING: 0.4, OPENING: 0.2}
"""Sections that say what a whole paper is about."""


def summarize_extractively(
    paper: Paper, document: Document, language: str
) -> Review:
    """The extractive review: every statement is a sentence of the paper, with its page.

    Args:
        paper: the record of arXiv.
        document: what the PDF holds.
        language: of the post; the sentences stay in the paper's.

    Raises:
        ReviewIncomplete: the PDF holds no prose to choose from.
    """
    found = sentences_of(document)
    if not found:
        raise _without_prose(paper)
    summary, answered = _answer(found, paper, document)
    return Review(
        paper_id=paper.id,
        version=paper.version,
        language=language,
        model="extractive",
        summary=summary,
        title=paper.title,
        affiliation=named_place(document.first_affiliation),
        keywords=keywords_of(paper, document),
        warnings=prompt_injection.warnings(document, language),
        takeaways=answered["takeaways"],
        background=answered["background"],
        past=answered["past"],
        method=answered["method"],
        performance=answered["performance"],
        methods=answered["methods"],
        significance=answered["significance"],
        innovation=answered["innovation"],
        results=answered["results"],
        workload=answered["workload"],
        limits=answered["limits"],
        availability=answered["availability"],
        lags=lags_of(document, own_name(paper.title)),
    )


def _without_prose(paper: Paper) -> ReviewIncomplete:
    return ReviewIncomplete(
        _(
            "{paper}: the PDF holds no running text to take sentences from.",
            paper=paper.id,
        ),
        step=_("`{program} extract` shows what can be read of it."),
        missing=["summary"],
    )


def _answer(
    found: Sequence[Sentence], paper: Paper, document: Document
) -> tuple[Claim, dict[str, tuple[Claim, ...]]]:
    """The summary line, the title where no sentence is one, and the statements of the items."""
    ranking = SentenceRanking(
        found, f"{paper.title}. {paper.abstract or document.abstract}"
    )
    chooser = SentenceChooser(ranking.sentences, self_reference(document))
    language = "zh" if _rules.cjk.search(paper.title) else "en"
    longest = round(_rules.room * summary_limit(language))
    summary = chooser.summary(paper.title, longest, ranking.most_central())
    answered = chooser.answers()
    central = ranking.most_central(chooser.shown())
    takeaways = chooser.takeaways(central, _rules.takeaways)
    answered["takeaways"] = tuple(map(claim_of, takeaways))
    title = Claim(paper.title, paper.title, 1)
    return claim_of(summary) if summary else title, answered


class SentenceRanking:
    """The sentences of one paper, and how central each is."""

    def __init__(self, found: Sequence[Sentence], topic: str) -> None:
        self.sentences = list(found[: _rules.most])
        self.centrality, self._cosine = _rank(
            [one.text for one in self.sentences], topic
        )

    def most_central(self, shown: Container[str] = ()) -> list[Sentence]:
        """Give the sentences that say most about the whole paper, the most central first; none
        that is like one before it.

        Args:
            shown: texts that are shown elsewhere; what is like them is left out.
        """
        order = sorted(
            range(len(self.sentences)), key=self._worth, reverse=True
        )
        told = [
            place
            for place, one in enumerate(self.sentences)
            if one.text in shown
        ]
        found: list[int] = []
        for place in order[: _rules.ranked]:
            if not self._repeats(place, [*told, *found]):
                found.append(place)
        return [self.sentences[place] for place in found]

    def _worth(self, place: int) -> float:
        return self.centrality[place] + _WORTH.get(
            self.sentences[place].place, 0.0
        )

    def _repeats(self, place: int, others: Iterable[int]) -> bool:
        return any(
            place == other or self._cosine(place, other) > _rules.alike
            for other in others
        )


def _rank(
    texts: Sequence[str], topic: str
) -> tuple[list[float], Callable[[int, int], float]]:
    """How central each sentence is, 0 to 1, and the cosine of any two."""
    import numpy as np

    rows = tfidf_rows([_count_words(text) for text in (topic, *texts)])
    columns = int(rows.terms.max(initial=-1)) + 1
    wanted, everything = np.zeros(columns), np.zeros(columns)
    np.add.at(wanted, *rows.row(0))
    sentences = rows.take(range(1, len(rows)))
    np.add.at(everything, sentences.terms, sentences.weights)
    near, degree = sentences.times(wanted), sentences.times(everything)
    score = _rules.topic * near / max(float(near.max()), 1e-9) + (
        1 - _rules.topic
    ) * degree / max(float(degree.max()), 1e-9)

    def cosine(first: int, second: int) -> float:
        ours, theirs = sentences.row(first), sentences.row(second)
        weights = dict(zip(*map(list, ours), strict=True))
        return float(
            sum(
                weights.get(term, 0.0) * one
                for term, one in zip(*theirs, strict=True)
            )
        )

    return [float(value) for value in score], cosine


def _count_words(text: str) -> Counter[str]:
    words = (word.lower() for word in _rules.word.findall(text))
    return Counter(word for word in words if word not in _stop_words())


@cache
def _stop_words() -> frozenset[str]:
    """The English words that say nothing by themselves: the list of the Glasgow IR group."""
    file = Path(__file__).with_name("stop_words.txt")
    return frozenset(file.read_text(encoding="utf-8").split())
