"""A review as sections of statements, each with its quote and page, in the order of a post."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.common.clean import clean_line
from pipeline.paper import Claim, Review
from pipeline.review_fields import BY_KEY, REVIEW_FIELDS, ReviewField


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement that a reader may hold against its passage."""

    key: str
    """Names it in an address: "results-0"."""
    text: str
    quote: str
    page: int | None
    unchecked: bool
    about: tuple[Mapping[str, str], ...] = ()
    """Of availability, what it is said of, by language: "code", "weights"."""

    def lead(self, language: str) -> str:
        """Name what the statement is said of; "" where its section says it."""
        return ", ".join(one.get(language, one["en"]) for one in self.about)


@dataclass(frozen=True, slots=True)
class ReviewSection:
    """The statements of one field under its label, each once."""

    key: str
    number: str
    """Its place among the items that are shown: "1"; "" for what stands above them."""
    labels: Mapping[str, str]
    """By language: "Background"."""
    statements: tuple[Statement, ...]

    def label(self, language: str) -> str:
        """Give the label in a language, or else in English."""
        return self.labels.get(language, self.labels["en"])


def review_sections(review: Review) -> tuple[ReviewSection, ...]:
    """Give the fields of a review that hold statements, in the order of a post."""
    sections = (_section(field, review) for field in REVIEW_FIELDS)
    told = [section for section in sections if section.statements]
    items = [section for section in told if BY_KEY[section.key].item]
    numbers = {one.key: str(at) for at, one in enumerate(items, 1)}
    return tuple(replace(one, number=numbers.get(one.key, "")) for one in told)


def find_statement(review: Review, key: str) -> Statement | None:
    """Find a statement by its key."""
    sections = review_sections(review)
    found = (
        one
        for section in sections
        for one in section.statements
        if one.key == key
    )
    return next(found, None)


def _section(field: ReviewField, review: Review) -> ReviewSection:
    each: dict[str, Statement] = {}
    for at, claim in enumerate(_claims(getattr(review, field.key))):
        one = _statement(f"{field.key}-{at}", claim)
        if not one.text:
            continue
        told = each.setdefault(one.text, one)
        if label := field.aspects.get(claim.aspect):
            each[one.text] = replace(told, about=(*told.about, label))
    return ReviewSection(field.key, "", field.labels, tuple(each.values()))


def _claims(value: object) -> Iterator[Claim]:
    values = value if isinstance(value, tuple) else (value,)
    return (one for one in values if isinstance(one, Claim))


def _statement(key: str, claim: Claim) -> Statement:
    return Statement(
        key,
        clean_line(claim.text),
        clean_line(claim.quote),
        claim.page,
        claim.unchecked,
    )
