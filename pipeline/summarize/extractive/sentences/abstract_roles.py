"""What each sentence of an abstract is there for: background, past, method, result, meaning.

Abstracts keep an order, so the roles are chosen together: the best path over all sentences, where
a step back costs (Viterbi; the moves of Swales 1990 and their cue words).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from pipeline.summarize.extractive.sentences.self_reference import (
    self_reference_rules,
)

Role = Literal["background", "past", "method", "result", "meaning"]
ROLES: tuple[Role, ...] = ("background", "past", "method", "result", "meaning")

_OWN = re.compile(
    r"\b(?:we|(?-i:us)|"
    + self_reference_rules.our
    + r"|ours|the proposed|(?:this|the present) (?:paper|work|article|study"
    r"|survey|review|letter|thesis|chapter|report|research|tutorial|manuscript|contribution)|nous|notre|wir|unser\w*|proponemos)\b|本文|该文|我们|本研究",
    re.IGNORECASE,
)
_CUES: Mapping[Role, re.Pattern[str]] = {
    "background": re.compile(
        r"\b(?:recent(?:ly)?|in recent years|has (?:become|attracted|emerged)|have (?:become|attracted|emerged|shown)"
        r"|important|crucial|essential(?! oils?\b| amino| tremor)|fundamental|widely"
        r"|is a (?:key|central|common|challenging)|plays?)\b"
        r"|近年来|重要|广泛|关键",
        re.IGNORECASE,
    ),
    "past": re.compile(
        r"^(?:however|despite|although|yet|unfortunately|existing|previous|prior)\b"
        r"|\b(?:existing|previous|prior|recent|current|traditional|conventional|earlier|most (?:of the|existing"
        r"|recent|current|previous)) (?:[\w-]+ ){0,3}"
        r"(?:methods?|approaches|works?|models?|techniques|studies|systems|solutions|benchmarks|datasets"
        r"|applications|attacks|algorithms"
        r"|frameworks|strategies|tools|efforts|schemes|pipelines|architectures|detectors|literature|research)\b"
        r"|\b(?:suffers? from|fails? to|struggles?|limited by|remains? (?:\w+ )?(?:challenging|unclear"
        r"|difficult|open|limited)"
        r"|is (?:still )?(?:challenging|difficult|expensive)|lacks?|overlook|neglect)\b"
        r"|\b(?:methods|approaches|models|detectors|techniques|systems|algorithms|networks)\b[^,.;]{0,30}"
        r"\b(?:fail|fall short)\b"
        r"|\bthere (?:is|are|has been|have been) (?:still )?(?:no|not|few|little)\b"
        r"|然而|现有|以往|传统|不足|难以",
        re.IGNORECASE,
    ),
    "method": re.compile(
        r"\b(?:we|this (?:paper|work|article|study)|here we) (?:\w+ly |first |also |further |then )?"
        r"(?:propos|present|introduc|develop|describ|design|build|formulat|investigat|stud(?:y|ies)|explor|address"
        r"|consider|train|use\b|leverage|combin|collect|construct|adapt|extend|model|employ|devis|integrat|enhanc"
        r"|regulari|exploit|optimi|generat|synthesi|edit|appl(?:y|ies)|creat|augment|replac|learn|encod)"
        r"|\b(?:our|the proposed) (?:\w+ ){0,3}(?:method|approach|framework|model|system|network|pipeline|architecture)"
        r" (?:\w+ly )?(?:consists|uses?|learns?|takes|combines|leverages|employs|first|is (?:based|trained|built))"
        r"|\b(?:specifically|in particular|to this end|the key idea|(?:is|are|was|were|will be) (?:proposed|introduced"
        r"|presented|developed|examined|investigated|explored|studied|derived))\b"
        r"|\b(?:aims?|goal|purpose|objective) of (?:this|the present|our)\b|\bthis (?:paper|work|article|study) aims?\b"
        r"|" + self_reference_rules.done + r"|提出|设计了|构建了|采用|利用",
        re.IGNORECASE,
    ),
    "result": re.compile(
        r"\b(?:experiments?|experimental results|results|evaluations?|extensive|empirically|ablation"
        r"|simulations?|analys[ei]s)\b.{0,60}\b(?:show|demonstrat|indicat|reveal|confirm|verif|validat|suggest|on\b)"
        r"|\b(?:outperforms?|surpass|achiev(?:es?|ed|ing)|state-of-the-art (?:performance|results)"
        r"|improv(?:es?|ed|ement)"
        r"|reduc(?:es|ed|ing) .{0,40}by|(?:we|this (?:paper|work|study)) (?:\w+ly |also |further "
        r"|then )?(?:shows?|finds?|found|demonstrates?"
        r"|observed?|reports?|proved?|conclude|estimate|establish|verify|illustrate|confirm|showed|demonstrated))\b"
        r"|\d+(?:\.\d+)?\s*(?:\\?%|percent\b|×|x\b|times\b|dB|points)"
        r"|\b(?:lower|rais|mov|cut|bring|drop|shrink|grow|lift|push|increas|decreas|reduc|rise|fall)\w*\b.{0,70}"
        r"\bfrom \d.{0,20}\bto \d|优于|达到|提升|实验(?:结果)?表明|准确率",
        re.IGNORECASE,
    ),
    "meaning": re.compile(
        r"\b(?:code(?:s|base)?|data(?:set)?|models?|demo|project(?: page)?|library|videos?)\b.{0,50}"
        r"\b(?:available|released?|public|open[- ]?sourc)"
        r"|\b(?:we|to) (?:will )?(?:also )?(?:open[- ]?source|release)\b|\bthe open[- ]source (?:community|implementation)"
        r"|\b(?:implications?|paves?|promising|potential(?:ly)? (?:to|for|applications)|opens? (?:up|the|new|an?)|enabl(?:es"
        r"|ing) (?:new|future)"
        r"|our (?:findings|results|work|study) (?:\w+ )?(?:suggest|highlight|underscor|provid|offer|open|shed)"
        r"|we (?:hope|envision|believe|anticipate)|contributes? to(?:wards?)?\b|steps? towards?|future (?:work"
        r"|research)|can (?:be used"
        r"|serve|help|benefit)|insights?)\b|意义|有望|为.{2,20}提供",
        re.IGNORECASE,
    ),
}


@dataclass(frozen=True, slots=True)
class RoleWeights:
    """What speaks for a role, in units of one cue; set by hand on readers' labels."""

    cue: float = 2.0
    own: float = 1.2
    """Of "we" or "our" for method and result, and against background and past."""
    place: float = 1.0
    """Of standing where the role usually stands, against the far end."""
    bare: float = 1.0
    """What it costs past, result or meaning to have no cue: background and method need none."""
    back: float = 1.6
    """What a step back in the order costs."""
    before: float = 1.5
    """Of standing before the first sentence on the work itself, for background and past, and
    against the others.
    """


