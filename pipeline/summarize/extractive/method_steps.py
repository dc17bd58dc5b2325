"""The steps of the method: what is done first in each of its sections."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.paper import Claim
from pipeline.summarize.extractive.sentence_tests import (
    is_of_others,
    tells_what_was_done,
)
from pipeline.summarize.extractive.sentences.collected import (
    Sentence,
    claim_of,
)
from pipeline.summarize.extractive.sentences.section_kinds import METHOD
from pipeline.summarize.extractive.sentences.self_reference import SelfReference


@dataclass(frozen=True, slots=True)
class StepRules:
    """Limits of steps, and the words that tell them."""

    steps: int = 7
    """Most steps of the method."""
    title: int = 70
    """Characters of a section's title that is put before a step."""
    beginning: int = 160
    """Characters of a sentence in which the authors and what they do are named."""
    step_title: re.Pattern[str] = re.compile(
        r"background|next step|preliminar|problem|notation|related|basics|motivation|challenge|future|ethic|example"
        r"|result|experiment|discussion"
        r"|limitation|\bwhy\b|complexity|running time|definition|application|comparison|evaluat|analysis"
        r"|performance|case|intuition|properties|recommendation"
        r"|practical|review of|task|背景|问题|定义",
        re.IGNORECASE,
    )
    """Sections that tell no step of the method."""
    plain_title: re.Pattern[str] = re.compile(
        r"(?:(?:our|the|proposed|materials and) )*(?:methods?|methodology|methodologies|approach|model|system"
        r"|overview|work|)",
        re.IGNORECASE,
    )
    """Titles that say nothing beside the heading of the item."""
    step: str = (
        r"(?:propos|introduc|design|develop|use\b|uses\b|employ|adopt|appl(?:y|ies)|train|build|construct"
        r"|formulat|combin|integrat|learn|generat"
        r"|comput|extract|encod|decod|predict|optimi|leverag|utili[sz]|implement|fine-?tun|initiali|project"
        r"|fuse|align|collect|annotat|sampl"
        r"|model|represent|condition|render|estimat|minimi|augment|pre-?train|distill|calculat|measur|solv"
        r"|deriv|consists?|takes?\b|feed|split"
        r"|convert|divid|select|process|perform|place|treat|incorporat|devis|present|equip|replac|share|map"
        r"|aggregat|concatenat|cast|create|describe the|track|group|averages?\b(?! of)|connect|remov|assign|parameteri[sz]e"
        r"|discreti[sz]e|normali[sz]|quanti[sz]|cluster|embed|insert|filter|rank|mask|warp|transform|translate|detect"
        r"|segment|retriev|merge|stack|attach|fit\b|tune|crop|resize|begin with|start (?:with|from|by)"
        r"|follows? an?\b|is (?:based|trained|built|composed|designed|implemented)|are (?:trained|computed"
        r"|based)|subdivid|decompos)"
    )
    passive: re.Pattern[str] = re.compile(
        r"^(?:The|Each|All|Both|Every|These|An?|Our|Two|Three)\b[^,.;:()]{1,70}? (?:is|are) (?:then |first |[a-z]+ly )?"
        r"(?!(?:based|shown|known|needed|required|expected|defined|illustrated|depicted|summari[sz]ed|listed|described|discussed"
        r"|motivated|inspired|limited|related|called|denoted|designed|used|supposed|concerned|interested|considered)\b)"
        r"[a-z]+(?:ed|en|own|lt|pt) (?:by|from|with|into|through|using|via)\b"
    )
    """Tells in the passive of today how a part is made: "The two are combined by a gate"."""
    active: re.Pattern[str] = re.compile(
        r"^(?:The|An?|Our|Each) (?:[\w-]+ ){1,4}(?:turns|maps|takes|predicts|encodes|decodes|produces|generates|extracts"
        r"|combines|fuses|computes|learns|outputs|receives|converts|transforms|aggregates|attends|projects"
        r"|removes|replaces|selects|supplies|estimates|splits|samples|refines)\b"
    )
    """Tells what a part does: "A recogniser turns the recording into features"."""
    hedge: re.Pattern[str] = re.compile(
        r"\b(?:would|could|may|might|show|in a later|needs? to|needs to|want to|aim(?:s|ed)? to|can then"
        r"|previous section|then|again|now|also|another|results|better|Here|they)\b|\?|\bsamples? \d"
        r"|\b(?:we|I) (?:\w+ly )?(?:note|observe|find|found|see|hypothes|believe|emphas|assume|remark|refer"
        r"|recall|know|expect)"
        r"|\bour (?:goal|aim|objective|study|motivation|intuition|hypothesis|results?|experiments?|paper|work)\b",
        re.IGNORECASE,
    )
    """What a step of the method does not say."""
    section_number: re.Pattern[str] = re.compile(
        r"^(?:\(?[A-Z\d]+(?:\.\d+)*[.)]?|[IVX]+\.|\(\d+\))\s+"
    )


_rules = StepRules()


def steps_of(
    sentences: Iterable[Sentence],
    own: SelfReference,
    may_show: Callable[[Sentence], bool],
) -> list[tuple[Sentence, Claim]]:
    """Give the first sentence of each part of the method that tells what is done.

    Args:
        sentences: of the whole paper, in order.
        own: how the paper speaks of itself.
        may_show: whether a sentence stands alone and is not shown elsewhere.

    Returns:
        Each sentence with its statement, which begins with the title of the part.
    """
    does = re.compile(
        rf"{own.subject}(?: [\w-]+ly| first| further)? {_rules.step}",
        re.IGNORECASE,
    )
    parts: dict[str, list[Sentence]] = {}
    for one in sentences:
        titled = _rules.step_title.search(one.section)
        if one.place == METHOD and not titled and may_show(one):
            parts.setdefault(one.section, []).append(one)
    told = [_step_in(part, does, own) for part in parts.values()]
    steps = [(one, _titled(one)) for one in told if one]
    return _spread(steps, _rules.steps)


def _step_in(
    part: Sequence[Sentence], does: re.Pattern[str], own: SelfReference
) -> Sentence | None:
    """The first sentence of a part that says what the authors do, or else how a thing is made."""
    if own.is_survey:
        told = [one for one in part if _is_own_step(one, does)]
    else:
        told = [
            one
            for one in part
            if _is_own_step(one, does) or tells_what_was_done(one)
        ]
        told += [one for one in part if _rules.passive.search(one.text)]
        told += [one for one in part if _rules.active.search(one.text)]
    return next(filter(_is_step, told), None)


def _is_own_step(one: Sentence, does: re.Pattern[str]) -> bool:
    return one.leads and bool(does.search(one.text[: _rules.beginning]))


def _is_step(one: Sentence) -> bool:
    return not _rules.hedge.search(one.text) and not is_of_others(one)


def _titled(one: Sentence) -> Claim:
    title = _rules.section_number.sub("", one.section).strip(" .:-")
    claim = claim_of(one)
    if _rules.plain_title.fullmatch(title) or len(title) > _rules.title:
        return claim
    return replace(claim, text=f"{title}: {one.text}")


def _spread(
    chosen: Sequence[tuple[Sentence, Claim]], most: int
) -> list[tuple[Sentence, Claim]]:
    """At most so many, evenly from the first to the last."""
    if len(chosen) <= most:
        return list(chosen)
    return [
        chosen[round(at * (len(chosen) - 1) / (most - 1))] for at in range(most)
    ]
