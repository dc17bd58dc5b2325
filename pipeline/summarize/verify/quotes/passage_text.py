"""A passage as a second reader sees it: sentences with their neighbours, or rows of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from pipeline.common.sentences import split_sentences
from pipeline.paper import Figure
from pipeline.summarize.verify import numbers
from pipeline.summarize.verify.evidence import Evidence
from pipeline.summarize.verify.quotes.blocks import TextBlock
from pipeline.summarize.verify.quotes.folding import words_of
from pipeline.summarize.verify.quotes.passages import Located
from pipeline.summarize.verify.tables.table_grid import grid_of


@dataclass(frozen=True, slots=True)
class PassageLimits:
    """How much of a paper is shown with a statement."""

    sentence: int = 600
    """Characters of a sentence; longer ones are lists or formulas that were not told apart."""
    behind: int = 3
    """Sentences behind the quote at most."""
    share: float = 2.5
    """Characters of the quote and what follows it to one of the statement; then it is enough."""
    wide: int = 3
    """Characters of English that a Chinese one stands for."""
    caption: int = 500
    """Characters of the caption of a table."""
    whole: int = 8
    """Rows of a table that is shown whole, its heads not counted."""
    rows: int = 6
    """Rows that are shown of a longer one."""
    compared: int = 18
    """Rows that are shown to a statement about all of them."""
    about_all: re.Pattern[str] = re.compile(
        r"\b(?:all|every|each|none|only|most|best|least|first|last|rank\w*|[a-z]{2,}est)\b"
        r"|最|所有|全部|每|均|唯一|居首|排名|第一",
        re.IGNORECASE,
    )
    """What makes a statement one about all rows of a table."""
    row: int = 300
    """Characters of a row."""
    title: int = 80
    """Characters of the title above a paragraph."""
    closest: int = 2
    """Paragraphs shown where a quote was not found."""
    paragraph: int = 700
    """Characters of each of them."""
    rare: int = 6
    """Paragraphs that hold a word from which on it tells little."""
    text: frozenset[str] = frozenset(["body", "appendix"])
    """Kinds of passages in which a table is introduced."""
    lead_in: re.Pattern[str] = re.compile(r"[:：]\s*$")
    """How a sentence ends that introduces the list behind it."""
    goes_on: re.Pattern[str] = re.compile(
        r"^(?:However|But|Yet|Therefore|Thus|Hence|It|They|In contrast|Moreover)\b"
        r"|\b(?:[Tt]his|[Tt]hese|[Ss]uch)\b|^(?:然而|但|因此|此外|这|该|其)"
    )
    """What speaks in the first sentence of a paragraph of the one before it."""


limits = PassageLimits()


@dataclass(frozen=True, slots=True, order=True)
class ShownLine:
    """A sentence of a paragraph or a row of a table; the same in every passage that shows it."""

    block: int
    """The number of its paragraph, or of the caption of its table."""
    at: int
    """Its place there; the title above a paragraph has -1."""
    text: str


_TITLE = -1


def passage_lines(
    located: Located, statement: str, quote: str, evidence: Evidence
) -> tuple[ShownLine, ...]:
    """What is shown of a located quote beside a statement, in the order of the paper."""
    figure = located.figure
    if figure is not None and figure.kind == "table":
        rows = table_lines(figure, f"{statement} {quote}", evidence)
        return (*_introduction_of(figure, evidence), *rows)
    block, held = located.block, located.held
    first = max(0, held.start - 1)
    shown = range(first, _end(located, statement))
    lines = sentence_lines(block, shown, quote)
    return (*_lead_in(located, evidence), *lines)


def _introduction_of(figure: Figure, evidence: Evidence) -> list[ShownLine]:
    """The sentence of the text that first names a table, and the one before it."""
    named = re.compile(
        rf"(?:\bTab(?:le|\.)|表)\s?{re.escape(figure.label)}(?!\w)",
        re.IGNORECASE,
    )
    for block in evidence.blocks:
        if block.kind not in limits.text or not named.search(block.text):
            continue
        for at, sentence in enumerate(block.sentences):
            if named.search(sentence):
                return sentence_lines(block, range(max(0, at - 1), at + 1))
    return []


def _end(located: Located, statement: str) -> int:
    """Behind the last sentence shown: the one after the quote, and more for a longer statement."""
    sentences, held = located.block.sentences, located.held
    wanted = limits.share * _english_length(statement)
    end = held.stop + 1
    while (
        end < min(len(sentences), held.stop + limits.behind)
        and sum(map(len, sentences[held.start : end])) < wanted
    ):
        end += 1
    return min(len(sentences), end)


def _english_length(text: str) -> int:
    """Characters that a text has in English: about three for each Chinese one."""
    return sum(1 if letter < "\u3000" else limits.wide for letter in text)


def sentence_lines(
    block: TextBlock, places: Iterable[int], quote: str = ""
) -> list[ShownLine]:
    """Sentences of a paragraph, below the title that stands above it.

    Long ones are cut, where they hold the quote around it.
    """
    title = "" if block.section == block.text else block.section
    head = ShownLine(block.number, _TITLE, _clip(title, limits.title))
    lines = [
        ShownLine(
            block.number,
            at,
            _clip(_from_quote(block.sentences[at], quote), limits.sentence),
        )
        for at in places
    ]
    return [head, *lines] if title and block.kind != "abstract" else lines


def _from_quote(sentence: str, quote: str) -> str:
    """A sentence, or of one that is too long what stands around a quote."""
    at = sentence.find(quote) if quote else -1
    if len(sentence) <= limits.sentence or at < 0:
        return sentence
    spare = max(0, limits.sentence - len(quote))
    begin = max(0, min(at - spare // 2, len(sentence) - limits.sentence))
    cut = sentence[begin:]
    return f"… {cut.partition(' ')[2]}" if begin else cut


def table_lines(
    figure: Figure, wanted: str, evidence: Evidence
) -> Iterator[ShownLine]:
    """The caption of a table, its heads, and the rows that share most with a text."""
    number = next(
        (one.number for one in evidence.blocks if one.text == figure.caption),
        len(evidence.blocks),
    )
    yield ShownLine(number, 0, _clip(figure.caption, limits.caption))
    grid = grid_of(figure)
    if grid is None:
        lines, heads = figure.text.splitlines(), {0}
    else:
        lines, heads = list(map(" | ".join, grid.lines)), set(grid.heads)
    chosen = _chosen_rows(lines, heads, wanted)
    if grid is not None:
        chosen |= {at for one in chosen for at in grid.heads_above(one)}
    for at in sorted(chosen):
        yield ShownLine(number, at + 1, _clip(lines[at], limits.row))


def _chosen_rows(
    lines: Sequence[str], heads: Collection[int], wanted: str
) -> set[int]:
    """All rows of a short table, else the first one and those with most words and numbers of a text.

    A statement about all of them is shown more of them.
    """
    whole = limits.compared if limits.about_all.search(wanted) else limits.whole
    if len(lines) - len(heads) <= whole:
        return set(range(len(lines)))
    said = set(words_of(wanted))
    told = numbers.read_numbers(wanted)
    shared = [len(said & set(words_of(line))) for line in lines]
    for at, line in enumerate(lines):
        known = numbers.index(line)
        shared[at] += 2 * sum(map(known.holds, told))
    body = [at for at in range(len(lines)) if at not in heads]
    best = sorted(body, key=lambda at: (-shared[at], at))[: limits.rows]
    named = [at for at in best if shared[at]]
    return {0, *(named or best)}


def _lead_in(located: Located, evidence: Evidence) -> list[ShownLine]:
    """The sentence that introduces the list which the quote begins, or of which it speaks."""
    if located.held.start or located.is_caption:
        return []
    before = [
        one for one in evidence.blocks if one.number < located.block.number
    ]
    if not before:
        return []
    introduced = limits.lead_in.search(before[-1].text)
    same = before[-1].section == located.block.section
    goes_on = same and limits.goes_on.search(located.text)
    if not introduced and not goes_on:
        return []
    return sentence_lines(before[-1], [len(before[-1].sentences) - 1])


def passage_text(lines: Iterable[ShownLine]) -> str:
    """Lines as text, each paragraph and table below its title."""
    shown = passage_texts(lines)
    parts = (part for one in shown for part in (one.title, one.text))
    return "\n".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """What is shown of a paragraph or a table."""

    block: int
    """As in ShownLine."""
    title: str
    """What stands above it; "" where the one before it has the same, or there is none."""
    text: str
    """Its lines; "…" where some between them are left out."""


def passage_texts(lines: Iterable[ShownLine]) -> Iterator[ShownBlock]:
    """The paragraphs and tables of lines, in the order of the paper."""
    title = ""
    for number, group in groupby(sorted(set(lines)), key=lambda one: one.block):
        first, *rest = group
        above = first.text if first.at == _TITLE else ""
        text = _with_gaps(rest if above else [first, *rest])
        yield ShownBlock(number, "" if above == title else above, text)
        title = above


def _with_gaps(lines: Sequence[ShownLine]) -> str:
    parts: list[str] = []
    for line, following in zip_longest(lines, lines[1:]):
        parts.append(line.text)
        if following and following.at > line.at + 1:
            parts.append("…")
    return "\n".join(parts)


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
    for block in evidence.blocks:
        if block.page and block.kind in (
            "abstract",
            "body",
            "caption",
            "appendix",
        ):
            yield block.text


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
    """A text on one line, cut behind the last whole clause or word that fits."""
    line = re.sub(r"\s+", " ", text).strip()
    if len(line) <= longest:
        return line
    cut = line[:longest]
    end = max(map(cut.rfind, (". ", "; ", "。", "；")))
    return (
        f"{cut[: end + 1] if end > longest // 2 else cut.rsplit(' ', 1)[0]} …"
    )