_weights = RoleWeights()


def roles_of(
    sentences: Sequence[str], named: Sequence[bool] = ()
) -> list[Role]:
    """Give the role of each sentence of an abstract, in order.

    Args:
        sentences: all of the abstract.
        named: whether each names what the paper presents; none does where nothing is given.
    """
    if not sentences:
        return []
    own = [bool(_OWN.search(text)) for text in sentences]
    own = [bool(here or there) for here, there in zip_longest(own, named)]
    told = [
        here or bool(_CUES["method"].search(text))
        for here, text in zip(own, sentences, strict=True)
    ]
    begin = told.index(True) if True in told else 0
    return _best_path(
        [
            _scores(text, at, len(sentences), own=own[at], before=at < begin)
            for at, text in enumerate(sentences)
        ]
    )


def _best_path(scores: Sequence[Sequence[float]]) -> list[Role]:
    """The roles that fit the sentences best when steps back cost (Viterbi)."""
    best = [list(scores[0])]
    came: list[list[int]] = []
    for values in scores[1:]:
        step = [_best_before(best[-1], role) for role in range(len(ROLES))]
        came.append([before for before, _ in step])
        best.append(
            [
                value + gain
                for value, (_, gain) in zip(values, step, strict=True)
            ]
        )
    path = [max(range(len(ROLES)), key=lambda role: best[-1][role])]
    for before in reversed(came):
        path.append(before[path[-1]])
    return [ROLES[role] for role in reversed(path)]


def _best_before(values: Sequence[float], role: int) -> tuple[int, float]:
    """The role of the sentence before that leads best to a role, and its value."""
    costs = [
        value - _weights.back * (before > role)
        for before, value in enumerate(values)
    ]
    before = max(range(len(costs)), key=lambda one: costs[one])
    return before, costs[before]


def _scores(
    text: str, at: int, count: int, *, own: bool, before: bool
) -> list[float]:
    """How well a sentence fits each role; `before` the first one on the work itself."""
    place = at / max(1, count - 1)
    return [
        _weights.cue * bool(_CUES[role].search(text))
        + _weights.own * _speaks(role, own=own)
        + _weights.before * before * (1 if number <= 1 else -1)
        + _weights.place * (1 - abs(place - number / (len(ROLES) - 1)))
        - _weights.bare
        * (
            role in ("past", "result", "meaning")
            and not _CUES[role].search(text)
        )
        for number, role in enumerate(ROLES)
    ]


def _speaks(role: Role, *, own: bool) -> float:
    """Whether speaking of the work itself, or not, fits a role: 1, 0 or −1."""
    if role in ("background", "past"):
        return -1.0 if own else 0.0
    return 1.0 if own and role in ("method", "result") else 0.0
