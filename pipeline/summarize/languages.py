"""Whether a text is in the language of the review. Names and terms in Latin letters are allowed in any."""

from __future__ import annotations

import re

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
SCRIPTS = {
    "zh": _HAN,
    "ja": rf"{_HAN}\u3040-\u30ff",
    "ko": r"\uac00-\ud7af",
    "ru": r"\u0400-\u04ff",
    "uk": r"\u0400-\u04ff",
}
"""Letters of the languages that are not written in Latin ones."""
FOREIGN = re.compile(rf"[{_HAN}\u3040-\u30ff\uac00-\ud7af\u0400-\u04ff]")
SHORTEST = 4
"""Letters of its own script that a statement in it has at least."""
TITLE = 2
"""Letters of its own script that a title in it has at least."""
PER_WORD = 1.5
"""Letters of its own script that a statement has for each Latin word: lists of names come near it."""
CLAUSE = 9
"""Latin words in a row, without a number or a sign between them, that are a sentence and not a term."""
STRAY = 0.1
"""Share of letters in other scripts that an English statement may hold: a name, a citation."""
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_CLAUSE = re.compile(rf"(?:[A-Za-z][A-Za-z'’-]*\s+){{{CLAUSE - 1}}}[A-Za-z]")


def letters(text: str, language: str) -> int:
    """How many letters of the language's own script a text has."""
    return len(re.findall(f"[{SCRIPTS.get(language, 'A-Za-zÀ-ɏ')}]", text))


def speaks(text: str, language: str) -> bool:
    """Whether a statement is in the language, an ISO 639-1 code. Latin languages are not told from one another."""
    own = letters(text, language)
    if language not in SCRIPTS:
        return own >= SHORTEST and len(FOREIGN.findall(text)) <= STRAY * own
    return own >= SHORTEST and own >= PER_WORD * len(_WORD.findall(text)) and not _CLAUSE.search(text)


def has_own(text: str, language: str) -> bool:
    """Whether a title or a name holds the language's own script at all; true for Latin languages without others."""
    if language not in SCRIPTS:
        return not FOREIGN.search(text)
    return letters(text, language) >= TITLE
