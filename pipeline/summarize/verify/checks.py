"""What the model wrote, held against the paper. Pure: a draft and the evidence in, all problems
out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial

from pipeline.review_fields import BY_KEY, summary_limit
from pipeline.summarize.leakage import prompt_injection, rules
from pipeline.summarize.review.draft import (
    ITEMS,
    LONGEST_TEXT,
    REQUIRED,
    Draft,
    DraftText,
    Problem,
    texts,
)
from pipeline.summarize.verify import named_entities, numbers, output_language
from pipeline.summarize.verify.affiliation import (
    is_grounded,
    names_institution,
    printed_affiliation,
)
from pipeline.summarize.verify.copied_prompt import copied_sentence
from pipeline.summarize.verify.evidence import Evidence
from pipeline.summarize.verify.quotes.folding import folded_letters, words_of
from pipeline.summarize.verify.repetition import repeats
from pipeline.summarize.verify.support import unsupported_words


@dataclass(frozen=True, slots=True)
class CheckLimits:
    """How long a text and a quote are, and what they may hold."""

    statement_limit: int = 400
    """Characters of a statement: two long sentences. Longer ones are paragraphs, or the model ran
    on.
    """
    quote_words: int = 4
    """Words that a quote has at least; fewer stand in any paper."""
    quote_letters: int = 12
    """Letters that a quote has at least, for Chinese papers too."""
    row_letters: int = 6
    """Letters and digits that a quoted row of a table has at least."""
    own_letters: int = 30
    """Letters from which on words that the paper has too are its own."""
    numbers_at_a_glance: int = 6
    """Numbers of a quote between which a reader sees differences and ratios."""
    shown: int = 60
    """Characters of a quote that are said back."""
    around: str = "\"'“”‘’«»… \t\r\n\u00a0\u3000"
    stitch: re.Pattern[str] = re.compile(r"\S\s*(?:\.{3,}|…|\[\.\.\.\])\s*\S")
    label: re.Pattern[str] = re.compile(
        r"^[\W\d]{0,12}[^：:。，,.]{1,16}[：:]\s*"
    )
    numbered_label: re.Pattern[str] = re.compile(
        r"^\W*(?:\d{1,2}|[（(]\d{1,2}[)）])\s*[.、:：]?\s*\**(?:title|authors?|affiliation|keywords?|urls?|summary|methods?|conclusion|标题|作者|单位|隶属|关键词|链接|摘要"
        r"|方法|结论)\W*[：:]",
        re.IGNORECASE,
    )


check_limits = CheckLimits()


Finding = tuple[str, str]
"""The cause of a problem and the words that show it."""
Check = Callable[[DraftText, Evidence, str], Finding | None]


def check(
    draft: Draft,
    evidence: Evidence,
    language: str,
    fields: Collection[str] = ITEMS,
    prompt: str = "",
) -> list[Problem]:
    """Everything in a draft that cannot be published, with its reason.

    Args:
        draft: what the model wrote, as `draft.parse` read it.
        evidence: the paper.
        language: ISO 639-1 code of the review.
        fields: the fields that were asked for; others are not looked at.
        prompt: what the model was told, whose sentences are no statements; "" = nothing known.
    """
    wanted = [
        name for name in fields if not (name == "title" and language == "en")
    ]
    problems = [
        Problem("empty", name, "empty")
        for name in wanted
        if name in REQUIRED and not getattr(draft, name)
    ]
    for piece in texts(draft, wanted):
        if BY_KEY[piece.key].shape == "text" and not piece.text:
            continue
        if len(piece.text) > LONGEST_TEXT:
            problems.append(
                Problem(
                    "length",
                    piece.path,
                    words=f"{len(piece.text)} > {LONGEST_TEXT}",
                )
            )
            continue
        problems += [
            Problem(name, piece.path, *found)
            for name, one in CHECKS.items()
            if (found := one(piece, evidence, language))
        ]
        if prompt and (copied := copied_sentence(piece.text, prompt, evidence)):
            problems.append(Problem("leftover", piece.path, words=copied))
    if "affiliation" in wanted:
        problems += _affiliation(draft, evidence)
    return problems + list(repeats(draft, wanted))


def _empty(
    piece: DraftText, _evidence: Evidence, _language: str
) -> Finding | None:
    content = (
        folded_letters(check_limits.label.sub("", piece.text))
        if piece.quote is not None
        else folded_letters(piece.text)
    )
    if len(content) > (3 if piece.quote is not None else 1):
        return None
    return ("label" if piece.text else "empty"), ""


def _leftover(
    piece: DraftText, evidence: Evidence, _language: str
) -> Finding | None:
    if label := check_limits.numbered_label.match(piece.text):
        return "label", label[0]
    found = [
        each
        for line in piece.text.splitlines()
        if (each := rules.trace(line, rules.leak_odds.stated))
    ]
    if not found or _is_own(piece.text, evidence):
        return None
    if piece.path.startswith("keywords") and all(
        _is_of(each.words, piece.text, evidence) for each in found
    ):
        return None
    return "leftover", found[0].words


def _is_of(leftover: str, keyword: str, evidence: Evidence) -> bool:
    """Whether a keyword is made of words of the paper, among them in one piece what looks like
    a leftover.
    """
    return evidence.holds(folded_letters(leftover)) and all(
        evidence.holds(word) for word in words_of(keyword)
    )


def _is_own(text: str, evidence: Evidence) -> bool:
    """Whether the paper itself says so word by word, to its readers and not to a model."""
    letters = folded_letters(text)
    return (
        len(letters) >= check_limits.own_letters
        and letters in evidence.quotes.letters
        and not prompt_injection.find_injection(text)
    )


def _language_of(
    piece: DraftText, evidence: Evidence, language: str
) -> Finding | None:
    known = partial(named_entities.is_known_name, evidence=evidence)
    if piece.path.startswith("keywords"):
        fine = language in output_language.SCRIPTS or output_language.has_own(
            piece.text, language
        )
    elif piece.path == "title":
        fine = output_language.has_own(
            piece.text, language
        ) and not re.fullmatch(r"[\W\d_]*", piece.text)
    else:
        fine = output_language.speaks(piece.text, language, known)
    return (
        None
        if fine
        else ("language", output_language.strange(piece.text, language, known))
    )


def _length(
    piece: DraftText, _evidence: Evidence, language: str
) -> Finding | None:
    most = BY_KEY[piece.key].longest_in(language, check_limits.statement_limit)
    if len(piece.text) > most:
        return "length", f"{len(piece.text)} > {most}"
    if piece.key == "summary" and _is_cut(piece.text, most):
        return "cut", piece.text[-check_limits.shown :]
    return None


def _is_cut(text: str, most: int) -> bool:
    """Whether a server that enforces the length has cut the text: it fills it and has no end."""
    return len(text) >= most - 1 and text[-1:] not in '。！？.!?…”")）'


def _quote(
    piece: DraftText, evidence: Evidence, _language: str
) -> Finding | None:
    if piece.quote is None:
        return None
    if not folded_letters(piece.quote):
        return "no_quote", ""
    if evidence.find(trimmed(piece.quote)) is None:
        return (
            "stitched" if check_limits.stitch.search(piece.quote) else "quote"
        ), piece.quote[: check_limits.shown]
    letters = len(folded_letters(piece.quote))
    few = len(piece.quote.split()) < check_limits.quote_words
    short = letters < check_limits.quote_letters or (
        few and letters < 2 * check_limits.quote_letters
    )
    if not short or _is_row(piece.quote, evidence):
        return None
    return "short_quote", piece.quote


def _is_row(quote: str, evidence: Evidence) -> bool:
    """Whether a quote is a row of a table: as few words as these are quote enough."""
    located = evidence.locate(trimmed(quote))
    inside = located is not None and located.kind == "inside"
    return inside and _tells_values(quote)


def _tells_values(row: str) -> bool:
    """Whether a row of a table has a label and values."""
    values = len(re.findall(r"\d+", row))
    return values > 1 and len(folded_letters(row)) >= check_limits.row_letters


def _addressed(
    piece: DraftText, evidence: Evidence, _language: str
) -> Finding | None:
    """A statement made of words that speak to a reviewer or a model."""
    if piece.quote is None:
        return None
    located = evidence.locate(trimmed(piece.quote))
    found = prompt_injection.find_injection(piece.text) or (
        prompt_injection.find_injection(located.text) if located else None
    )
    return ("leftover", found) if found else None


def trimmed(quote: str) -> str:
    """A quote without the marks and dots around it."""
    inner = (
        quote.strip(check_limits.around).lstrip(".").lstrip(check_limits.around)
    )
    bare = inner.rstrip(".")
    return (
        inner
        if len(inner) - len(bare) < len("...")
        else bare.rstrip(check_limits.around)
    )


def _number(
    piece: DraftText, evidence: Evidence, _language: str
) -> Finding | None:
    told = numbers.read_numbers(piece.text)
    wrong = [one for one in told if not evidence.numbers.holds(one)]
    if not wrong:
        return None
    held = [one.value for one in told if one not in wrong]
    groups = [held, *_seen_together(piece, evidence, held)]
    strange = [
        one.text
        for one in wrong
        if not any(numbers.is_derived(one, group) for group in groups)
    ]
    return ("number", ", ".join(strange)) if strange else None


def _seen_together(
    piece: DraftText, evidence: Evidence, held: list[float]
) -> Iterator[list[float]]:
    """The numbers of a quote between which a reader sees differences and ratios.

    These are the few of a sentence, with those of the statement, or the column of a table.
    """
    located = evidence.locate(trimmed(piece.quote or ""))
    if located is None:
        return
    quoted = [one.value for one in numbers.read_numbers(located.text)]
    if len(quoted) <= check_limits.numbers_at_a_glance:
        yield [*held, *quoted]
    if located.figure is not None:
        yield from evidence.values.columns(located.figure)


def _result(
    piece: DraftText, evidence: Evidence, _language: str
) -> Finding | None:
    if piece.quote is None or _is_own(piece.text, evidence):
        return None
    located = evidence.locate(trimmed(piece.quote))
    figure = located.figure if located else None
    passage = located.text if located else piece.quote
    is_row = located is not None and located.kind == "inside"
    wrong = [
        f"{value} ({given})"
        for value, given in evidence.values.unfounded(
            piece.text, passage, figure, is_row=is_row
        )
    ]
    return ("result", ", ".join(wrong)) if wrong else None


def _name(
    piece: DraftText, evidence: Evidence, language: str
) -> Finding | None:
    wrong = named_entities.unknown(
        piece.text, evidence, language, piece.quote or ""
    )
    return ("name", ", ".join(wrong)) if wrong else None


def _copy(
    piece: DraftText, evidence: Evidence, _language: str
) -> Finding | None:
    if piece.path != "summary" or not evidence.abstract:
        return None
    said = folded_letters(piece.text)
    return (
        ("copy", "")
        if len(said) > summary_limit("zh") and said in evidence.abstract
        else None
    )


def _support(
    piece: DraftText, evidence: Evidence, _language: str
) -> Finding | None:
    if not piece.quote or _is_own(piece.text, evidence):
        return None
    quote = trimmed(piece.quote)
    located = evidence.locate(quote)
    words = unsupported_words(piece.text, quote, located) if located else ""
    return ("unsupported", words) if words else None


CHECKS: dict[str, Check] = {
    "empty": _empty,
    "leftover": _leftover,
    "language": _language_of,
    "length": _length,
    "quote": _quote,
    "number": _number,
    "result": _result,
    "name": _name,
    "copy": _copy,
    "addressed": _addressed,
    "support": _support,
}
"""What is looked at in each text, by the name under which a failure is reported."""


def _affiliation(draft: Draft, evidence: Evidence) -> Iterator[Problem]:
    """An institution without a ground.

    Nothing is asked again where the PDF itself says it, or page 1 has nothing like it.
    """
    if printed_affiliation(evidence) or not names_institution(evidence):
        return
    said = draft.affiliation.affiliation or draft.affiliation.institution
    if said and not is_grounded(draft.affiliation, evidence):
        yield Problem("affiliation", "affiliation", words=said)
