"""Names in Latin letters in a statement (methods, data sets, institutions) and whether the
paper has them.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.summarize.verify import numbers, output_language
from pipeline.summarize.verify.evidence import Evidence
from pipeline.summarize.verify.quotes.folding import folded_letters, words_of
from pipeline.summarize.verify.quotes.quote_index import limits as quote_limits
from pipeline.summarize.verify.short_forms import initials


@dataclass(frozen=True, slots=True)
class NameForms:
    """How names are written."""

    url: re.Pattern[str] = re.compile(
        r"(?:https?://|www\.)[^\s<>()（）。，；]+|(?<![\w-])[\w-]+\.(?:com|org|io|net|edu|ai|cn)\b(?:/[\w./-]*)?"
    )
    run: re.Pattern[str] = re.compile(
        r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9]*(?:[-–‐./_+@&'’][A-Za-zÀ-ɏ0-9]+)*\+*|(?<!\d)\d+[A-Za-z][A-Za-z0-9]*(?:[-/.][A-Za-z0-9]+)*"
    )
    tex_command: re.Pattern[str] = re.compile(r"\\[A-Za-z]+")
    piece: re.Pattern[str] = re.compile(r"[-–‐./_+@&'’]+")
    acronym: re.Pattern[str] = re.compile(
        r"(?=[A-Za-z]*[A-Z][a-z]?[A-Z])[A-Za-z]{2,7}"
    )
    """At least two capitals: LDA, mAP, SNNs."""
    camel: re.Pattern[str] = re.compile(r"[a-z][A-Z]|[A-Z]{2}|\d")
    sentence: re.Pattern[str] = re.compile(r"[.!?:;。！？：；\"“(（]\s*$")
    opening: int = 8
    """Characters before a word that show whether it opens a sentence."""
    shortest: int = 2
    """Letters of a name; one alone is a variable."""
    plain: re.Pattern[str] = re.compile("[A-Z][a-z]{3,}")
    stem: int = 4
    """Letters that stay of a term when its ending is taken off."""
    ending: re.Pattern[str] = re.compile(
        "(?:(?:at)?i(?:ng|on)s?|ments?|al(?:ly)?|ive(?:ly)?|ity|ities|ies|able|e?s|ed|e|ly|y)$"
    )
    """Endings that leave a term what it is: render, rendering, rendered. A transformer is no
    transform.
    """


name_forms = NameForms()


@cache
def general() -> frozenset[str]:
    """Words of reviews that name nothing."""
    return frozenset(_terms()["general"].split())


@cache
def short() -> frozenset[str]:
    """Short forms that name nothing."""
    return frozenset(_terms()["short"].casefold().split())


def names_nothing(name: str) -> bool:
    """Tell whether a Latin term is a word of reviews or a short form of the field."""
    return name.casefold() in short() or (
        not name_forms.acronym.fullmatch(name) and name.lower() in general()
    )


@cache
def expansions() -> dict[str, tuple[str, ...]]:
    """What the field's short forms stand for, folded."""
    known = _terms()["expansions"].items()
    return {
        short: tuple(
            map(folded_letters, [long] if isinstance(long, str) else long)
        )
        for short, long in known
    }


@cache
def _terms() -> dict[str, Any]:
    return tomllib.loads(
        files("pipeline.summarize.verify")
        .joinpath("named_entities.toml")
        .read_text(encoding="utf-8")
    )


def latin(text: str, language: str) -> list[str]:
    """What must be found in the paper: links, names, and in a text of another script every
    Latin term.

    In a text of a Latin language only what is written as a name: GPT-4, ResNet, BLEU, a capital
    inside a sentence.
    """
    text = unicodedata.normalize("NFC", text)
    bare = name_forms.tex_command.sub(" ", name_forms.url.sub(" ", text))
    links = [link[0].rstrip(".,;") for link in name_forms.url.finditer(text)]
    runs = [
        run[0]
        for run in name_forms.run.finditer(bare)
        if language in output_language.SCRIPTS or _is_named(bare, run)
    ]
    return [
        name
        for name in links + runs
        if len(folded_letters(name)) >= name_forms.shortest
        and not _is_quantity(name)
    ]


def _is_named(text: str, run: re.Match[str]) -> bool:
    return bool(name_forms.camel.search(run[0])) or (
        run[0][0].isupper() and not _opens(text, run.start())
    )


def _opens(text: str, at: int) -> bool:
    before = text[max(0, at - name_forms.opening) : at]
    return (at <= name_forms.opening and not before.strip()) or bool(
        name_forms.sentence.search(before)
    )


def _is_quantity(name: str) -> bool:
    return name[0].isdigit() and not numbers.names_with_digits(name)


def unknown(
    text: str, evidence: Evidence, language: str, quote: str = ""
) -> list[str]:
    """The names of a text that neither the paper nor its record has, in order, each once.

    A short form may stand for words of the quote, or for words that the paper says again and again.
    """
    wrong = [
        name
        for name in dict.fromkeys(latin(text, language))
        if not is_known_name(name, evidence)
    ]
    forms = (
        initials(words_of(quote[: quote_limits.longest]))
        if wrong
        else frozenset[str]()
    )
    return [name for name in wrong if not _is_short_for(name, evidence, forms)]


def _is_short_for(name: str, evidence: Evidence, forms: frozenset[str]) -> bool:
    if not name_forms.acronym.fullmatch(name):
        return False
    letters = folded_letters(name.removesuffix("s"))
    return letters in forms or evidence.abbreviates(letters)


def is_known_name(name: str, evidence: Evidence) -> bool:
    """Whether the paper has the name in some spelling, or each part of a compound, or it is a
    word of the field.
    """
    if name_forms.url.fullmatch(name):
        return evidence.holds(
            folded_letters(re.sub(r"^(?:https?://)?(?:www\.)?", "", name))
        )
    if _has(name, evidence):
        return True
    parts = [part for part in name_forms.piece.split(name) if part]
    return len(parts) > 1 and all(_has(part, evidence) for part in parts)


def _has(name: str, evidence: Evidence) -> bool:
    letters = folded_letters(name)
    if len(letters) < name_forms.shortest or names_nothing(name):
        return True
    if letters in general():
        return evidence.prints(name)  # IS, mAP: in small letters they are words
    if evidence.holds(letters) or (
        letters.endswith("s") and evidence.holds(letters[:-1])
    ):
        return True
    long = expansions().get(letters) or expansions().get(
        letters.removesuffix("s"), ()
    )
    return any(map(evidence.has_stem, long)) or _is_bent(
        name, letters, evidence
    )


def _is_bent(name: str, letters: str, evidence: Evidence) -> bool:
    """Whether the paper has another form of the word: Gaussian for Gauss, rendering for
    rendered.
    """
    if name.islower():
        return letters in evidence.quotes.letters or evidence.has_stem(
            _stem(letters)
        )
    return bool(name_forms.plain.fullmatch(name)) and evidence.has_stem(letters)


def _stem(letters: str) -> str:
    found = name_forms.ending.search(letters, name_forms.stem)
    return letters[: found.start()] if found else letters
