"""More or less, better or worse, ours or a baseline's: what a statement compares, and its passage."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.summarize.verify.quotes.passages import Located
from pipeline.summarize.verify.support.cues import cues
from pipeline.summarize.verify.tables.table_labels import names_in


@dataclass(frozen=True, slots=True)
class BaselineForms:
    """How a passage gives the value of what it compares with."""

    value: re.Pattern[str] = re.compile(r"(?<![\w.])\d+\.\d+", re.ASCII)
    reach: int = 60
    """Characters on either side of a value that tell whose it is."""
    before: re.Pattern[str] = re.compile(
        r"(?:\b(?:original|baselines?|previous|prior|teacher|existing|earlier)\b"
        r"|\bcompared (?:to|with)\b|\bthan\b|\bover\b|\bagainst\b|\bfrom\b)[^,.;]*$",
        re.IGNORECASE,
    )
    behind: re.Pattern[str] = re.compile(
        r"^[^,.;]{0,20}\b(?:for|of|by) (?:the )?(?:\w+[- ]){0,3}(?:baselines?|original|previous|prior|teacher)\b",
        re.IGNORECASE,
    )
    said: re.Pattern[str] = re.compile(
        r"基线|原(?:始|有|来|版)|先前|此前|之前|以前|已有|现有|教师|对比|其他|最强|从|由|于|比"
        r"|\b(?:baselines?|original|previous|prior|existing|counterparts?|teacher|strongest|state-of-the-art|from|earlier|than|over|against|by)\b",
        re.IGNORECASE | re.ASCII,
    )
    """What tells in a statement that a value is another one's."""


baseline_forms = BaselineForms()


def value_of_baseline(statement: str, _quote: str, located: Located) -> str:
    """The one value of a statement, where its passage gives it for what is compared with."""
    told = baseline_forms.value.findall(statement)
    if len(told) != 1 or baseline_forms.said.search(statement):
        return ""
    text = located.text
    found = list(baseline_forms.value.finditer(text))
    others = [one for one in found if one[0] != told[0]]
    given = [one for one in found if one[0] == told[0]]
    if not others or len(given) != 1:
        return ""
    ends = [one.end() for one in others if one.end() <= given[0].start()]
    starts = [one.start() for one in others if one.start() >= given[0].end()]
    before = text[max(ends, default=0) : given[0].start()]
    behind = text[given[0].end() : min(starts, default=len(text))]
    is_other = baseline_forms.before.search(before[-baseline_forms.reach :])
    return told[0] if is_other or baseline_forms.behind.search(behind) else ""


def reversed_direction(statement: str, quote: str, located: Located) -> str:
    """More where the passage has less, where neither compares two things or denies."""
    known = cues()
    texts = (statement, located.text)
    if any(
        known.better.search(text) or known.worse.search(text) for text in texts
    ):
        return ""
    for axis in known.axes:
        there = axis.sign(quote) or axis.sign(located.text)
        if axis.sign(statement) * there < 0 and not axis.is_unclear(statement):
            found = axis.up.search(statement) or axis.down.search(statement)
            return found[0] if found else ""
    return ""


def exchanged_sides(statement: str, _quote: str, located: Located) -> str:
    """Two names whose places in a comparison are exchanged."""
    said, there = _relation(statement), _relation(located.text)
    if said is None or there is None:
        return ""
    same = said.first & there.first and said.second & there.second
    swapped = said.first & there.second and said.second & there.first
    if swapped and not same and said.sign == there.sign:
        return said.words
    if same and not swapped and said.sign != there.sign:
        return said.words
    return ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A comparison: the names before and behind it, and which side is better."""

    first: frozenset[str]
    second: frozenset[str]
    sign: int
    words: str


def _relation(text: str) -> Relation | None:
    """The only comparison of a text; None where there are several, or a denial."""
    known = cues()
    if known.denial.search(text):
        return None
    signed = ((known.better, 1), (known.worse, -1))
    found = [
        (one, sign)
        for pattern, sign in signed
        for one in pattern.finditer(text)
    ]
    if len(found) != 1:
        return None
    (one, sign), *_ = found
    before, behind = names_in(text[: one.start()]), names_in(text[one.end() :])
    return Relation(before - behind, behind - before, sign, one[0])
