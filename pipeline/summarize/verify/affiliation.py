"""Where the first author works: as the PDF says it, translated by the model."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.anonymous_manuscript import is_placeholder_place, named_place
from pipeline.summarize.leakage import rules
from pipeline.summarize.review.draft import Affiliation
from pipeline.summarize.verify import named_entities, numbers, output_language
from pipeline.summarize.verify.evidence import Evidence
from pipeline.summarize.verify.quotes.folding import folded_letters


@dataclass(frozen=True, slots=True)
class InstitutionForms:
    """What is an institution, and what is none."""

    longest: int = 200
    """Characters of an institution's name."""
    institution: re.Pattern[str] = re.compile(
        "univers|institut|college|academ|laborator|school|research|大学|学院|研究"
    )
    """In folded letters."""
    no_institution: re.Pattern[str] = re.compile(
        r"©|\(c\)|copyright|springer nature|licen[cs]e|all rights reserved|preprint|https?://",
        re.IGNORECASE,
    )


institution_forms = InstitutionForms()


def printed_affiliation(evidence: Evidence) -> str:
    """The institution that the PDF's reader found; "" where that is none: a licence, a masthead,
    a placeholder.
    """
    found = named_place(evidence.affiliation)
    return "" if institution_forms.no_institution.search(found) else found


def names_institution(evidence: Evidence) -> bool:
    """Whether page 1 has anything like an institution, and no placeholder in its place."""
    if is_placeholder_place(evidence.affiliation):
        return False
    return bool(institution_forms.institution.search(evidence.front))


def final_affiliation(
    draft: Affiliation, evidence: Evidence, language: str
) -> str:
    """The printed name, with the model's translation before it where that has a ground.

    Where the PDF names the first author's institution the model only translates it: one of
    another author is not taken.
    """
    known = printed_affiliation(evidence)
    said = _clean(draft.affiliation)
    printed = _clean(draft.institution)
    if not is_grounded(draft, evidence):
        return known
    if known and not _is_same(printed or said, known):
        return known
    if (
        not said
        or not printed
        or folded_letters(printed) in folded_letters(said)
    ):
        return said or printed
    if language in output_language.SCRIPTS:
        return f"{said}（{printed}）"
    return f"{said} ({printed})"


def is_grounded(affiliation: Affiliation, evidence: Evidence) -> bool:
    """Whether an institution stands on page 1, and its translation brings in nothing else."""
    printed = affiliation.institution or affiliation.affiliation
    if is_placeholder_place(printed):
        return False
    parts = [
        folded_letters(part)
        for part in re.split(r"[,;，；()（）]", printed)
        if folded_letters(part)
    ]
    if not parts or not all(part in evidence.front for part in parts):
        return False
    said = affiliation.affiliation
    is_leak = bool(rules.trace(said, rules.leak_odds.stated))
    if len(said) > institution_forms.longest or is_leak:
        return False
    if not all(map(evidence.numbers.holds, numbers.read_numbers(said))):
        return False
    names = named_entities.latin(said, "zh")
    return all(folded_letters(name) in evidence.front for name in names)


def _is_same(printed: str, known: str) -> bool:
    """Whether two names are of one institution: one is a part of the other."""
    one, other = folded_letters(printed), folded_letters(known)
    return one in other or other in one


def _clean(text: str) -> str:
    return " ".join(text.split())
