"""A new version of a known paper: what changed, in words; and whether it was withdrawn."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.paper import Paper


@dataclass(frozen=True, slots=True)
class VersionsRules:
    """How authors say that a paper is withdrawn, and how long a new comment is shown."""

    comment_shown: int = 100
    """Characters of a new comment that are shown."""
    thing: str = r"(?:papers?|articles?|submissions?|manuscripts?|preprints?|works?|documents?|reports?|notes?|versions?)"
    gone: str = r"(?:withdrawn|withdrew|retracted)"
    take: str = r"(?:withdraw|withdrawn|withdrew|withdrawing|retract|retracted|retracting)"
    being: str = r"(?:has|have|had|is|was|are|were|needs?|being|been)"
    notice: re.Pattern[str] = re.compile(
        "|".join(
            (
                rf"\b(?:this|the|our|present)\b[^.;]{{0,40}}\b{thing}\b[^.;]{{0,40}}\b{being}\b[^.;]{{0,40}}\b{gone}\b",
                rf"\b{thing}\s+(?:\w+\s+)?{gone}\b",
                rf"\bauthors?\s+(?:(?:have|has|wish to|would like to|decided to|are)\s+)?{take}\b",
                rf"\bwe\s+(?:(?:have|are|hereby|wish to|would like to|decided to)\s+)*{take}\s+(?:this|the|our)\b",
                rf"^\W*(?:temporarily |now )?{gone}\b",
                rf"\b{gone}\s+(?:by|due to|because|for|as|pending|until|at)\b",
                r"\bremoved\s+by\s+arxiv\s+admin\w*",
                "已?撤稿|已撤回|撤回(?:本文|该文|论文)",
            )
        ),
        re.IGNORECASE,
    )
    another: re.Pattern[str] = re.compile(
        "|".join(
            (
                rf"\b{take}\s+(?:\w+\s+){{0,2}}from\b",
                r"\bwithdrawn\s+(?:conference\s+)?submission\b",
                rf"\b(?:previous|earlier|former|first|original|old|prior)\s+(?:\w+\s+)?{thing}\b[^.]*\b{gone}\b",
                rf"\bv\d+\s+(?:(?:is|was|has been)\s+)?{gone}\b",
                rf"\bnot\s+(?:been\s+)?{gone}\b",
            )
        ),
        re.IGNORECASE,
    )
    opens: re.Pattern[str] = re.compile(
        r"\W*(?:this|the|our|we|authors?|paper|withdrawn|retracted|submission)\b|\W*(?:本文|该文|论文|作者|已?撤)",
        re.IGNORECASE,
    )
    opening: int = 160
    """Characters of an abstract within which a notice stands; further on the paper may study
    withdrawal.
    """


_rules = VersionsRules()


def withdrawn(paper: Paper) -> bool:
    """Does the comment or the abstract hold one of the usual notices? "Withdrawn from ICLR" is
    none: arXiv keeps it.
    """
    opening = re.split(
        r"(?<=[.;])\s", paper.abstract[: _rules.opening], maxsplit=1
    )[0]
    return _notice(paper.comment) or (
        bool(_rules.opens.match(opening)) and _notice(opening)
    )


def _notice(text: str) -> bool:
    return bool(_rules.notice.search(text)) and not _rules.another.search(text)


def changes(old: Paper, new: Paper) -> tuple[str, ...]:
    """What the new version changes of what a reader sees, in words; ("text",) when only the PDF
    did.
    """
    if withdrawn(new) and not withdrawn(old):
        return ("withdrawn",)
    found = [
        name
        for name, before, after in (
            ("title", old.title, new.title),
            ("authors", "; ".join(old.authors), "; ".join(new.authors)),
            ("abstract", old.abstract, new.abstract),
        )
        if _same(before) != _same(after)
    ]
    if new.comment and _same(old.comment) != _same(new.comment):
        found.append(f"comment: {_shown(new.comment)}")
    if new.journal_ref and _same(old.journal_ref) != _same(new.journal_ref):
        found.append(f"journal: {_shown(new.journal_ref)}")
    return tuple(found) or ("text",)


def _same(text: str) -> str:
    """What stays when only spaces, signs or case differ."""
    return " ".join(re.findall(r"\w+", text)).casefold()


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return (
        line
        if len(line) <= _rules.comment_shown
        else line[: _rules.comment_shown - 1].rstrip() + "…"
    )
