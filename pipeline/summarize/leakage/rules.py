"""Leftovers of prompts, chat and refusals in a line of text.

A language model that is asked for a review sometimes hands back the form instead of its
content, talks to the user, refuses, or explains what it was not given. rules.toml holds a
family of patterns for each such cause. They look for what the cause leaves behind, never for a
known sentence.

classifier.py adds a learned score for wordings that no pattern has: alone it must be high;
where a pattern found something that may stand in a sentence too, a low one overrules it.

Found and blamed by mistake when each writer's lines are left out of training
(bench/train_leaks.py, 5,007 lines of twelve sources, most of them invented to be hard): patterns
68.8 and 1.3 %, the score 75.4 and 1.6 %, both 87.5 and 2.1 %. Of real lines (409) both find 100 %
and blame 2.1 %, and none once the others of them are trained on; of lines invented in their manner
(writer_2) 98.6 and 0.7. Some patterns were mended after a look at lines of writers 1 to 7 and 11.
"""

from __future__ import annotations

import html
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.summarize.leakage import classifier


@dataclass(frozen=True, slots=True)
class RulesRules:
    """What is taken off a line before it is looked at, and how much of it is."""

    tag: re.Pattern[str] = re.compile(
        r"<!--.{0,200}?-->|</?(?:a|abbr|article|b|blockquote|br|caption|center|cite|code|col|dd|del|details|div|dl|dt"
        r"|em|figcaption|figure|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|mark|ol|p|picture|pre|section|small|source|span"
        r"|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|u|ul|video)\b[^<>]*>",
        re.IGNORECASE,
    )
    markup: re.Pattern[str] = re.compile(
        r"\*\*|(?<!_)__(?!_)|(?<!`)`{1,2}(?!`)"
    )
    gap: re.Pattern[str] = re.compile(
        r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u9fff\uff00-\uffef])"
    )
    note: str = "it reads like a note of the writer, not like a sentence about the paper"
    longest: int = 2_000
    """Characters that are looked at together. A statement has a few hundred; over a line without
    end, as a looping model writes it, the patterns would take quadratic time.
    """
    mark: re.Pattern[str] = re.compile(
        r"^(?:[\s>#*+•·-]+|\(?(?:\d{1,2}|[a-z]|[一二三四五六七八九十])[).、:]\)?\s*)+"
    )
    skeleton_rest: float = 0.2
    """Share of a writing task that may be other words than those that all such tasks share."""
    aside: re.Pattern[str] = re.compile(r"\([^()]{4,}\)")
    heading: re.Pattern[str] = re.compile(
        r"^[\u4e00-\u9fff]{2,10}:\s*(?=[^:]+$)"
    )
    quoted: re.Pattern[str] = re.compile(r"\"[^\"]{1,120}\"|「[^」]{1,120}」")
    titled: re.Pattern[str] = re.compile(
        r"[\W\d]*(?:中文|英文)?(?:title|标题|题目)\W*:[^?]{4,}\?"
    )
    """A title may ask its readers: "1. Title: Do You Know What I Know?"."""
    label: int = 24
    """Characters of a label."""
    around: int = 6
    """Letters that stand around quoted words where they are somebody else's: a line of nothing else
    is not excused.
    """


_rules = RulesRules()


_ASCII = str.maketrans(
    "（）【】［］：；，。！？“”‘’「」『』＜＞《》／",
    '()[][]:;,.!?""\'\'""""<><>/',
)


@dataclass(frozen=True, slots=True)
class LeakOdds:
    """Log odds of the learned score at which it decides."""

    alone: float = 1.1
    """From here on a line is a leftover though no pattern finds anything: of real fine lines
    that were left out of training, a fifth at a time, 1 in 334 reaches it. At 1.3 one more in a
    hundred invented leftovers is missed, and 0.4 fewer fine lines are blamed.
    """
    stated: float = 2.5
    """The same for a statement of a review of ours, where a false alarm costs a call: short
    made-up statements about papers reach 2.0, what readers wrote -0.8.
    """
    backed: float = -1.5
    """Up to here what a pattern finds is taken for chance: the line reads like a sentence about
    a paper.
    """


leak_odds = LeakOdds()


@dataclass(frozen=True, slots=True)
class Family:
    """Traces of one cause."""

    name: str
    reason: str
    trace: re.Pattern[str]
    spoken: bool = False
    """Words in quotation marks do not count: what a model or a user of the paper says is
    reported there.
    """
    sure: bool = False
    """It stands in no sentence about a paper, so that the learned score has no say."""


@dataclass(frozen=True, slots=True)
class _Rules:
    families: tuple[Family, ...]
    task: re.Pattern[str]
    shared: re.Pattern[str]
    form: re.Pattern[str]


