"""The review without a model: for each item the sentences of the paper itself that answer it.

A sentence is chosen by the section it stands in, the words that give its purpose away, its
place and how central it is: its tf-idf similarity to title and abstract and to all other
sentences (Erkan and Radev 2004, LexRank, degree form).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from pipeline.common.tfidf import tfidf_rows
from pipeline.errors import ReviewIncomplete
from pipeline.paper import Claim, Document, Paper, Review
from pipeline.summarize.extractive.keywords import keywords_of
from pipeline.summarize.extractive.one_liner import line_of
from pipeline.summarize.extractive.slots import (
    ABSTRACT,
    CLOSING,
    METHOD,
    OPENING,
    Item,
    Sentence,
    items,
    sentences_of,
)
from pipeline.summarize.leakage import prompt_injection
from pipeline.summarize.review.draft import QUOTE_LIMIT, SUMMARY_LIMIT

STOP_WORDS = Path(__file__).with_name("stop_words.txt")
MOST = 800
"""Sentences that are ranked; a longer paper is a book."""
TAKEAWAYS = 5
STEPS = 7
"""Most steps under 7 Methods."""
STEPS_A_PART = 3
"""Most steps taken from one part of the method."""
POINTS = 2
"""Most sentences a point."""
ENOUGH = 1.2
"""What a second sentence of a point must be worth; the first is given in any case."""
ALIKE = 0.6
"""Cosine from which on two sentences say the same."""
TOPIC = 0.6
"""Share of the similarity to title and abstract in how central a sentence is; the rest is that
to all sentences.
"""
_WORTH = {ABSTRACT: 0.5, CLOSING: 0.4, OPENING: 0.2}
"""Sections that say what a whole paper is about."""
_LEANS = -1.0
"""What a takeaway loses that leans on the sentence before it."""
_WORD = re.compile(r"[A-Za-z0-9]*[A-Za-z][A-Za-z0-9-]*|[\u3400-\u9fff]|\w+")
_STEP = re.compile(
    r"\b(?:we|our)\b|本文|我们|采用|利用|通过|首先|然后|计算|训练|得到"
    r"|\b(?:is|are) (?:\w+ )?(?:used|trained|computed|obtained|fed|applied|optimi[sz]ed|encoded|extracted|defined)\b",
    re.IGNORECASE,
)


def review(paper: Paper, document: Document, language: str) -> Review:
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
        raise ReviewIncomplete(
            f"{paper.id}: the PDF holds no running text to take sentences from.",
            step="`screen extract` shows what can be read of it.",
            missing=["summary"],
        )
    choice = Choice(found, f"{paper.title}. {paper.abstract or document.abstract}")
    steps = _claims(_steps(choice))
    points = {name: _claims(found) for name, found in choice.answers().items()}
    takeaways = _claims(choice.central(TAKEAWAYS))
    return Review(
        paper_id=paper.id,
        version=paper.version,
        language=language,
        model="extractive",
        summary=_summary(choice, paper),
        takeaways=takeaways,
        title=paper.title,
        affiliation=document.first_affiliation,
        keywords=keywords_of(paper, document),
        background=points["background"],
        past=points["past"],
        method=points["method"],
        performance=points["performance"],
        methods=steps,
        significance=points["significance"],
        innovation=points["innovation"],
        results=points["results"],
        workload=points["workload"],
        warnings=prompt_injection.warnings(document, language),
    )


def _claims(chosen: Iterable[Sentence]) -> tuple[Claim, ...]:
    return tuple(_claim(one.text, one.page) for one in chosen)


def _claim(text: str, page: int) -> Claim:
    return Claim(text, " ".join(text.split()[:QUOTE_LIMIT]), page)


class Choice:
    """The sentences of one paper, how central each is, and which of them are taken."""

    def __init__(self, found: Sequence[Sentence], topic: str) -> None:
        self.sentences = list(found[:MOST])
        self.centrality, self._cosine = _rank(
            [one.text for one in self.sentences], topic
        )
        self._taken: list[int] = []

    def answers(self) -> dict[str, list[Sentence]]:
        """The best sentences for each item: all choose a first one, then those a second that
        find one worth it.
        """
        first = {name: self.best(self._fits(item), 1) for name, item in items().items()}
        second = {
            name: self.best(self._fits(item), POINTS - 1, enough=ENOUGH, at_least=0)
            for name, item in items().items()
        }
        return {
            name: sorted(first[name] + second[name], key=self.sentences.index)
            for name in first
        }

    def _fits(self, item: Item) -> Callable[[int], float]:
        return lambda place: item.fit(self.sentences[place]) + self.centrality[place]

    def central(self, most: int) -> list[Sentence]:
        """What says most about the whole paper."""

        def worth(place: int) -> float:
            one = self.sentences[place]
            return (
                self.centrality[place]
                + _WORTH.get(one.place, 0.0)
                + (0.0 if one.alone else _LEANS)
            )

        return self.best(worth, most)

    def best(
        self,
        worth: Callable[[int], float],
        most: int,
        *,
        enough: float = 0.0,
        at_least: int = 1,
        among: Iterable[int] | None = None,
    ) -> list[Sentence]:
        """The worthiest that say nothing that was taken before, in the order of the paper.

        So many as `at_least` (0 or 1) are always given, others only if they are worth enough.
        Where all was taken, it is taken again.
        """
        order = sorted(
            range(len(self.sentences)) if among is None else among,
            key=worth,
            reverse=True,
        )
        picked: list[int] = []
        for place in order:
            if len(picked) == most or (
                len(picked) >= at_least and worth(place) < enough
            ):
                break
            if not self._repeats(place, [*picked, *self._taken]):
                picked.append(place)
        picked = picked or order[:at_least]
        self._taken += picked
        return [self.sentences[place] for place in sorted(picked)]

    def _repeats(self, place: int, others: Iterable[int]) -> bool:
        return any(
            place == other or self._cosine(place, other) > ALIKE for other in others
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
    score = TOPIC * near / max(float(near.max()), 1e-9) + (1 - TOPIC) * degree / max(
        float(degree.max()), 1e-9
    )

    def cosine(first: int, second: int) -> float:
        ours, theirs = sentences.row(first), sentences.row(second)
        weights = dict(zip(*map(list, ours), strict=True))
        return float(
            sum(weights.get(term, 0.0) * one for term, one in zip(*theirs, strict=True))
        )

    return [float(value) for value in score], cosine


def _count_words(text: str) -> Counter[str]:
    words = (word.lower() for word in _WORD.findall(text))
    return Counter(word for word in words if word not in _stop_words())


@cache
def _stop_words() -> frozenset[str]:
    """The English words that say nothing by themselves: the list of the Glasgow IR group."""
    return frozenset(STOP_WORDS.read_text(encoding="utf-8").split())


def _steps(choice: Choice) -> list[Sentence]:
    """For 7: sentences from each part of the method, in the order of the paper."""
    parts: dict[str, list[int]] = {}
    for place, one in enumerate(choice.sentences):
        if one.place == METHOD:
            parts.setdefault(one.section, []).append(place)

    def worth(place: int) -> float:
        one = choice.sentences[place]
        first = place in parts.get(one.section, [])[:STEPS_A_PART]
        lean = 0.0 if one.alone else _LEANS / 2
        return (
            choice.centrality[place]
            + 0.8 * bool(_STEP.search(one.text))
            + 0.3 * first
            + lean
        )

    if not parts:
        return choice.best(worth, POINTS)
    each = max(1, min(STEPS_A_PART, STEPS // len(parts)))
    chosen = [
        one
        for among in parts.values()
        for one in choice.best(worth, each, enough=0.8, among=among)
    ]
    return _spread(chosen, STEPS)


def _spread(chosen: list[Sentence], most: int) -> list[Sentence]:
    """At most so many, evenly from the first to the last."""
    if len(chosen) <= most:
        return chosen
    return [
        chosen[round(number * (len(chosen) - 1) / (most - 1))] for number in range(most)
    ]


def _summary(choice: Choice, paper: Paper) -> Claim:
    """The line of the sentence that says best what the paper does, else a short one of the
    abstract, else the title.

    All are verbatim and none is cut in half.
    """
    method = items()["method"]
    saying = [
        place for place, one in enumerate(choice.sentences) if _says_it(one, method)
    ]
    worth = {
        place: method.fit(choice.sentences[place]) + choice.centrality[place]
        for place in saying
    }
    line = line_of(
        [
            choice.sentences[place]
            for place in sorted(saying, key=lambda place: -worth[place])
        ]
    )
    if line:
        return _claim(*line)
    short = [
        one
        for one in choice.sentences
        if one.place == ABSTRACT
        and one.own
        and one.alone
        and len(one.text) <= SUMMARY_LIMIT
    ]
    if short:
        return _claims(short[-1:])[0]
    for text in (paper.title, paper.title.partition(":")[0]):
        if len(text) <= SUMMARY_LIMIT:
            return _claim(text, 1)
    fitting = [
        one for one in choice.sentences if len(one.text) <= SUMMARY_LIMIT
    ] or choice.sentences[:1]
    return _claims(fitting)[0]


def _says_it(sentence: Sentence, method: Item) -> bool:
    """Whether a sentence may say what the paper does: it has a cue for it where papers say it."""
    where = sentence.place in (ABSTRACT, OPENING, CLOSING)
    return (
        where
        and (sentence.own or bool(method.cues.search(sentence.text)))
        and not method.avoid.search(sentence.text)
    )
