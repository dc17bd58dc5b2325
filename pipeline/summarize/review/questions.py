"""The passages of a draft: for the second reader, and for the repair of what failed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.summarize.review.draft import Draft, Problem, statements
from pipeline.summarize.review.second_reading import Support, SupportQuestion
from pipeline.summarize.verify.checks import trimmed
from pipeline.summarize.verify.evidence import Evidence
from pipeline.summarize.verify.quotes.mentions import mention_lines
from pipeline.summarize.verify.quotes.passage_text import (
    ShownLine,
    closest_passages,
    passage_lines,
    passage_text,
)

CAUSES: Mapping[Support, str] = {
    "contradicted": "contradicted",
    "not said": "not_said",
}
"""By what the second reader said, the key under which repair.md says it."""


def questions_of(
    draft: Draft, problems: Sequence[Problem], evidence: Evidence
) -> list[SupportQuestion]:
    """The statements that passed the rules, each with its passage."""
    failed = {problem.field for problem in problems}
    questions = []
    for piece in statements(draft):
        if piece.path in failed or piece.key in failed or not piece.text:
            continue
        if lines := statement_lines(piece.text, piece.quote or "", evidence):
            questions.append(SupportQuestion(piece.path, piece.text, lines))
    return questions


def statement_lines(
    statement: str, quote: str, evidence: Evidence
) -> tuple[ShownLine, ...]:
    """What is shown beside a statement; nothing where its quote does not stand in the paper."""
    located = evidence.locate(trimmed(quote))
    if located is None:
        return ()
    passage = passage_lines(located, statement, trimmed(quote), evidence)
    added = mention_lines(statement, located, passage, evidence)
    return tuple(sorted({*passage, *added}))


def unsupported(support: Mapping[str, Support]) -> Iterator[Problem]:
    """A problem for each statement that its passage does not bear out."""
    for path, said in support.items():
        if said in CAUSES:
            yield Problem("support", path, CAUSES[said])


def repair_passages(
    draft: Draft, problems: Sequence[Problem], evidence: Evidence
) -> str:
    """The passages from which the failed statements can be written anew.

    Returns:
        "" where the paper itself is needed: a field is empty, or its form was wrong.
    """
    pieces = {piece.path: piece for piece in statements(draft)}
    shown: list[str] = [
        f"Title: {evidence.document.title}",
        *_abstract(evidence),
    ]
    for problem in problems:
        piece = pieces.get(problem.field)
        if piece is None or not piece.quote or not piece.text:
            if problem.field.partition(".")[0] in _WITHOUT_PASSAGE:
                continue
            return ""
        passage = passage_text(
            statement_lines(piece.text, piece.quote, evidence)
        )
        near = closest_passages(f"{piece.quote} {piece.text}", evidence)
        shown += [passage] if passage else near
    return "\n\n".join(dict.fromkeys(filter(None, shown)))


_WITHOUT_PASSAGE = ("title", "cue", "keywords")
"""Fields that can be written anew from title and abstract."""


def _abstract(evidence: Evidence) -> list[str]:
    printed = [one.text for one in evidence.blocks if one.kind == "abstract"]
    return printed or [evidence.document.abstract]
