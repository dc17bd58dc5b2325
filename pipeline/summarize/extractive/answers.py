"""What answers each item of a review without a model; an item for which nothing fits stays empty.

The abstract answers first, by the role of its sentences; then the sections where papers say such
things. Others' work answers nothing but the item on past methods.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.common.sentences import split_sentences
from pipeline.paper import Claim, Document, Figure
from pipeline.summarize.extractive.abstract_roles import Role, roles_of
from pipeline.summarize.extractive.sentence_choice import stands_alone
from pipeline.summarize.extractive.slots import (
    ABSTRACT,
    METHOD,
    OPENING,
    RELATED,
    Item,
    Sentence,
    items,
)
from pipeline.summarize.review.draft import QUOTE_LIMIT


@dataclass(frozen=True, slots=True)
class AnswersRules:
    """Limits and patterns of answers."""

    points: int = 2
    """Most sentences of an item."""
    steps: int = 7
    """Most steps of the method."""
    contributions: int = 3
    """Most entries of a contribution list."""
    others: re.Pattern[str] = re.compile(
        r"\bet al\b|\b[A-Z][a-z]+ (?:and|&) [A-Z][a-z]+ \(?(?:19|20)\d\d|^\s*\[\d+\]"
        r"|\b(?:their|they) (?:propos|introduc|present|method|approach|model)"
        r"|\bbaselines?\b(?!.{0,40}\b(?:outperform|surpass|by|than))",
    )
    """Speaks of somebody else's work or of what ours is compared with."""
    number: re.Pattern[str] = re.compile(
        r"\d+(?:\.\d+)?\s*(?:%|×|x\b|dB|points?|fps|ms|s\b)|\b\d+\.\d+\b|倍|\d+%"
    )
    list_head: re.Pattern[str] = re.compile(
        r"\bcontributions?\b.{0,80}(?:are|is|include|can be|as follows|summari[sz]ed|threefold|:)"
        r"|贡献(?:如下|包括|有|主要)|主要贡献",
        re.IGNORECASE,
    )
    limit: re.Pattern[str] = re.compile(
        r"\b(?:limitations?|limited to|cannot|can not|failure cases?|struggles?"
        r"|future work|remains? (?:an? )?(?:open|challeng|difficult)|not (?:yet|able|handle)|drawback)\b"
        r"|局限|不足|未来工作|尚不能|无法",
        re.IGNORECASE,
    )
    limit_title: re.Pattern[str] = re.compile(
        r"limitation|discussion|future|conclu|局限|讨论|结论|展望",
        re.IGNORECASE,
    )
    given: str = r"(?:available|released|open-?sourced|published)\b"
    compute: re.Pattern[str] = re.compile(
        r"\b(?:GPUs?|A100|V100|H100|RTX|TPU|GPU[- ]hours?)\b.{0,80}\b(?:train|hours?|days?|took|takes)"
        r"|\btrain\w*\b.{0,80}\b(?:GPUs?|A100|V100|H100|RTX|TPU)",
        re.IGNORECASE,
    )
    label: re.Pattern[str] = re.compile(r"(?:Table|TABLE|Tab\.?|表)\s*\S{1,6}")
    link: re.Pattern[str] = re.compile(
        r"^(?:however|yet|unfortunately|nevertheless|to (?:address|tackle|solve|overcome|fill|bridge)"
        r" (?:this|these|the) [\w -]{3,40}|to this end), ",
        re.IGNORECASE,
    )
    """How a sentence is tied to the one before without needing it."""
    presents: re.Pattern[str] = re.compile(
        r"\b(?:we|this (?:paper|work|article|study|survey|letter)) (?:\w+ly )?(?:propos|present|introduc|develop"
        r"|describ|investigat|stud|survey|review|design|releas)|本文.{0,8}(?:提出|介绍|研究|设计)",
        re.IGNORECASE,
    )
    section_number: re.Pattern[str] = re.compile(
        r"^(?:[A-Z\d]+(?:\.\d+)*\.?|[IVX]+\.)\s+"
    )


_rules = AnswersRules()


def _given(things: str) -> re.Pattern[str]:
    """Match a sentence that gives such things away, in either order of the words."""
    return re.compile(
        rf"\b(?:{things})\b[^.;]{{0,60}}\b(?:is|are|be|made|been|can be found|at)\b[^.;]{{0,30}}{_rules.given}"
        rf"|\b(?:release|open-?source|publish|make)\b[^.;]{{0,50}}\b(?:{things})\b"
        rf"|(?:{things})[^。；]{{0,20}}(?:公开|开源|发布)|(?:公开|开源|发布)[^。；]{{0,12}}(?:{things})",
        re.IGNORECASE,
    )


