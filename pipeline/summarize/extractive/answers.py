"""What answers each item of a review without a model; an item for which nothing fits stays empty.

The abstract answers first, by the role of its sentences; then the sections where papers say such
things. Others' work answers nothing but the item on past methods. No sentence answers two items.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.paper import Claim
from pipeline.summarize.extractive.availability import availability_aspects
from pipeline.summarize.extractive.method_steps import steps_of
from pipeline.summarize.extractive.sentence_tests import (
    is_about_work,
    is_done_by_authors,
    is_first_of_method,
    is_inclusion,
    is_limit,
    is_main_point,
    is_meaning,
    is_noun_phrase,
    is_of_field,
    is_of_method,
    is_of_others,
    is_of_past,
    is_own_value,
    is_presenting,
    is_promise,
    is_result,
    is_setup,
    is_titled_limit,
    is_valued,
    tells_where_to_get,
)
from pipeline.summarize.extractive.sentences.abstract_roles import (
    ROLES,
    Role,
    roles_of,
)
from pipeline.summarize.extractive.sentences.collected import (
    Sentence,
    claim_of,
)
from pipeline.summarize.extractive.sentences.section_kinds import (
    ABSTRACT,
    OPENING,
)
from pipeline.summarize.extractive.sentences.self_reference import SelfReference
from pipeline.summarize.extractive.slots import items_of
from pipeline.summarize.extractive.summary_line import summary_sentence

Test = Callable[[Sentence], bool]


@dataclass(frozen=True, slots=True)
class AnswersRules:
    """How many sentences answer an item, and where they are looked for."""

    points: int = 2
    """Most sentences of an item."""
    contributions: int = 3
    """Most entries of the list of contributions."""
    findings: tuple[Role, ...] = ("method", "result", "meaning")
    """Roles of the sentences of an abstract that may be takeaways."""
    tried: re.Pattern[str] = re.compile(
        r"^(?:[\w-]+ ){0,5}(?:experiment|evaluation|result)|^We (?:\w+ )?(?:evaluate|demonstrate|validate|achieve"
        r"|conduct|show|perform|report|test|verify)",
        re.IGNORECASE,
    )
    """Entries of a list of contributions that tell of experiments, not of something new."""
    again: int = 3
    """Sentences of the items that are said again where there are no other takeaways."""
    announced: re.Pattern[str] = re.compile(
        r"^(?:In this (?:work|paper|study|article),? )?[Ww]e (?:also |further |first )?"
        r"(?:consider|discuss|review|describe|outline)\b"
        r"|^(?:More|Further|Additional|Future)\b.*\bneeded\b"
    )
    """Says what the paper speaks of and nothing to take away."""
    limit_title: re.Pattern[str] = re.compile(
        r"limitation|discussion|conclu|局限|讨论|结论",
        re.IGNORECASE,
    )
    """Sections in which authors admit limits."""


_rules = AnswersRules()


class SentenceChooser:
    """The sentences of one paper, and which of them have been given."""

    def __init__(
        self, sentences: Sequence[Sentence], own: SelfReference
    ) -> None:
        self._all = sentences
        self._given: set[str] = set()
        self._summary: Sentence | None = None
        self._items = items_of(own)
        self._own = own
        abstract = [one for one in sentences if one.place == ABSTRACT]
        self._roles: list[tuple[Sentence, Role]] = list(_roles_of(abstract))
        self._findings = {
            one.text for one, role in self._roles if role in _rules.findings
        }

    def answers(self) -> dict[str, tuple[Claim, ...]]:
        """Answer the items of a review, the surest first, each sentence once.

        The order counts: a sentence that answers one item is lost to those after it.
        """
        found = {
            "background": self._by_role("background", is_of_field)
            or self._by_item("background", is_of_field),
            "past": self._by_role("past", is_of_past)
            or self._by_item("past", is_of_past),
            "method": self._by_role("method", is_first_of_method)
            or self._summary_again()
            or self._by_role("method", is_of_method),
            "performance": self._by_role("result", is_valued)
            or self._by_role("result", is_result)
            or self._by_item("performance", is_own_value),
            "significance": self._by_role("meaning", is_meaning),
            "innovation": self._contributions()
            or self._by_item("innovation", is_about_work),
        }
        available = self._availability()
        found |= {
            "workload": self._by_item(
                "workload",
                is_about_work if self._own.is_survey else is_done_by_authors,
            ),
            "results": self._by_item("results", is_own_value, most=1),
            "limits": self._limits(),
            "significance": found["significance"]
            or self._by_item("significance", is_about_work),
        }
        claims = {
            name: tuple(map(claim_of, chosen)) for name, chosen in found.items()
        }
        return {**claims, "methods": self._steps(), "availability": available}

    def summary(
        self, title: str, longest: int, more: Iterable[Sentence]
    ) -> Sentence | None:
        """Give the sentence that says best what the paper does.

        Args:
            title: of the paper.
            longest: characters that it may have, if one so short does.
            more: sentences that may say it outside the abstract, best first.
        """
        self._summary = summary_sentence(self._roles, more, title, longest)
        if self._summary:
            self._given.add(self._summary.text)
        return self._summary

    def shown(self) -> frozenset[str]:
        """Give the texts that answer something already."""
        return frozenset(self._given)

    def takeaways(
        self, ranked: Iterable[Sentence], most: int
    ) -> list[Sentence]:
        """Give the most central sentences that can be understood alone and are the paper's own.

        None of them answers an item, as long as there are others: a review without takeaways
        would lack what is read first.
        """
        told = [one for one in ranked if self._is_takeaway(one)]
        fresh = [one for one in told if self._is_fresh(one)][:most]
        chosen = fresh or self._told_again()[: _rules.again]
        return sorted(chosen, key=self._all.index)

    def _summary_again(self) -> list[Sentence]:
        """Give the summary, where it is all that the abstract says of the method."""
        again = self._summary
        if again is None:
            return []
        told = is_presenting(again) or is_of_method(again)
        return [again] if told else []

    def _is_takeaway(self, one: Sentence) -> bool:
        """Whether a sentence says alone what the work is, reaches or means."""
        if not one.alone or is_of_others(one) or is_promise(one):
            return False
        if _is_aside(one):
            return False
        if is_main_point(one):
            return True
        told = one.own or is_of_method(one) or is_result(one)
        return told and one.text in self._findings

    def _told_again(self) -> list[Sentence]:
        """Sentences of the abstract on method, results and meaning that an item shows."""
        return [
            one
            for one, _ in self._roles
            if one.text in self._findings
            and one.alone
            and one is not self._summary
            and not _is_aside(one)
        ]

    def _by_role(self, role: Role, fits: Test) -> list[Sentence]:
        """Give the first sentences of the abstract with a role."""
        found = [
            one
            for one, its_role in self._roles
            if its_role == role
            and self._may_show(one)
            and not tells_where_to_get(one)
            and fits(one)
        ]
        return self._give(found)

    def _by_item(
        self, name: str, fits: Test, most: int = _rules.points
    ) -> list[Sentence]:
        """Give the sentences of the sections that answer an item, those that fit it best."""
        item = self._items[name]
        found = [
            one
            for one in self._all
            if item.answered_by(one) and self._may_show(one) and fits(one)
        ]
        best = sorted(found, key=item.worth, reverse=True)[:most]
        return self._give(sorted(best, key=self._all.index), most)

    def _contributions(self) -> list[Sentence]:
        """Give the entries of the list of contributions that are sentences."""
        found = [
            one
            for one in self._all
            if one.contribution
            and one.place == OPENING
            and one.leads
            and self._may_show(one)
            and is_about_work(one)
            and not _rules.tried.search(one.text)
            and not is_noun_phrase(one)
        ]
        return self._give(found, _rules.contributions)

    def _limits(self) -> list[Sentence]:
        """Give what the authors say of the limits of their work."""
        found = [
            one
            for one in self._all
            if _rules.limit_title.search(one.section)
            and self._may_show(one)
            and is_limit(one)
            and not is_of_others(one)
        ]
        titled = [one for one in found if is_titled_limit(one)]
        return self._give(titled or found)

    def _availability(self) -> tuple[Claim, ...]:
        """Give the sentences that say where code, data and weights are, and what it took."""
        found: dict[str, Sentence] = {}
        for one in sorted(self._all, key=lambda one: not self._is_fresh(one)):
            if is_of_others(one) or (not one.alone and "http" not in one.text):
                continue
            for aspect in availability_aspects(one.text):
                found.setdefault(aspect, one)
        self._give(list(found.values()), len(found))
        return tuple(
            replace(claim_of(one), aspect=aspect)
            for aspect, one in found.items()
        )

    def _steps(self) -> tuple[Claim, ...]:
        """Give the steps of the method."""
        steps = steps_of(self._all, self._own, self._may_show)
        self._given |= {one.text for one, _ in steps}
        return tuple(claim for _, claim in steps)

    def _may_show(self, one: Sentence) -> bool:
        return one.alone and self._is_fresh(one)

    def _is_fresh(self, one: Sentence) -> bool:
        return one.text not in self._given

    def _give(
        self, found: Sequence[Sentence], most: int = _rules.points
    ) -> list[Sentence]:
        chosen = list(found[:most])
        self._given |= {one.text for one in chosen}
        return chosen


def _is_aside(one: Sentence) -> bool:
    """Whether a sentence tells where something is to be had, how it was tried out, or what follows."""
    tried = is_setup(one) or is_inclusion(one)
    announced = _rules.announced.match(one.text)
    return tells_where_to_get(one) or tried or bool(announced)


def _roles_of(abstract: Sequence[Sentence]) -> Iterator[tuple[Sentence, Role]]:
    """Each sentence with its role; in a structured abstract, with what its label says."""
    texts = [one.text for one in abstract]
    roles = roles_of(texts, [one.own for one in abstract])
    for one, role in zip(abstract, roles, strict=True):
        part = next((each for each in ROLES if each == one.part), role)
        if one.part == "background" and is_presenting(one):
            part = "method"
        before = one.part == "background" and role == "past"
        yield one, role if before else part
