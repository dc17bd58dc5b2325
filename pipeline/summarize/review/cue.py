"""The model's opinion of a paper: which of its facts stand in checked statements, and on which
pages.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.paper import Claim
from pipeline.summarize.verify import numbers


@dataclass(frozen=True, slots=True)
class CueRules:
    """How an opinion is cut, and what it shares with a statement that it rests on."""

    part: re.Pattern[str] = re.compile(r"(?<=[；。;])\s*|(?<=[.!?])\s+")
    """Ends what is left out whole where a fact of it has no source."""
    clause: re.Pattern[str] = re.compile(r"[，；。,;:：]|\.(?=\s|$)")
    """Parts the facts of an opinion, each of which may have another source."""
    name: re.Pattern[str] = re.compile(
        r"(?<![\w-])[A-Za-z]*(?:[A-Za-z][A-Z]|\d-?[A-Za-z]|[A-Za-z]-?\d)[\w-]*",
        re.ASCII,
    )
    """A name that cannot be a plain word: two capitals, or letters with digits."""
    word: re.Pattern[str] = re.compile(
        r"[A-Za-z][\w-]{2,}|\d+(?:\.\d+)?", re.ASCII
    )
    cjk: re.Pattern[str] = re.compile(r"[\u3400-\u9fff]+")
    fewest: int = 2
    """Words, or pairs of Chinese letters, that a clause shares with its source."""
    least: float = 1.5
    """What they tell together, where a word that one statement alone holds tells 1."""
    plain: frozenset[str] = frozenset(
        "the and for with but not are this that from its who paper read".split()  # noqa: SIM905
    )
    """Words of any opinion, which tie it to no statement."""


_rules = CueRules()


def grounded_cue(
    cue: str, claims: Sequence[Claim], names: Iterable[str]
) -> str:
    """Give the opinion without the parts whose numbers and names no checked statement holds.

    Args:
        cue: as the model wrote it.
        claims: the statements that are shown.
        names: further texts whose names it may use: title, keywords.
    """
    told = "\n".join(claim.text for claim in claims)
    known_names = "\n".join((told, *names)).casefold()
    known_numbers = numbers.index(told)

    def has_source(part: str) -> bool:
        said = numbers.read_numbers(_rules.name.sub(" ", part))
        return all(map(known_numbers.holds, said)) and all(
            name.casefold() in known_names for name in _rules.name.findall(part)
        )

    parts = [part for part in _rules.part.split(cue) if part]
    kept = list(filter(has_source, parts))
    return cue if len(kept) == len(parts) else _joined(kept)


def _joined(parts: Sequence[str]) -> str:
    """The parts as a text that begins and ends as one does."""
    text = "".join(
        f"{part} " if part[-1] in ";.!?" else part for part in parts
    ).strip()
    whole = re.sub("；$", "。", re.sub(";$", ".", text))
    return whole[:1].upper() + whole[1:]


def cue_pages(cue: str, claims: Sequence[Claim]) -> tuple[int, ...]:
    """Give the pages of the statements that the clauses of an opinion rest on."""
    words = [_words(claim.text) for claim in claims]
    held = Counter(word for each in words for word in each)
    most = math.log(max(len(claims), 2))
    weights = {
        word: math.log(len(claims) / times) / most
        for word, times in held.items()
    }
    pages = set[int]()
    for clause in _rules.clause.split(cue):
        source = _source(_words(clause), words, weights)
        page = None if source is None else claims[source].page
        pages |= {page} if page else set()
    return tuple(sorted(pages))


def _source(
    clause: frozenset[str],
    statements: Sequence[frozenset[str]],
    weights: dict[str, float],
) -> int | None:
    """The place of the statement that shares most with a clause, if that is enough."""
    best, told = None, 0.0
    for place, one in enumerate(statements):
        shared = clause & one
        worth = sum(weights[word] for word in shared)
        if len(shared) >= _rules.fewest and worth > told:
            best, told = place, worth
    return best if told >= _rules.least else None


def _words(text: str) -> frozenset[str]:
    """Words and numbers in Latin letters, and pairs of neighbouring Chinese letters."""
    latin = (word.casefold() for word in _rules.word.findall(text))
    pairs = (
        run[at : at + 2]
        for run in _rules.cjk.findall(text)
        for at in range(len(run) - 1)
    )
    return frozenset((*latin, *pairs)) - _rules.plain
