"""How the name of a topic is written: lower case but for names and abbreviations, spelled out.

"sign Language PRODUCTION" becomes "sign language production", "SLP" as well; NeRF stays NeRF.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.errors import UsageError
from pipeline.screen.terms.background import shipped_background
from pipeline.screen.terms.phrases import compile_phrase
from pipeline.screen.terms.thesaurus import Term, load_thesaurus
from pipeline.translation import gettext as _

LONGEST_ABBREVIATION = 5
"""Letters; longer words in capitals are shouted."""


def spell_name(name: str) -> str:
    """Write a name as papers do.

    Raises:
        UsageError: it is an abbreviation of several terms.
    """
    plain = " ".join(re.sub('["“”«»]', " ", name).split())
    if whole := _spell_out(plain):
        return whole
    shouted = plain.isupper() and " " in plain
    words = [_spell_word(word, shouted=shouted) for word in plain.split()]
    return " ".join(words)


def _spell_out(name: str) -> str:
    """What a name abbreviates; the abbreviation where it is plain, "" where it is none.

    Raises:
        UsageError: it stands for several terms.
    """
    terms = _abbreviated_by(name)
    if not terms:
        return ""
    if len(terms) > 1:
        meanings = ", ".join(f'"{term.en}"' for term in terms)
        raise UsageError(
            _('"{name}" stands for several things.', name=name),
            step=_(
                "Name the one that is meant: {meanings}.", meanings=meanings
            ),
        )
    plain = plain_abbreviations(terms[0])
    same = (one for one in plain if one.upper() == name.upper())
    return next(same, terms[0].en)


def plain_abbreviations(term: Term) -> tuple[str, ...]:
    """Abbreviations that say a term alone: papers define them so, and nothing else has them."""
    known = shipped_background().abbreviations
    defined = [
        short
        for name in term.names
        for short in known.of(compile_phrase(name).content)
    ]
    mine = {short.upper() for short in term.short}
    plain = (short for short in defined if short.upper() in mine)
    return tuple(one for one in plain if _abbreviated_by(one) == (term,))


def _abbreviated_by(short: str) -> tuple[Term, ...]:
    terms = load_thesaurus().by_abbreviation.get(short.upper(), ())
    return tuple(term for term in terms if not term.is_word)


def _spell_word(word: str, *, shouted: bool) -> str:
    usual = _spellings().get(word.lower())
    if usual:
        return usual
    if word.isupper():
        is_short = len(word) <= LONGEST_ABBREVIATION and not shouted
        return word if is_short or _is_abbreviation(word) else word.lower()
    inner = word[1:]
    return word.lower() if inner == inner.lower() else word


def _is_abbreviation(word: str) -> bool:
    known = shipped_background().abbreviations
    return word in load_thesaurus().by_abbreviation or bool(known.means(word))


@cache
def _spellings() -> dict[str, str]:
    """Words that terms write with capitals or digits, by their lower case: "Gaussian", "3D"."""
    names = (name for term in load_thesaurus().terms for name in term.names)
    words = {word for name in names for word in name.split()}
    return {word.lower(): word for word in words if word != word.lower()}