_AVAILABLE = {
    "code": _given("code|implementation|代码"),
    "data": _given(
        "data ?sets?|corpus|corpora|benchmarks?|annotations|数据集?"
    ),
    "weights": _given("weights|checkpoints|trained models?|权重"),
}


def answer_items(
    sentences: Sequence[Sentence], document: Document
) -> dict[str, tuple[Claim, ...]]:
    """Answer the items of a review with sentences of the paper, each at most once."""
    answers = SentenceChooser(sentences)
    found = {
        "background": answers.by_role("background")
        or answers.by_item("background"),
        "past": answers.by_role("past") or answers.by_item("past"),
        "method": answers.by_role("method"),
        "performance": answers.by_role("result", is_valued)
        or answers.by_item("performance", is_valued),
        "significance": answers.by_role("meaning", is_meaning)
        or answers.by_item("significance"),
        "innovation": answers.contributions() or answers.by_item("innovation"),
        "results": answers.by_item("results", is_valued),
        "workload": answers.by_item("workload", is_valued),
        "limits": answers.limits(),
    }
    claims = {
        name: tuple(map(_claim, chosen)) for name, chosen in found.items()
    }
    claims["performance"] = claims["performance"] or main_table_claim(document)
    claims["methods"] = answers.steps()
    claims["availability"] = answers.availability()
    return claims


def is_valued(sentence: Sentence) -> bool:
    """Tell whether a sentence gives a number of the work itself."""
    return sentence.own and bool(_rules.number.search(sentence.text))


def is_meaning(sentence: Sentence) -> bool:
    """Tell whether a sentence says more than where the code is."""
    return not availability_aspect(sentence.text)


def is_clear(sentence: Sentence) -> bool:
    """Tell whether a sentence can be understood alone, its first "However," left aside."""
    return sentence.alone or stands_alone(_rules.link.sub("", sentence.text))


def availability_aspect(text: str) -> str:
    """Tell what of the work a sentence gives away: code, data, weights, compute; "" for none."""
    for aspect, pattern in _AVAILABLE.items():
        if pattern.search(text):
            return aspect
    return "compute" if _rules.compute.search(text) else ""


def is_of_others(text: str) -> bool:
    """Tell whether a sentence speaks of somebody else's work."""
    return bool(_rules.others.search(text))


