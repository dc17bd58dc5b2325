"""Whether a text is in the language of the review. Names and terms in Latin letters are allowed
in any.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
SCRIPTS = {
    "zh": _HAN,
    "ja": rf"{_HAN}\u3040-\u30ff",
    "ko": r"\uac00-\ud7af",
    "ru": r"\u0400-\u04ff",
    "uk": r"\u0400-\u04ff",
}
"""Letters of the languages that are not written in Latin ones."""


@dataclass(frozen=True, slots=True)
class ScriptLimits:
    """How much of other scripts and of English a statement may hold."""

    foreign: re.Pattern[str] = re.compile(
        rf"[{_HAN}\u3040-\u30ff\uac00-\ud7af\u0400-\u04ff]"
    )
    shortest: int = 4
    """Letters of its own script that a statement in it has at least."""
    title: int = 2
    """Letters of its own script that a title in it has at least."""
    per_word: float = 1.5
    """Letters of its own script that a statement has for each Latin word: lists of names come near
    it.
    """
    clause: int = 9
    """Latin words in a row, without a number or a sign between them, that are a sentence and not a
    term.
    """
    stray: float = 0.1
    """Share of letters in other scripts that an English statement may hold: a name, a citation."""
    word: re.Pattern[str] = re.compile(r"[A-Za-zÀ-ɏ][\w'’./+-]*")
    small_words: str = (
        "a an and are as at be been but by can for from has have in into is it its not of on or "
        "our so than that the"
    )
    small: frozenset[str] = frozenset(
        f"{small_words} their then these they this to was we were which while with".split()
    )
    """Words that make English sentences of terms: one of them counts whole even where the paper has
    it.
    """
    term: float = 0.5
    """What a term of the paper in lower case counts beside a word that the paper does not have."""
    sentence_like: re.Pattern[str] = re.compile(
        rf"(?<![A-Za-z'’-])(?:[A-Za-z][A-Za-z'’-]*\s+){{{clause - 1}}}[A-Za-z][A-Za-z'’-]*"
    )


script_limits = ScriptLimits()


def letters(text: str, language: str) -> int:
    """How many letters of the language's own script a text has."""
    return len(re.findall(f"[{SCRIPTS.get(language, 'A-Za-zÀ-ɏ')}]", text))


def speaks(
    text: str, language: str, known: Callable[[str], bool] = lambda _: False
) -> bool:
    """Whether a statement is in the language.

    Args:
        text: the statement.
        language: an ISO 639-1 code. Latin languages are not told from one another.
        known: whether the paper has a word. Its names do not count, and its terms count half.
    """
    own = letters(text, language)
    if language not in SCRIPTS:
        return (
            own >= script_limits.shortest
            and len(script_limits.foreign.findall(text))
            <= script_limits.stray * own
        )
    return (
        own >= script_limits.shortest
        and own >= script_limits.per_word * foreign(text, known)
        and not script_limits.sentence_like.search(text)
    )


def strange(text: str, language: str, known: Callable[[str], bool]) -> str:
    """The words because of which a text is not in the language."""
    if language not in SCRIPTS:
        return "".join(script_limits.foreign.findall(text))
    return (
        clause[0]
        if (clause := script_limits.sentence_like.search(text))
        else " ".join(
            w for w in script_limits.word.findall(text) if _weight(w, known)
        )
    )


def foreign(text: str, known: Callable[[str], bool]) -> float:
    """How many Latin words a text has that are neither names nor terms of its paper."""
    return sum(
        _weight(word, known) for word in script_limits.word.findall(text)
    )


def _weight(word: str, known: Callable[[str], bool]) -> float:
    if word.lower() in script_limits.small or not known(word):
        return 1.0
    return script_limits.term if word.islower() else 0.0


def has_own(text: str, language: str) -> bool:
    """Whether a title or a name holds the language's own script at all; true for Latin
    languages without others.
    """
    if language not in SCRIPTS:
        return not script_limits.foreign.search(text)
    return letters(text, language) >= script_limits.title
