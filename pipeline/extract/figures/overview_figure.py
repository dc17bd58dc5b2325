"""Names the figure that shows a paper's method at a glance.

What its caption says counts, where it stands, and what the text says of it ("Fig. 3 gives an
overview of our method").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.paper import Figure

_NAMED = r"""
    overview|overall|framework|pipeline|architecture|work[-\ ]?flow|flow\ ?charts?
    |(flow|block|system)\ diagram|schematic|paradigm
    |(network|system|model)\ (design|structure)|at\ a\ glance|(full|whole|entire)\ (model|method|system)
    |key\ steps
"""
_SHOWN = r"""
    (our|proposed|the)\ (\w+[-\ ]){0,3}(method|approach|model|system|network|algorithm|scheme|procedure)|diagram\ of
    |illustrat\w+\ of\ (our|the\ proposed)|(two|three|four|multi)[-\ ]stage|stages?\b|modules?\b|encoders?|decoders?
    |mechanism|training\ (process|procedure|scheme)|inference|sampler|generator|model\ illustration|self[-\ ]attention
    |branch(es)?|(is|are)\ (fed|passed|encoded)|backbone
"""
_OTHER = r"""
    comparisons?|compare[ds]?|results?|qualitative|quantitative|visuali[sz]ations?|ablations?|accurac\w+|performance
    |distributions?|histograms?|statistics?|confusion|curves?|trade-?off|versus|vs\b|failure|problem\ description
    |sensitivity|user\ stud\w+|heat\ ?maps?|timeline|t-sne|scatter|box\ ?plots?|plots?\b|scores?\b|motivat\w+
    |rat(ings|es?)\b|loss(es)?\b|responses|predictions|survey|taxonomy
    |errors?\b|(dashed|dotted|solid)\ (\w+\ )?(lines?|curves?)
"""
_SAMPLES = r"examples?|samples?|datasets?|images?\ (from|of)|code\b|interpolation|screenshot|photo|properties\ of"

_WORDS = ((4.0, _NAMED), (2.0, _SHOWN), (-4.0, _OTHER), (-2.0, _SAMPLES))
TERMS = tuple(
    (weight, re.compile(rf"\b(?:{words})", re.IGNORECASE | re.VERBOSE))
    for weight, words in _WORDS
)
"""Weights and words: what such figures are called, what they show, and what they are not.
Chosen from captions of the corpus and weighed by how rarely they mislead there.
"""

REST = 0.25
"""Weight of what stands behind the first sentence."""
LATE = 0.55
"""Share of the pages (and two more) behind which methods are seldom shown."""
LATE_COST, APPENDIX_COST, FIRST_PAGE_COST = 2.0, 3.0, 0.7
"""Weight lost in the paper's second half, in appendices, and on page one, where results are
shown off.
"""
LEAST = 0.9
"""Weight below which no figure counts as the framework."""

MENTION = 2.0
"""Weight of a sentence of the text that calls the figure an overview or the like: as much as a
caption's hint.
"""
BEFORE, AFTER = 100, 60
"""Letters of a sentence before and behind the mention of a figure that are looked at."""

_MENTION = re.compile(r"\bFig(?:ure|\.)?\s*(\w+)")
_CALLED = re.compile(
    r"\b(overview|framework|pipeline|work[- ]?flow"
    r"|(overall|model|network|system|our|proposed) (architecture|structure))\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\W*[\w.]+[\s.]*[\w.\-–]+\s*[:.|)–—-]?\s*")
_SENTENCE = re.compile(r"(?<=[a-z)\]]{2})[.;:]\s")


def framework(
    figures: Sequence[Figure],
    pages: int,
    references: int | None = None,
    paragraphs: Iterable[str] = (),
) -> str | None:
    """The label of the figure that shows the method, or None when none does.

    `pages` is how many the paper has, `references` the page on which its references begin,
    `paragraphs` its text.
    """
    called = _called(paragraphs)
    best, most = None, LEAST
    for figure in figures:
        if figure.kind == "figure":
            weight = _weight(figure, pages, references or pages) + MENTION * (
                figure.label in called
            )
            if weight > most:
                best, most = figure.label, weight
    return best


def _called(paragraphs: Iterable[str]) -> set[str]:
    """Labels of the figures that a sentence of the text calls an overview, a framework or the
    like.
    """
    found: set[str] = set()
    for text in paragraphs:
        for mention in _MENTION.finditer(text):
            before = text[
                max(0, mention.start() - BEFORE) : mention.start()
            ].rpartition(". ")[2]
            after = text[mention.end() : mention.end() + AFTER].partition(". ")[0]
            said = before + after
            if _CALLED.search(said) and not TERMS[2][1].search(said):
                found.add(mention[1])
    return found


def _weight(figure: Figure, pages: int, references: int) -> float:
    text = _LABEL.sub("", figure.caption, count=1)
    first, *rest = _SENTENCE.split(text, maxsplit=1)
    weight = _terms(first) + REST * _terms(rest[0] if rest else "")
    if figure.page > LATE * pages + 2:
        weight -= LATE_COST
    if figure.page > references or not figure.label[:1].isdigit():
        weight -= APPENDIX_COST
    if figure.page == 1:
        weight -= FIRST_PAGE_COST
    return weight


def _terms(text: str) -> float:
    """Sum of the rows of which a word occurs; each row counts once."""
    return sum(weight for weight, words in TERMS if words.search(text))