class SentenceChooser:
    """The sentences of one paper, and which of them have been given."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._all = sentences
        self._given: set[str] = set()
        abstract = [one for one in sentences if one.place == ABSTRACT]
        roles = roles_of([one.text for one in abstract])
        self._roles: list[tuple[Sentence, Role]] = list(
            zip(abstract, roles, strict=True)
        )

    def by_role(
        self, role: Role, fits: Callable[[Sentence], bool] = lambda _: True
    ) -> list[Sentence]:
        """Give the first sentences of the abstract with a role."""
        found = [
            one
            for one, own_role in self._roles
            if own_role == role
            and fits(one)
            and self._is_fresh(one)
            and is_clear(one)
        ]
        return self._give(found)

    def by_item(
        self, name: str, fits: Callable[[Sentence], bool] = lambda _: True
    ) -> list[Sentence]:
        """Give the sentences of the sections that answer an item, those that fit it best."""
        item = items()[name]
        found = [
            one
            for one in self._all
            if one.place in item.places
            and item.cues.search(one.text)
            and not item.avoid.search(one.text)
            and _speaks_for(one, item)
            and fits(one)
            and self._is_fresh(one)
            and is_clear(one)
            and (name == "past" or not self._is_foreign(one))
        ]
        best = sorted(found, key=item.fit, reverse=True)[
            : 1 if name == "results" else _rules.points
        ]
        return self._give(sorted(best, key=self._all.index))

    def contributions(self) -> list[Sentence]:
        """Give the entries of the list of contributions."""
        for place, one in enumerate(self._all):
            if one.place == OPENING and _rules.list_head.search(one.text):
                rest = self._all[place + 1 : place + 8]
                entries = [
                    after
                    for after in rest
                    if after.section == one.section
                    and after.own
                    and self._is_fresh(after)
                ]
                return self._give(entries, _rules.contributions)
        return []

    def limits(self) -> list[Sentence]:
        """Give what the authors say of the limits of their work."""
        found = [
            one
            for one in self._all
            if _rules.limit_title.search(one.section)
            and _rules.limit.search(one.text)
            and is_clear(one)
            and self._is_fresh(one)
            and not self._is_foreign(one)
        ]
        titled = [
            one
            for one in found
            if "limit" in one.section.lower() or "局限" in one.section
        ]
        return self._give(titled or found)

    def availability(self) -> tuple[Claim, ...]:
        """Give the sentences that say where code, data and weights are, and what it took."""
        found: dict[str, Sentence] = {}
        own = [
            one for one in self._all if one.own and not self._is_foreign(one)
        ]
        for one in own:
            aspect = availability_aspect(one.text)
            if aspect and one not in found.values():
                found.setdefault(aspect, one)
        return tuple(
            replace(_claim(one), aspect=aspect) for aspect, one in found.items()
        )

    def steps(self) -> tuple[Claim, ...]:
        """Give the first own sentence of each part of the method, after the part's title."""
        steps: dict[str, Claim] = {}
        for one in self._all:
            if (
                one.place != METHOD
                or one.section in steps
                or self._is_foreign(one)
            ):
                continue
            if (
                one.own
                and one.alone
                and self._is_fresh(one)
                and not _rules.link.match(one.text)
            ):
                self._given.add(one.text)
                steps[one.section] = _titled(one)
        return tuple(_spread(list(steps.values()), _rules.steps))

    def takeaways(
        self, ranked: Iterable[Sentence], most: int
    ) -> list[Sentence]:
        """Give the most central sentences that can be understood alone and are the paper's own."""
        roles = {one.text: role for one, role in self._roles}
        found = [
            one
            for one in ranked
            if is_clear(one)
            and not self._is_foreign(one)
            and (
                one.own
                or roles.get(one.text) in ("method", "result", "meaning")
            )
        ]
        return sorted(found[:most], key=self._all.index)

    def own_method(self) -> list[Sentence]:
        """Give the sentences of the abstract that say what is presented, those first that do."""
        own = [one for one, role in self._roles if role == "method" and one.own]
        return sorted(own, key=lambda one: not _rules.presents.search(one.text))

    def _is_fresh(self, one: Sentence) -> bool:
        return one.text not in self._given

    def _is_foreign(self, one: Sentence) -> bool:
        return one.place == RELATED or is_of_others(one.text)

    def _give(
        self, found: Sequence[Sentence], most: int = _rules.points
    ) -> list[Sentence]:
        chosen = list(found[:most])
        self._given |= {one.text for one in chosen}
        return chosen


def _speaks_for(one: Sentence, item: Item) -> bool:
    """Whether a sentence speaks of the work itself where the item wants it, and not where not."""
    if item.own == 0:
        return True
    return one.own == (item.own > 0)


def main_table_claim(document: Document) -> tuple[Claim, ...]:
    """Give the first sentence of the caption of the first table with results."""
    tables = [one for one in document.figures if one.kind == "table"]
    shown = next(filter(_is_of_results, tables), None)
    if shown is None:
        return ()
    first = _first_sentence(shown.caption)
    return (Claim(first, _quote(first), shown.page),)


def _first_sentence(caption: str) -> str:
    """The first sentence of a caption, its label before it: "Table 1. Results on NightLamp."."""
    label, *rest = split_sentences(caption)
    return (
        f"{label} {rest[0]}"
        if rest and _rules.label.fullmatch(label)
        else label
    )


def _is_of_results(table: Figure) -> bool:
    words = (
        r"result|compar|performance|evaluat|accuracy|ablation|结果|对比|性能"
    )
    return bool(re.search(words, table.caption, re.IGNORECASE))


def _titled(one: Sentence) -> Claim:
    title = _rules.section_number.sub("", one.section).strip(" .:")
    return Claim(
        f"{title}: {one.text}" if title else one.text,
        _quote(one.text),
        one.page,
    )


def _claim(one: Sentence) -> Claim:
    return Claim(one.text, _quote(one.text), one.page)


def _quote(text: str) -> str:
    return " ".join(text.split()[:QUOTE_LIMIT])


def _spread(chosen: list[Claim], most: int) -> list[Claim]:
    """At most so many, evenly from the first to the last."""
    if len(chosen) <= most:
        return chosen
    return [
        chosen[round(at * (len(chosen) - 1) / (most - 1))] for at in range(most)
    ]
