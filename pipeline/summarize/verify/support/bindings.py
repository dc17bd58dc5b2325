"""What a text binds to what: numbers, names and terms that stand in one part of a sentence.

Statement and passage are cut into parts at commas and conjunctions. Two things of a kind that the
passage binds to two others, and the statement the other way round, have been exchanged; a term
that the passage sets another one of its group for has been put in its place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations, product

from pipeline.summarize.verify import numbers
from pipeline.summarize.verify.quotes.folding import words_of
from pipeline.summarize.verify.support.cues import is_denied


@dataclass(frozen=True, slots=True)
class BindingForms:
    """How sentences are cut, and which words are bound."""

    part: re.Pattern[str] = re.compile(
        r"[，；;。：:]|,(?!\d)|\.\s|\b(?:and|while|whereas|but|versus|vs)\b|而|与|和|、|但",
        re.IGNORECASE,
    )
    name: re.Pattern[str] = re.compile(r"[A-Za-z][\w-]*[A-Za-z0-9]", re.ASCII)
    named: re.Pattern[str] = re.compile(r"[A-Z].*[A-Z0-9]|\d|.[A-Z]")
    shortest: int = 3
    """Letters of a plain word that is bound."""
    most: int = 16
    """Tokens that are compared: each four of them are."""
    stem: int = 6
    """Letters of a plain word that tell it."""
    plain_words: str = (
        "the for its not are was has had can all any one two with from into "
        "that this than then they their there these those each which when "
        "where while were been have also both more most less only over under "
        "using used uses after before between other such same some model "
        "method results paper authors show shows based data because reason due"
    )
    plain: frozenset[str] = frozenset(plain_words.split())
    """Words that stand with anything."""


binding_forms = BindingForms()


@dataclass(frozen=True, slots=True, order=True)
class Token:
    """A number, a name, a term or a word."""

    kind: str
    """Only tokens of one kind can be exchanged."""
    key: str


@dataclass(frozen=True)
class TermGroups:
    """The terms of concepts.toml."""

    groups: tuple[tuple[re.Pattern[str], ...], ...]
    """Terms of which one excludes the others of its group."""
    terms: tuple[re.Pattern[str], ...]
    """Terms that tell what is bound to what."""


@cache
def term_groups() -> TermGroups:
    """The terms, compiled once."""
    path = files(__package__).joinpath("concepts.toml")
    known = tomllib.loads(path.read_text(encoding="utf-8"))
    groups = tuple(tuple(map(_compiled, one)) for one in known["groups"])
    terms = tuple(map(_compiled, known["terms"]))
    return TermGroups(groups, terms)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


# ---- exchanged


def exchanged(statement: str, passage: str) -> str:
    """Two things that a statement binds the other way round than its passage; "" for none."""
    said = bindings(statement)
    there = bindings(passage)
    alone = _pairs(_once(said) & _once(there))
    every = _pairs(frozenset().union(*said) & frozenset().union(*there))
    for first, second in product(alone, every):
        if set(first) & set(second):
            continue
        if first[0].kind == second[0].kind == "word":
            continue  # plain words move about in any other wording
        here, found = _links(said, first, second), _links(there, first, second)
        if here and found and here != found:
            return f"{first[0].key} / {first[1].key}"
    return ""


def _pairs(tokens: frozenset[Token]) -> list[tuple[Token, Token]]:
    """Each two tokens of a kind."""
    pairs = combinations(sorted(tokens)[: binding_forms.most], 2)
    return [(one, other) for one, other in pairs if one.kind == other.kind]


def _once(parts: Sequence[frozenset[Token]]) -> frozenset[Token]:
    """The tokens that stand in one part only: others bind nothing."""
    tokens = [token for part in parts for token in part]
    return frozenset(one for one in tokens if tokens.count(one) == 1)


def _links(
    parts: Sequence[frozenset[Token]],
    first: tuple[Token, Token],
    second: tuple[Token, Token],
) -> str:
    """Tell how two things are bound to two others: "straight", "crossed", or "" for neither."""
    one, other = first
    with_one = _among(parts, one, second)
    with_other = _among(parts, other, second)
    if with_one is None or with_other is None or with_one == with_other:
        return ""
    return "straight" if with_one == second[0] else "crossed"


def _among(
    parts: Sequence[frozenset[Token]], token: Token, pair: tuple[Token, Token]
) -> Token | None:
    """Which one of a pair stands in the part of a token; None for neither or both."""
    part = next(part for part in parts if token in part)
    found = [one for one in pair if one in part]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=512)
def bindings(text: str) -> tuple[frozenset[Token], ...]:
    """The tokens of each part of a text."""
    parts = filter(None, binding_forms.part.split(text))
    return tuple(frozenset(_tokens(part)) for part in parts)


def _tokens(part: str) -> Iterator[Token]:
    for number in numbers.read_numbers(part):
        yield Token("number", f"{number.value:g}")
    taken: set[str] = set()
    for at, term in enumerate(term_groups().terms):
        for found in term.finditer(part):
            taken |= set(words_of(found[0]))
            yield Token("thing", f"term {at}")
    for word in binding_forms.name.findall(part):
        key = "".join(words_of(word))
        if binding_forms.named.search(word):
            yield Token("thing", key)
        elif key not in taken and _is_content(key):
            yield Token("word", key[: binding_forms.stem])


def _is_content(word: str) -> bool:
    long = len(word) >= binding_forms.shortest
    return long and word not in binding_forms.plain


# ---- put in another's place


def replaced(statement: str, quoted: str, window: str) -> str:
    """The term of a statement for which its passage has another one of the group; "" for none.

    Args:
        statement: what the review says.
        quoted: the quoted sentences.
        window: these with their neighbours, where no term of the statement may stand.
    """
    for group in term_groups().groups:
        said = [found for one in group if (found := one.search(statement))]
        there = any(one.search(quoted) for one in group)
        if len(said) != 1 or not there:
            continue
        found = said[0]
        if not found.re.search(window) and not is_denied(statement, found):
            return found[0]
    return ""
