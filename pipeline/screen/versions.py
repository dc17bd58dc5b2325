"""A new version of a known paper: what changed, in words; and whether it was withdrawn."""

from __future__ import annotations

import re

from pipeline.paper import Paper

COMMENT_SHOWN = 100
"""Characters of a new comment that are shown."""

_THING = r"(?:papers?|articles?|submissions?|manuscripts?|preprints?|works?|documents?|reports?|notes?|versions?)"
_GONE = r"(?:withdrawn|withdrew|retracted)"
_TAKE = r"(?:withdraw|withdrawn|withdrew|withdrawing|retract|retracted|retracting)"
_BEING = r"(?:has|have|had|is|was|are|were|needs?|being|been)"
_NOTICE = re.compile(
    "|".join(
        (
            rf"\b(?:this|the|our|present)\b[^.;]{{0,40}}\b{_THING}\b[^.;]{{0,40}}\b{_BEING}\b[^.;]{{0,40}}\b{_GONE}\b",
            rf"\b{_THING}\s+(?:\w+\s+)?{_GONE}\b",
            rf"\bauthors?\s+(?:(?:have|has|wish to|would like to|decided to|are)\s+)?{_TAKE}\b",
            rf"\bwe\s+(?:(?:have|are|hereby|wish to|would like to|decided to)\s+)*{_TAKE}\s+(?:this|the|our)\b",
            rf"^\W*(?:temporarily |now )?{_GONE}\b",
            rf"\b{_GONE}\s+(?:by|due to|because|for|as|pending|until|at)\b",
            r"\bremoved\s+by\s+arxiv\s+admin\w*",
            "已?撤稿|已撤回|撤回(?:本文|该文|论文)",
        )
    ),
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    "|".join(
        (
            rf"\b{_TAKE}\s+(?:\w+\s+){{0,2}}from\b",
            r"\bwithdrawn\s+(?:conference\s+)?submission\b",
            rf"\b(?:previous|earlier|former|first|original|old|prior)\s+(?:\w+\s+)?{_THING}\b[^.]*\b{_GONE}\b",
            rf"\bv\d+\s+(?:(?:is|was|has been)\s+)?{_GONE}\b",
            rf"\bnot\s+(?:been\s+)?{_GONE}\b",
        )
    ),
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\W*(?:this|the|our|we|authors?|paper|withdrawn|retracted|submission)\b|\W*(?:本文|该文|论文|作者|已?撤)",
    re.IGNORECASE,
)
_OPENING = 160
"""Characters of an abstract within which a notice stands; further on the paper may study
withdrawal.
"""


def withdrawn(paper: Paper) -> bool:
    """Does the comment or the abstract hold one of the usual notices? "Withdrawn from ICLR" is
    none: arXiv keeps it.
    """
    opening = re.split(r"(?<=[.;])\s", paper.abstract[:_OPENING], maxsplit=1)[0]
    return _notice(paper.comment) or (bool(_OPENS.match(opening)) and _notice(opening))


def _notice(text: str) -> bool:
    return bool(_NOTICE.search(text)) and not _ANOTHER.search(text)


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
        line if len(line) <= COMMENT_SHOWN else line[: COMMENT_SHOWN - 1].rstrip() + "…"
    )
