"""From a draft to the Review: what the checks left, each statement with its page."""

from __future__ import annotations

from pipeline.errors import ReviewIncomplete
from pipeline.paper import Account, Claim, Document, Paper, Review
from pipeline.summarize.leakage import prompt_injection
from pipeline.summarize.review.draft import (
    ITEMS,
    QUOTE_LIMIT,
    STATEMENTS,
    Draft,
    statements,
)
from pipeline.summarize.verify import numbers, output_language
from pipeline.summarize.verify.checks import check, is_grounded, trimmed
from pipeline.summarize.verify.quote_index import Evidence, fold


def accept(
    draft: Draft,
    evidence: Evidence,
    paper: Paper,
    document: Document,
    language: str,
    model: str,
) -> Review:
    """The review that is left when every statement that fails a check is taken out.

    The affiliation falls back on what the PDF says; authors and links are never the model's.

    Raises:
        ReviewIncomplete: an item is empty; `missing` names the items.
    """
    failed = {
        problem.field
        for problem in check(draft, evidence, language, tuple(Draft.model_fields))
    }
    claims = {
        piece.path: Claim(
            _clean(piece.text),
            _short(piece.quote or ""),
            evidence.find(trimmed(piece.quote or "")),
        )
        for piece in statements(draft)
        if piece.path not in failed
    }
    lists = {
        name: tuple(
            claim for path, claim in claims.items() if path.startswith(f"{name}.")
        )
        for name in STATEMENTS
    }
    keywords = tuple(
        _clean(word)
        for place, word in enumerate(draft.keywords)
        if f"keywords.{place}" not in failed
    )
    title = (
        paper.title
        if language == "en"
        else ""
        if "title" in failed
        else _clean(draft.title)
    )
    have = {
        **lists,
        "summary": claims.get("summary"),
        "keywords": keywords,
        "title": title,
    }
    missing = [name for name in ITEMS if name != "affiliation" and not have[name]]
    if missing:
        raise ReviewIncomplete(
            f"{paper.id}: nothing was left for {', '.join(missing)} after the checks.",
            step="It is tried again with the next run; `screen retry` tries it now.",
            missing=missing,
        )
    return Review(
        paper_id=paper.id,
        version=paper.version,
        language=language,
        model=model,
        summary=claims["summary"],
        title=title,
        affiliation=_affiliation(draft, evidence, language),
        keywords=tuple(dict.fromkeys(keywords)),
        abstract="" if "abstract" in failed else _clean(draft.abstract),
        account=account(draft, evidence),
        warnings=prompt_injection.warnings(document, language),
        **lists,
    )


def account(draft: Draft, evidence: Evidence) -> Account:
    """How many quotes and numbers the model wrote, and how many of them the paper has."""
    pieces = [piece for piece in statements(draft) if piece.text]
    quotes = [piece.quote for piece in pieces if piece.quote]
    written = [number for piece in pieces for number in numbers.read(piece.text)]
    return Account(
        quotes=len(quotes),
        quotes_found=sum(evidence.find(trimmed(quote)) is not None for quote in quotes),
        numbers=len(written),
        numbers_found=sum(map(evidence.numbers.holds, written)),
    )


def _short(quote: str) -> str:
    """A quote of at most 25 words; what is cut off its end was found too."""
    return " ".join(trimmed(quote).split()[:QUOTE_LIMIT])


def _clean(text: str) -> str:
    return " ".join(text.split())


def _affiliation(draft: Draft, evidence: Evidence, language: str) -> str:
    """The name as the model translates it with the printed one behind it, or the PDF's where
    that has no ground.
    """
    said, printed = (
        _clean(draft.affiliation.affiliation),
        _clean(draft.affiliation.institution),
    )
    if not is_grounded(draft.affiliation, evidence):
        return evidence.affiliation
    if not said or not printed or fold(printed) in fold(said):
        return said or printed
    return (
        f"{said}（{printed}）"
        if language in output_language.SCRIPTS
        else f"{said} ({printed})"
    )
