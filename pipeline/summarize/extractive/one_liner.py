"""One line of at most 100 characters out of a paper's own sentences.

A sentence that fits is taken whole. Of a longer one its main clause is taken ("We present X, a
model for Y" of "We present X, a model for Y which …"): verbatim, and never cut in half.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.summarize.extractive.slots import ABSTRACT, Sentence
from pipeline.summarize.review.draft import SUMMARY_LIMIT


@dataclass(frozen=True, slots=True)
class OneLinerRules:
    """Limits and patterns of one liner."""

    tries: int = 14
    """Best sentences that are tried for the line."""
    subject: str = (
        r"(?:we|(?:this|the present|our) (?:paper|work|article|study|survey|review|thesis|research)"
        r"|our (?:\w+ )?(?:method|approach|model|framework|system|network|analysis|results?|experiments?|findings))"
    )
    verb: str = (
        r"(?:propos|present|introduc|develop|describ|design|stud|investigat|address|explor|consider|build|releas|examin|survey"
        r"|review|analy[sz])\w*"
    )
    weak: str = (
        r"(?:implement|provid|offer|tackl|compar|evaluat|benchmark|establish|deriv|prov(?:e|es|ed)\b|formulat|show|find"
        r"|demonstrat|reveal|use[sd]?\b|employ|extend|report|achiev|outperform|improv|reach|obtain|focus|aim)\w*"
    )
    lead: str = (
        r"(?:(?:In|With) (?:this|our) (?:paper|work|study|article|survey|review|letter), "
        r"|To (?:this end|[^,]{5,60}), )?"
    )
    name: str = r"[A-Z][\w-]*[A-Z0-9][\w-]* (?:\w+ly )?(?-i:[a-z]+s)\b"
    """What is presented, and what it does: ResNet learns."""
    says: re.Pattern[str] = re.compile(
        rf"(?:{lead}{subject} (?:\w+ly )?(?:{verb}|(?P<weak>{weak}))|(?-i:{name}))(?: \S+){{3,}}",
        re.IGNORECASE,
    )
    """Subject, verb and object: what a clause holds that may end before the next phrase."""
    elsewhere: re.Pattern[str] = re.compile(
        r"\b(?:such|these|those|them|it|its)\b|\bthis (?!paper|work|article|study|survey|review|thesis)"
        r"|[A-Za-z]\d+(?:,\d+)+$"
    )
    """What a line of its own leaves open, or a raised citation at its end."""
    says_zh: re.Pattern[str] = re.compile(
        "(?:本文|我们|本研究|该文).{0,12}(?:提出|设计|介绍|研究|探讨|构建|给出|分析|综述)"
    )
    inside: re.Pattern[str] = re.compile(
        r"\b(?:that|which|where|whether|how|who|is|are|was|were|can|and|both|either)\b|:"
    )
    """Words that begin or fill a second clause; that one would be cut in half."""
    end: re.Pattern[str] = re.compile(
        r",? (?=(?:that|which|where|by|using|via|through|based on|to|for|with|in order to|so that|without|while|consisting"
        r"|named|called|capable)\b)|, (?=(?:an?|the|and|based|\w+ing)\b)|; "
    )
    unfinished: re.Pattern[str] = re.compile(
        r"\b(?:and|or|of|the|an?|both|between|such|as|not|only|more|in|on|at|from|into|new|novel)$"
    )
    passive: re.Pattern[str] = re.compile(r"(?:by|to|on|for|with)\b")


_rules = OneLinerRules()


SHORT, TERSE = 50, 3
"""Characters below which a line says little, and how many places in the ranking that costs it."""
PURPOSE, WEAK = 4, 8
"""Places that it costs to begin with a purpose ("To keep lamps, we …") and to say what was
found or used only.
"""


def line_of(ranked: Sequence[Sentence]) -> tuple[str, int] | None:
    """The line and its page, from sentences ranked by how well they say what the paper does."""
    tried = [
        (place, _line(one), one.page)
        for place, one in enumerate(ranked[: _rules.tries])
    ]
    lines = [
        (place + _cost(line), line, page) for place, line, page in tried if line
    ]
    if not lines:
        return None
    _, line, page = min(lines, key=lambda one: one[0])
    return line, page


def _cost(line: str) -> int:
    says = _rules.says.match(line)
    weak = bool(says and says["weak"])
    return (
        TERSE * (len(line) < SHORT)
        + PURPOSE * line.startswith("To ")
        + WEAK * weak
    )


def _line(sentence: Sentence) -> str:
    says = _rules.says.match(sentence.text)
    if not sentence.alone or not (says or _rules.says_zh.search(sentence.text)):
        return ""
    if (
        says
        and says["weak"]
        and sentence.place != ABSTRACT
        and not sentence.text.startswith(("This", "In this"))
    ):
        return ""
    line = (
        sentence.text
        if len(sentence.text) <= SUMMARY_LIMIT
        else clause(sentence.text)
    )
    return "" if _rules.elsewhere.search(line) else line


def clause(sentence: str) -> str:
    """The longest beginning that is a clause of its own and fits the line, or ""."""
    for found in reversed(list(_rules.end.finditer(sentence))):
        start, rest = sentence[: found.start()], sentence[found.end() :]
        whole = start.count("(") == start.count(")") and not (
            start.endswith("ed") and _rules.passive.match(rest)
        )
        if (
            len(start) <= SUMMARY_LIMIT
            and whole
            and _rules.says.match(start)
            and not _open(start)
        ):
            return start
    return ""


def _open(start: str) -> bool:
    return bool(_rules.inside.search(start) or _rules.unfinished.search(start))
