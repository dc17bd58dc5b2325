"""From a checked draft to the Review: what failed is out, each statement with its page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from pipeline.errors import ReviewIncomplete
from pipeline.paper import Account, Claim, Document, Paper, Review
from pipeline.review_fields import summary_limit
from pipeline.summarize.leakage import prompt_injection
from pipeline.summarize.review.connectives import without_connective
from pipeline.summarize.review.cue import cue_pages, grounded_cue
from pipeline.summarize.review.draft import (
    REQUIRED,
    STATEMENTS,
    Draft,
    DraftText,
    Problem,
    short_quote,
    statement_at,
    statements,
)
from pipeline.summarize.review.second_reading import Support
from pipeline.summarize.verify.affiliation import final_affiliation
from pipeline.summarize.verify.checks import trimmed
from pipeline.summarize.verify.evidence import Evidence
from pipeline.summarize.verify.tables.own_rank import lags_of, own_name
from pipeline.translation import gettext as _


@dataclass(frozen=True)
class Checked:
    """A draft, all that is wrong with it, and what the second reader said."""

    draft: Draft
    problems: tuple[Problem, ...]
    support: Mapping[str, Support] | None = None
    """By the path of each statement; None where no second reader was asked."""
    written: int = 0
    """Statements of the first draft, before any was taken out."""

    @property
    def failed(self) -> frozenset[str]:
        """The paths that cannot be published."""
        return frozenset(problem.field for problem in self.problems)

    @property
    def repeats(self) -> frozenset[str]:
        """The paths where nothing is wrong but that another one says the same."""
        other = (one.field for one in self.problems if one.check != "repeat")
        return self.failed - frozenset(other)


@dataclass(frozen=True)
class Source:
    """What a review is about."""

    paper: Paper
    document: Document
    evidence: Evidence
    language: str
    model: str = field(default="")
    """The model that wrote it, as the endpoint names it."""


def accept(checked: Checked, source: Source) -> Review:
    """Make the review of what passed the checks.

    The affiliation falls back on what the PDF says; authors and links are never the model's.

    Raises:
        ReviewIncomplete: a required field is empty; `missing` names them.
    """
    draft, failed = checked.draft, checked.failed
    claims = {
        piece.path: _claim(checked, piece, source.evidence)
        for piece in statements(draft)
        if piece.path not in failed
    }
    lists = {name: _listed(name, claims) for name in STATEMENTS}
    keywords = _keywords(draft, failed)
    title = _title(draft, source, failed)
    summary = claims.get("summary") or _short_takeaway(
        lists["takeaways"], source
    )
    told = [claim for claims_of in lists.values() for claim in claims_of]
    cue = _cue(draft, source, failed, told)
    filled = {**lists, "summary": summary, "keywords": keywords, "title": title}
    _need_all(source.paper, [name for name in REQUIRED if not filled[name]])
    return Review(
        paper_id=source.paper.id,
        version=source.paper.version,
        language=source.language,
        model=source.model,
        summary=summary or Claim(""),
        title=title,
        affiliation=final_affiliation(
            draft.affiliation, source.evidence, source.language
        ),
        keywords=keywords,
        cue=cue,
        cue_pages=cue_pages(cue, told),
        lags=lags_of(source.document, own_name(source.paper.title)),
        abstract="" if "abstract" in failed else _clean(draft.abstract),
        account=_account(checked, claims),
        warnings=prompt_injection.warnings(source.document, source.language),
        **lists,
    )


def _claim(checked: Checked, piece: DraftText, evidence: Evidence) -> Claim:
    quote = trimmed(piece.quote or "")
    support = checked.support
    text = _clean(piece.text)
    follows_gap = _before(piece.path) in checked.failed
    return Claim(
        text=without_connective(text) if follows_gap else text,
        quote=short_quote(quote),
        page=evidence.find(quote),
        unchecked=support is not None and piece.path not in support,
        aspect=statement_at(checked.draft, piece.path).aspect,
    )


def _before(path: str) -> str:
    """The path of the statement before this one in its list; "" for none."""
    name, _, place = path.partition(".")
    return f"{name}.{int(place) - 1}" if place else ""


def _listed(name: str, claims: Mapping[str, Claim]) -> tuple[Claim, ...]:
    return tuple(
        claim for path, claim in claims.items() if path.startswith(f"{name}.")
    )


def _short_takeaway(
    takeaways: tuple[Claim, ...], source: Source
) -> Claim | None:
    """A takeaway that fits in the line, where the line itself was left out."""
    most = summary_limit(source.language)
    return next((claim for claim in takeaways if len(claim.text) <= most), None)


def _keywords(draft: Draft, failed: Collection[str]) -> tuple[str, ...]:
    words = enumerate(draft.keywords)
    kept = (
        _clean(word)
        for place, word in words
        if f"keywords.{place}" not in failed
    )
    return tuple(dict.fromkeys(kept))


def _title(draft: Draft, source: Source, failed: Collection[str]) -> str:
    if source.language == "en":
        return source.paper.title
    return "" if "title" in failed else _clean(draft.title)


def _cue(
    draft: Draft, source: Source, failed: Collection[str], told: list[Claim]
) -> str:
    """The opinion, as far as its facts stand in statements that are shown."""
    if "cue" in failed:
        return ""
    names = (source.paper.title, draft.title, *draft.keywords)
    return grounded_cue(_clean(draft.cue), told, names)


def _need_all(paper: Paper, missing: list[str]) -> None:
    if missing:
        raise ReviewIncomplete(
            _(
                "{paper}: nothing was left for {names} after the checks.",
                paper=paper.id,
                names=", ".join(missing),
            ),
            step=_(
                "It is tried again with the next run; `{program} retry` tries it now."
            ),
            missing=missing,
        )


def _account(checked: Checked, claims: Mapping[str, Claim]) -> Account:
    """What was checked and how, counted over what is shown."""
    unchecked = sum(claim.unchecked for claim in claims.values())
    repeats = checked.repeats
    omitted = (
        piece.path
        for piece in statements(checked.draft, STATEMENTS)
        if piece.path in checked.failed and piece.path not in repeats
    )
    return Account(
        method="rules" if checked.support is None else "model",
        shown=len(claims) - unchecked,
        removed=max(0, checked.written - len(claims) - len(repeats)),
        unchecked=unchecked,
        omitted=tuple(omitted),
    )


def _clean(text: str) -> str:
    return " ".join(text.split())
