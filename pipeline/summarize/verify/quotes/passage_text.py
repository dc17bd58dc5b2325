"""A passage as a second reader sees it: sentences with their neighbours, or rows of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.common.sentences import split_sentences
from pipeline.paper import Figure
from pipeline.summarize.verify.evidence import Evidence
from pipeline.summarize.verify.quotes.folding import words_of
from pipeline.summarize.verify.quotes.passages import Located
from pipeline.summarize.verify.tables.table_grid import grid_of


@dataclass(frozen=True, slots=True)
class PassageLimits:
    """How much of a paper is shown with a statement."""

    neighbour: int = 400
    """Characters of the sentence before and of the one behind."""
    text: int = 900
    """Characters of the sentences that hold the quote."""
    rows: int = 10
    """Rows of a table, its heads not counted."""
    row: int = 300
    """Characters of a row."""
    closest: int = 2
    """Paragraphs shown where a quote was not found."""
    paragraph: int = 700
    """Characters of each of them."""
    rare: int = 6
    """Paragraphs that hold a word from which on it tells little."""


limits = PassageLimits()


def passage_text(located: Located, statement: str) -> str:
    """What is shown of a located quote beside a statement."""
    lines = [_clip(located.text, limits.text)]
    if located.figure is not None and located.figure.kind == "table":
        lines += table_rows(located.figure, statement)
    else:
        before = _clip_front(located.before, limits.neighbour)
        lines = [before, *lines, _clip(located.after, limits.neighbour)]
    return "\n".join(filter(None, lines))


def table_rows(figure: Figure, statement: str) -> list[str]:
    """The heads of a table and the rows that share most words with a statement, in order."""
    grid = grid_of(figure)
    if grid is None:
        return [_clip(line, limits.row) for line in figure.text.splitlines()][
            : limits.rows
        ]
    lines = [" | ".join(line) for line in grid.lines]
    heads = max(1, len(lines) - len(grid.labels))
    said = set(words_of(statement))
    shared = [len(said & set(words_of(line))) for line in lines]
    body = sorted(range(heads, len(lines)), key=lambda at: (-shared[at], at))
    kept = [*range(heads), *sorted(body[: limits.rows])]
    return [_clip(lines[at], limits.row) for at in kept]


def closest_passages(text: str, evidence: Evidence) -> list[str]:
    """The paragraphs that share most rare words with a quote that was not found."""
    wanted = set(words_of(text))
    paragraphs = list(_paragraphs(evidence))
    held = [wanted & set(words_of(one)) for one in paragraphs]
    often = Counter(word for words in held for word in words)
    worth = [
        sum(1 / often[word] for word in words if often[word] <= limits.rare)
        for words in held
    ]
    order = sorted(range(len(paragraphs)), key=lambda at: -worth[at])
    best = [paragraphs[at] for at in order[: limits.closest] if worth[at]]
    return [_around(one, wanted) for one in best]


def _paragraphs(evidence: Evidence) -> Iterator[str]:
    texts = zip(
        evidence.quotes.texts,
        evidence.kinds,
        evidence.quotes.pages,
        strict=True,
    )
    for text, kind, page in texts:
        if page and kind in ("abstract", "body", "caption", "appendix"):
            yield text


def _around(paragraph: str, wanted: set[str]) -> str:
    """The sentences of a paragraph around the one that shares most words."""
    if len(paragraph) <= limits.paragraph:
        return paragraph
    parts = list(split_sentences(paragraph))
    best = max(
        range(len(parts)), key=lambda at: len(wanted & set(words_of(parts[at])))
    )
    near = " ".join(parts[max(0, best - 1) : best + 3])
    return _clip(near, limits.paragraph)


def _clip(text: str, longest: int) -> str:
    line = re.sub(r"\s+", " ", text).strip()
    return (
        line
        if len(line) <= longest
        else f"{line[:longest].rsplit(' ', 1)[0]} …"
    )


def _clip_front(text: str, longest: int) -> str:
    line = re.sub(r"\s+", " ", text).strip()
    return (
        line
        if len(line) <= longest
        else f"… {line[-longest:].split(' ', 1)[-1]}"
    )
