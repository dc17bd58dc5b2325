"""What the model wrote, held against the paper. Pure: a draft and the evidence in, all problems out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from rapidfuzz import fuzz

from pipeline.summarize import languages, leaks, names, numbers
from pipeline.summarize.draft import (
    ITEMS,
    SUMMARY_LIMIT,
    Draft,
    Piece,
    Problem,
    statements,
    texts,
)
from pipeline.summarize.evidence import Evidence, fold

STATEMENT_LIMIT = 400
"""Characters of a statement: two long sentences. Longer ones are paragraphs, or the model ran on."""
TITLE_LIMIT = 200
KEYWORD_LIMIT = 60
QUOTE_WORDS = 4
"""Words that a quote has at least; fewer stand in any paper."""
QUOTE_LETTERS = 12
"""Letters that a quote has at least, for Chinese papers too."""
SAME = 92.0
"""Percent of shared letters from which on two statements say the same in the same words."""
_LABEL = re.compile(r"^(?:\W*(?:\(?\d{1,2}\)?[.、:：)）]|[-*•]))*\s*[^：:。，,.]{1,16}[：:]\s*")
_NUMBERED_LABEL = re.compile(
    r"^\W*(?:\d{1,2}|[（(]\d{1,2}[)）])\s*[.、:：]?\s*\**(?:title|authors?|affiliation|keywords?|urls?|summary|methods?|conclusion|标题|作者|单位|隶属|关键词|链接|摘要"
    r"|方法|结论)\W*[：:]",
    re.IGNORECASE,
)


def check(draft: Draft, evidence: Evidence, language: str, fields: Collection[str] = ITEMS) -> list[Problem]:
    """Everything in a draft that cannot be published, with its reason.

    Args:
        draft: what the model wrote, as `draft.parse` read it.
        evidence: the paper.
        language: ISO 639-1 code of the review.
        fields: the fields that were asked for; others are not looked at.
    """
    wanted = [name for name in fields if not (name == "title" and language == "en")]
    problems = [Problem("empty", name, "it is empty") for name in wanted if not getattr(draft, name)]
    for field in texts(draft, wanted):
        if field.path in ("title", "abstract") and not field.text:
            continue
        problems += [
            Problem(name, field.path, reason)
            for name, one in CHECKS.items()
            if (reason := one(field, evidence, language))
        ]
    if "affiliation" in wanted:
        problems += _affiliation(draft, evidence)
    return problems + list(_repeats(draft, wanted))


def _empty(field: Piece, _evidence: Evidence, _language: str) -> str:
    content = fold(_LABEL.sub("", field.text)) if field.quote is not None else fold(field.text)
    return "" if len(content) > (3 if field.quote is not None else 1) else "it is empty or a label without content"


def _leftover(field: Piece, _evidence: Evidence, _language: str) -> str:
    if _NUMBERED_LABEL.match(field.text):
        return "the label of an item stands where only content belongs"
    found = (leaks.find(line) for line in field.text.splitlines())
    return next((reason for reason in found if reason), "")


def _language_of(field: Piece, _evidence: Evidence, language: str) -> str:
    if field.path.startswith("keywords"):
        fine = language in languages.SCRIPTS or languages.has_own(field.text, language)
    elif field.path == "title":
        fine = languages.has_own(field.text, language) and not re.fullmatch(r"[\W\d_]*", field.text)
    else:
        fine = languages.speaks(field.text, language)
    return "" if fine else f"it is not written in the language of the review ({language})"


def _length(field: Piece, _evidence: Evidence, _language: str) -> str:
    name = field.path.partition(".")[0]
    limit = {
        "summary": SUMMARY_LIMIT,
        "title": TITLE_LIMIT,
        "keywords": KEYWORD_LIMIT,
        "abstract": 10 * STATEMENT_LIMIT,
    }
    most = limit.get(name, STATEMENT_LIMIT)
    return f"it has {len(field.text)} characters, at most {most} are allowed" if len(field.text) > most else ""


def _quote(field: Piece, evidence: Evidence, _language: str) -> str:
    if field.quote is None:
        return ""
    if not fold(field.quote):
        return "it has no quote"
    if re.search(r"\S\s*(?:\.{3,}|…+|\[\.\.\.\])\s*\S", field.quote):
        return "the quote is put together from several places; it must be one contiguous piece"
    found = evidence.find(trimmed(field.quote))
    if found is None:
        return "the quote does not stand in the paper in these words"
    short = len(field.quote.split()) < QUOTE_WORDS and len(fold(field.quote)) < 2 * QUOTE_LETTERS
    return "the quote is too short to be found again" if short or len(fold(field.quote)) < QUOTE_LETTERS else ""


def trimmed(quote: str) -> str:
    """A quote without the marks and dots around it."""
    return re.sub(r"^[\s\"'“”‘’«».…]+|[\s\"'“”‘’«»…]+$|\.{3,}\s*[\"'”]*$", "", quote)


def _number(field: Piece, evidence: Evidence, _language: str) -> str:
    wrong = [number.text for number in numbers.read(field.text) if not evidence.numbers.holds(number)]
    return f"the paper has no such number: {', '.join(wrong)}" if wrong else ""


def _name(field: Piece, evidence: Evidence, language: str) -> str:
    wrong = names.unknown(field.text, evidence, language)
    return f"the paper has no such name: {', '.join(wrong)}" if wrong else ""


def _copy(field: Piece, evidence: Evidence, _language: str) -> str:
    if field.path != "summary" or not evidence.abstract:
        return ""
    said = fold(field.text)
    return "it repeats the abstract" if len(said) > SUMMARY_LIMIT and said in evidence.abstract else ""


CHECKS: dict[str, Callable[[Piece, Evidence, str], str]] = {
    "empty": _empty,
    "leftover": _leftover,
    "language": _language_of,
    "length": _length,
    "quote": _quote,
    "number": _number,
    "name": _name,
    "copy": _copy,
}
"""What is looked at in each text, by the name under which a failure is reported."""


def _affiliation(draft: Draft, evidence: Evidence) -> Iterator[Problem]:
    """Nothing is wrong with an empty one: the PDF's own is used, or the paper names none."""
    printed, said = draft.affiliation.institution, draft.affiliation.affiliation
    for text in (printed, said):
        reason = leaks.find(text) or (len(text) > TITLE_LIMIT and "it is too long")
        if reason:
            yield Problem("leftover", "affiliation", reason)
            return
    if (printed or said) and not is_grounded(printed or said, evidence):
        yield Problem("affiliation", "affiliation", "page 1 does not name this institution in these words")
    elif said and not all(
        fold(name) in evidence.front or names.is_known(name, evidence) for name in names.latin(said, "zh")
    ):
        yield Problem("affiliation", "affiliation", "it names an institution that page 1 does not have")
    elif any(not evidence.numbers.holds(number) for number in numbers.read(said)):
        yield Problem("number", "affiliation", "the paper has no such number")


def is_grounded(printed: str, evidence: Evidence) -> bool:
    """Whether an institution stands on page 1 as printed, its parts in any order."""
    if fold(printed) in evidence.front:
        return bool(fold(printed))
    parts = [fold(part) for part in re.split(r"[,;，；()（）]", printed) if fold(part)]
    return bool(parts) and all(part in evidence.front for part in parts)


def _repeats(draft: Draft, fields: Collection[str]) -> Iterator[Problem]:
    """A statement that another one before it makes in the same words, with the same names and numbers."""
    seen: list[tuple[Piece, str, frozenset[str]]] = []
    for field in statements(draft, fields):
        letters, marks = fold(field.text), _marks(field.text)
        for other, known, same in seen:
            if letters and marks == same and fuzz.ratio(letters, known) >= SAME:
                yield Problem("repeat", field.path, f"it repeats {other.path}")
                break
        else:
            seen.append((field, letters, marks))


def _marks(text: str) -> frozenset[str]:
    return frozenset(fold(each) for each in re.findall(r"[A-Za-z][\w-]*|\d+(?:\.\d+)?", text))
