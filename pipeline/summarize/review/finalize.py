"""From a draft to the Review: what the checks left, each statement with its page."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pipeline.errors import ReviewIncomplete
from pipeline.paper import Account, Claim, Document, Paper, Review
from pipeline.summarize.leakage import prompt_injection
from pipeline.summarize.review.draft import (
    QUOTE_LIMIT,
    REQUIRED,
    STATEMENTS,
    Draft,
    Piece,
    statement_at,
    statements,
)
from pipeline.summarize.verify import output_language
from pipeline.summarize.verify.checks import check, is_grounded, trimmed
from pipeline.summarize.verify.evidence import Evidence
from pipeline.summarize.verify.folding import fold


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
        ReviewIncomplete: a required field is empty; `missing` names them.
    """
    problems = check(draft, evidence, language, tuple(Draft.model_fields))
    failed = {problem.field for problem in problems}
    claims = {
        piece.path: _claim(draft, piece, evidence)
        for piece in statements(draft)
        if piece.path not in failed
    }
    lists = {name: _listed(name, claims) for name in STATEMENTS}
    keywords = tuple(
        _clean(word)
        for place, word in enumerate(draft.keywords)
        if f"keywords.{place}" not in failed
    )
    title = _title(draft, paper, language, failed)
    have = {
        **lists,
        "summary": claims.get("summary"),
        "keywords": keywords,
        "title": title,
    }
    _need_all(paper, [name for name in REQUIRED if not have[name]])
    return Review(
        paper_id=paper.id,
        version=paper.version,
        language=language,
        model=model,
        summary=claims["summary"],
        title=title,
        affiliation=_affiliation(draft, evidence, language),
        keywords=tuple(dict.fromkeys(keywords)),
        cue="" if "cue" in failed else _clean(draft.cue),
        abstract="" if "abstract" in failed else _clean(draft.abstract),
        account=Account("rules", len(claims), removed=_removed(draft, failed)),
        warnings=prompt_injection.warnings(document, language),
        **lists,
    )


def _claim(draft: Draft, piece: Piece, evidence: Evidence) -> Claim:
    quote = piece.quote or ""
    return Claim(
        _clean(piece.text),
        _short(quote),
        evidence.find(trimmed(quote)),
        aspect=statement_at(draft, piece.path).aspect,
    )


def _listed(name: str, claims: Mapping[str, Claim]) -> tuple[Claim, ...]:
    return tuple(claim for path, claim in claims.items() if path.startswith(f"{name}."))


def _removed(draft: Draft, failed: Collection[str]) -> int:
    """How many statements are not shown."""
    return sum(piece.path in failed for piece in statements(draft) if piece.text)


def _title(draft: Draft, paper: Paper, language: str, failed: Collection[str]) -> str:
    if language == "en":
        return paper.title
    return "" if "title" in failed else _clean(draft.title)


def _need_all(paper: Paper, missing: list[str]) -> None:
    if missing:
        raise ReviewIncomplete(
            f"{paper.id}: nothing was left for {', '.join(missing)} after the checks.",
            step="It is tried again with the next run; `screen retry` tries it now.",
            missing=missing,
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