@cache
def rules() -> _Rules:
    """The patterns of rules.toml, compiled."""
    data = tomllib.loads(
        files("pipeline.summarize.leakage")
        .joinpath("rules.toml")
        .read_text(encoding="utf-8")
    )
    words: dict[str, str] = {}
    for name, pattern in data["words"].items():
        words[name] = _fill(pattern, words)
    families = tuple(
        Family(
            one["name"],
            one["reason"],
            re.compile(
                "|".join(_fill(each, words) for each in one["patterns"])
            ),
            one.get("spoken", False),
            one.get("sure", False),
        )
        for one in data["family"]
    )
    skeleton = data["skeleton"]
    return _Rules(
        families,
        re.compile(
            rf"^{skeleton['verb']}([^:.;a-z0-9]{{2,48}})[.;]?(?:\([^()]*\))?$"
        ),
        re.compile(skeleton["words"]),
        re.compile(skeleton["form"]),
    )


def _fill(pattern: str, words: dict[str, str]) -> str:
    return re.sub(r"%(\w+)%", lambda name: words[name.group(1)], pattern)


def plain_markdown(line: str) -> str:
    """The line without markup, in lower case, with ASCII punctuation."""
    text = " ".join(
        _rules.markup.sub("", _rules.tag.sub("", html.unescape(line))).split()
    )
    return _rules.gap.sub("", text).translate(_ASCII).lower()


@dataclass(frozen=True, slots=True)
class Trace:
    """What gives a line away."""

    reason: str
    words: str
    """As `plain` has them."""
    sure: bool = False
    """Whether the learned score has no say."""


def find_leak(line: str) -> str | None:
    """The reason why a line must not be published, or None.

    Args:
        line: one line of Markdown or one statement, in any language.
    """
    found = trace(line)
    return found.reason if found else None


def trace(
    line: str,
    alone: float = leak_odds.alone,
    backed: float = leak_odds.backed,
) -> Trace | None:
    """The reason why a line must not be published with the words that show it, or None.

    Args:
        line: as for `find_leak`.
        alone: log odds from which on the learned score counts by itself.
        backed: log odds up to which what a pattern finds is taken for chance.
    """
    pieces = (
        line[at : at + _rules.longest]
        for at in range(0, len(line), _rules.longest)
    )
    found = (_trace(piece, alone, backed) for piece in pieces)
    return next(filter(None, found), None)


def _trace(line: str, alone: float, backed: float) -> Trace | None:
    text = plain_markdown(line)
    found = patterned(text)
    if found and found.sure:
        return found
    score, clause = classifier.judge(unquoted(text))
    if found:
        return found if score > backed else None
    noted = score > alone and not _rules.titled.match(text)
    return Trace(_rules.note, clause) if noted else None


def patterned(text: str) -> Trace | None:
    """What the patterns find in a line as `plain` gives it."""
    told = unquoted(text)
    for family in rules().families:
        if found := family.trace.search(told if family.spoken else text):
            return Trace(
                family.reason,
                found[found.lastindex or 0].strip() or text,
                family.sure,
            )
    bare = _rules.mark.sub("", text)
    if _are_tasks(bare):
        return Trace(
            "it says what to write instead of writing it", text, sure=True
        )
    return (
        Trace("it names the item instead of filling it", text, sure=True)
        if _is_form(bare)
        else None
    )


def unquoted(text: str) -> str:
    """The text without words in quotation marks, if enough stands around them."""
    rest = _rules.quoted.sub("“”", text)
    return rest if len(re.sub(r"\W", "", rest)) >= _rules.around else text


def _are_tasks(text: str) -> bool:
    """Whether a line says what to write, in one clause or in several, with a label or without."""
    clauses = [
        clause
        for clause in _rules.aside.sub("", text).split(";")
        if clause.strip()
    ]
    return bool(clauses) and all(
        _is_task(_rules.heading.sub("", _rules.mark.sub("", clause)))
        for clause in clauses
    )


def _is_task(text: str) -> bool:
    """A writing task such as "describe the aim and hypotheses of the experiment": no word of it
    is about one paper.
    """
    found = rules().task.match(text)
    if not found:
        return False
    said, rest = (
        re.sub(r"\W", "", each)
        for each in (found[1], rules().shared.sub("", found[1]))
    )
    return len(rest) <= _rules.skeleton_rest * len(said)


def _is_form(text: str) -> bool:
    """A label with nothing behind it but what forms consist of: "affiliation: name of the
    institution".
    """
    label, _, content = text.partition(":")
    named = rules().form.search(re.sub(r"\d|\b(?:and|of|the)\b", "", content))
    return (
        bool(named)
        and len(label) <= _rules.label
        and not re.sub(r"\W", "", rules().form.sub("", content))
    )
