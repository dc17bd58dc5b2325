"""The fields of a review: one table from which the rest is made.

The schema that a model fills, the calls a review is divided into, its completeness, and the
labels and order of a post all follow `REVIEW_FIELDS`. Their texts live in `paper.Review`, under
the same keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Shape = Literal["line", "list", "words", "text", "affiliation"]
"""A statement; several; words; a text without a quote; the two names of an institution."""
Group = Literal["head", "facts", "summary", "methods", "conclusion", "after"]
"""Where a post shows it: above the items, items 1–5, item 6, item 7, item 8, below them."""


@dataclass(frozen=True, slots=True)
class ReviewField:
    """One field of a review."""

    key: str
    shape: Shape
    group: Group
    labels: Mapping[str, str]
    """What a post calls it, by ISO 639-1 code; English stands in for what is missing."""
    item: str = ""
    """Its number in the ChatPaperFree format: "6(1)"; "" where the format has none."""
    fewest: int = 0
    """Entries of a list that the model is asked for."""
    most: int = 0
    """Entries of a list that are read."""
    required: bool = True
    """Whether a model's review without it is incomplete."""
    longest: Mapping[str, int] = field(default_factory=dict)
    """Characters by language, where it is shorter than any statement may be."""
    description: str = ""
    """What the schema says of it, in as few words as will do: each call pays for them."""
    aspects: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Labels by language of what its entries are about, where each is about one of a few."""

    def label(self, language: str) -> str:
        """The label in a language, or else in English."""
        return self.labels.get(language, self.labels["en"])

    def longest_in(self, language: str, otherwise: int) -> int:
        """Characters that its text may have in a language."""
        return self.longest.get(language, self.longest.get("en", otherwise))


def _listed(
    key: str,
    item: str,
    group: Group,
    en: str,
    zh: str,
    most: int = 3,
    fewest: int = 1,
) -> ReviewField:
    labels = {"en": en, "zh": zh}
    return ReviewField(key, "list", group, labels, item, fewest, most)


REVIEW_FIELDS: tuple[ReviewField, ...] = (
    ReviewField(
        "summary",
        "line",
        "head",
        {"en": "Summary", "zh": "Summary"},
        longest={"zh": 100, "en": 240},
    ),
    ReviewField(
        "takeaways",
        "list",
        "head",
        {"en": "Key Takeaways", "zh": "Key Takeaways"},
        fewest=3,
        most=7,
    ),
    ReviewField(
        "cue",
        "text",
        "head",
        {"en": "Read it or skip it", "zh": "读还是跳过"},
        required=False,
        longest={"zh": 80, "en": 200},
    ),
    ReviewField(
        "title",
        "text",
        "facts",
        {"en": "Title", "zh": "Title"},
        "1",
        longest={"en": 200},
        description="the title translated",
    ),
    ReviewField(
        "affiliation",
        "affiliation",
        "facts",
        {"en": "Affiliation", "zh": "Affiliation"},
        "3",
        required=False,
    ),
    ReviewField(
        "keywords",
        "words",
        "facts",
        {"en": "Keywords", "zh": "Keywords"},
        "4",
        fewest=3,
        most=6,
        longest={"en": 60},
    ),
    _listed("background", "6(1)", "summary", "Background", "研究背景"),
    _listed(
        "past",
        "6(2)",
        "summary",
        "Past methods and their problems",
        "以往方法及其问题",
    ),
    _listed("method", "6(3)", "summary", "Method", "研究方法"),
    _listed(
        "performance", "6(4)", "summary", "Task and performance", "任务与性能"
    ),
    _listed("methods", "7", "methods", "Methods", "Methods", most=7, fewest=2),
    _listed("significance", "8(1)", "conclusion", "Significance", "意义"),
    _listed("innovation", "8(2)", "conclusion", "Innovation", "创新点"),
    _listed("results", "8(3)", "conclusion", "Performance", "性能"),
    _listed("workload", "8(4)", "conclusion", "Workload", "工作量"),
    ReviewField(
        "limits",
        "list",
        "after",
        {"en": "Limits", "zh": "局限"},
        "9",
        fewest=0,
        most=3,
        required=False,
    ),
    ReviewField(
        "availability",
        "list",
        "after",
        {"en": "Availability", "zh": "可用性"},
        "10",
        fewest=0,
        most=4,
        required=False,
        aspects={
            "code": {"en": "code", "zh": "代码"},
            "data": {"en": "data", "zh": "数据"},
            "weights": {"en": "weights", "zh": "权重"},
            "compute": {"en": "compute", "zh": "算力"},
        },
    ),
    ReviewField(
        "abstract",
        "text",
        "head",
        {"en": "Abstract", "zh": "摘要"},
        required=False,
        longest={"en": 4_000},
        description="the abstract translated",
    ),
)
"""In the order in which a model writes them. Authors and links are not among them: they are facts
of the source.
"""

BY_KEY: Mapping[str, ReviewField] = {one.key: one for one in REVIEW_FIELDS}


def fields_in(group: Group) -> tuple[ReviewField, ...]:
    """The fields that a post shows in one place, in order."""
    return tuple(one for one in REVIEW_FIELDS if one.group == group)


def keys_in(*groups: Group) -> tuple[str, ...]:
    """The keys of the fields of several groups, in the order of the table."""
    return tuple(one.key for one in REVIEW_FIELDS if one.group in groups)


def field_labels(language: str) -> dict[str, str]:
    """The label of each field by its key, and of each aspect by its own."""
    labels = {one.key: one.label(language) for one in REVIEW_FIELDS}
    for one in REVIEW_FIELDS:
        for key, words in one.aspects.items():
            labels[f"{one.key}_{key}"] = words.get(language, words["en"])
    return labels


def summary_limit(language: str) -> int:
    """Characters of the one-line summary."""
    return BY_KEY["summary"].longest_in(language, 0)
