"""Chinese words that the thesaurus holds only as the beginning of longer names.

说话人头生成 is "talking head generation" and 生成 is "generation", so 说话人头 is "talking head";
手语识别 and 手语翻译 agree that 手语 is "sign language". A single witness is believed where what is
left is a term by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from pipeline.screen.terms.phrases import compile_phrase
from pipeline.screen.terms.thesaurus import Term, load_thesaurus

Witnesses = dict[str, set[str]]
"""English of a shortened name → the terms that say so."""


@cache
def shortened_names() -> Mapping[str, Term]:
    """Give what shortened Chinese names mean; those that witnesses disagree on are left out."""
    found: dict[str, Witnesses] = defaultdict(lambda: defaultdict(set))
    for term in load_thesaurus().terms:
        if not term.is_word:
            for chinese, english in _shorten(term):
                found[chinese][english].add(term.en)
    named = {chinese: _agreed(said) for chinese, said in found.items()}
    return {chinese: term for chinese, term in named.items() if term}


def _shorten(term: Term) -> Iterator[tuple[str, str]]:
    """The names of a term without their last word, in both languages."""
    known = load_thesaurus().by_chinese
    for name in term.zh:
        for cut in range(2, len(name)):
            first, last = name[:cut].casefold(), name[cut:].casefold()
            if first in known:
                continue
            for word in known.get(last, ()):
                if english := _without(term.en, word.en):
                    yield first, english


def _without(name: str, end: str) -> str:
    """An English name without the words at its end; "" where it ends otherwise."""
    words, count = name.split(), len(end.split())
    tail = " ".join(words[-count:])
    is_end = compile_phrase(tail).content == compile_phrase(end).content
    return " ".join(words[:-count]) if is_end else ""


def _agreed(said: Witnesses) -> Term | None:
    """What the witnesses mean: a term, or words that two of them say; None where there are two."""
    meant: dict[str, Term] = {}
    for english, witnesses in said.items():
        terms = load_thesaurus().find(compile_phrase(english).content)
        whole = next((term for term in terms if not term.is_word), None)
        if whole:
            meant[whole.en] = whole
        elif len(witnesses) > 1:
            meant[english] = Term(english, kind="word")
    return next(iter(meant.values())) if len(meant) == 1 else None
