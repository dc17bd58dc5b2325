"""Names the figure that shows a paper's method at a glance.

Weighed are the words of its caption, what is drawn (boxes, arrows and labels against plots,
photographs and printed text), the section that first cites it and what is said there ("Fig. 3
gives an overview of our method"), and where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.figures.figure_traits import FigureTraits
from pipeline.paper import Figure, Section


def _pattern(latin: str, other: str = "") -> re.Pattern[str]:
    """Words that begin at a word's edge, and those of scripts without spaces."""
    words = rf"\b(?:{latin})" + (f"|{other}" if other else "")
    return re.compile(words, re.IGNORECASE | re.VERBOSE)


@dataclass(frozen=True, slots=True)
class OverviewTerms:
    """Words of captions and of sentences, in the languages of arXiv's papers and some more."""

    named: re.Pattern[str]
    """What such figures are called."""
    shown: re.Pattern[str]
    """What they show."""
    other: re.Pattern[str]
    """What they are not."""
    samples: re.Pattern[str]
    """What they rarely are."""
    called: re.Pattern[str]
    """What a sentence of the text calls such a figure."""


terms = OverviewTerms(
    named=_pattern(
        r"""overview|overall|framework|pipeline|architectur\w*|work[-\ ]?flow|flow\ ?charts?
        |(flow|block|system)\ diagram|schematic|paradigm|(network|system|model)\ (design|structure)
        |at\ a\ glance|(full|whole|entire)\ (model|method|system)|key\ steps
        |vue\ d['’]ensemble|aperçu|cadre|schéma|Überblick|Übersicht|Gesamtsystem|Ablauf\w*|Schema
        |arquitec?tura|esquema|visión\ general|diagrama|fluxograma|panoramica|architettura
        |schemat""",
        "框架|流程|架构|架構|总体|整体|結構圖|结构图|网络结构|模型结构|概要|全体|構成図|フレームワーク"
        "|전체|구조|개요|프레임워크|흐름도",
    ),
    shown=_pattern(
        r"""(our|proposed|the)\ (\w+[-\ ]){0,3}(method|approach|model|system|network|algorithm
        |scheme|procedure)|diagram\ of|illustrat\w+\ of\ (our|the\ proposed)
        |(two|three|four|multi)[-\ ]stage|stages?\b|modules?\b|encoders?|decoders?|mechanism
        |training\ (process|procedure|scheme)|inference|sampler|generator|model\ illustration
        |self[-\ ]attention|branch(es)?|(is|are)\ (fed|passed|encoded)|backbone
        |building\ blocks?""",
        "模型|模块|网络|方法|手法|提案|모델|방법",
    ),
    other=_pattern(
        r"""comparisons?|compare[ds]?|results?|qualitative|quantitative|visuali[sz]ations?
        |ablations?|accurac\w+|performance|distributions?|histograms?|statistics?|confusion|curves?
        |trade-?off|versus|vs\b|failure|problem\ description|sensitivity|user\ stud\w+|heat\ ?maps?
        |timeline|t-sne|scatter|box\ ?plots?|plots?\b|scores?\b|motivat\w+|rat(ings|es?)\b
        |loss(es)?\b
        |responses|predictions?\b|survey|taxonomy|errors?\b|(dashed|dotted
        |solid)\ (\w+\ )?(lines?|curves?)
        |measured|efficiency
        |run[-\ ]?times?|breakdown|decomposition|latency|speed|throughput|spectr\w+|prompts?\b
        |listings?\b|templates?\b|venn
        |résultats|comparaison|Ergebnisse|Vergleich|resultados|comparación|risultati""",
        "对比|比较|結果|结果|性能|分布|可视化|曲线|消融|比較|精度|결과|비교|성능",
    ),
    samples=_pattern(
        r"""examples?|samples?|datasets?|images?\ (from|of)|code\b|interpolation|screenshot|photo
        |properties\ of|tuples|snapshots?|patients?|participants?|recruit\w*|prisma|consort""",
        "示例|样例|例子|数据集|データセット|예시",
    ),
    called=_pattern(
        r"""(overview|framework|pipeline|work[-\ ]?flow|flow\ ?chart)\b
        |(overall|model|network|system|our|proposed|detailed)\ (architecture|structure)\b""",
        "框架|流程|架构|结构|概要|全体像|구조",
    ),
)


@dataclass(frozen=True, slots=True)
class OverviewWeights:
    """Weights, chosen on the corpus by how rarely each sign misleads there."""

    named: float = 4.0
    shown: float = 2.0
    other: float = -4.0
    samples: float = -3.0
    rest: float = 0.1
    """Of a word behind the caption's first sentence."""
    called: float = 2.0
    """A sentence of the text calls the figure an overview or the like."""
    method: float = 1.0
    """First cited in a section on the method."""
    middle: float = 0.25
    """First cited between the introduction and the experiments."""
    experiments: float = -0.8
    """First cited in a section on experiments."""
    diagram: float = 1.5
    """Boxes or arrows with labels are drawn."""
    plot: float = -2.5
    """Numbers as at axes, and hardly a box."""
    photographs: float = -1.0
    """Pictures with hardly a word."""
    printed_text: float = -2.5
    """Lines of text: prompts, listings, examples of answers."""
    late: float = -2.0
    """Behind the paper's first half."""
    appendix: float = -3.0
    """Behind the references, or with a letter before its number."""
    first_page: float = -0.7
    """Where results are shown off."""
    least: float = 1.0
    """What the figure must weigh, lest none be named."""


weights = OverviewWeights()


@dataclass(frozen=True, slots=True)
class TraitBounds:
    """Numbers of things from which on a figure is one kind of drawing."""

    labels: int = 3
    boxes: int = 3
    arrows: int = 4
    numbers: int = 6
    text_lines: int = 6
    pictures: int = 3
    picture_share: float = 0.6


bounds = TraitBounds()


@dataclass(frozen=True, slots=True)
class OverviewLimits:
    """Where the text that speaks of a figure is looked for, and where methods are shown."""

    late: float = 0.55
    """Share of the pages (and two more) behind which methods are seldom shown."""
    before: int = 100
    """Letters of a sentence before the mention of a figure that are looked at."""
    after: int = 60
    """Letters of a sentence behind it."""


limits = OverviewLimits()


@dataclass(frozen=True, slots=True)
class OverviewPatterns:
    """Captions, mentions of figures, and titles of sections."""

    names: tuple[str, ...]
    """One of them stands wherever the text speaks of a figure."""
    mention: re.Pattern[str]
    """A figure that is spoken of, by its number."""
    label: re.Pattern[str]
    """The label before the words of a caption."""
    part: re.Pattern[str]
    """The name of a figure's first part."""
    sentence: re.Pattern[str]
    """Where a caption's first sentence ends."""
    method: re.Pattern[str]
    """Titles of sections on the method."""
    experiments: re.Pattern[str]
    """Titles of sections on experiments."""
    around: re.Pattern[str]
    """Titles of sections before and behind both."""


patterns = OverviewPatterns(
    names=("Fig", "Abb", "图", "圖", "図"),
    mention=re.compile(
        r"(?:\b(?:Fig(?:ure|\.|s\.)?|Abb(?:ildung|\.)|Figura)\s*|[图圖図]\s*)(\w+)"
    ),
    label=re.compile(
        r"^\W*[^\W\d]+[\s.]*[\w.\-–]+\s*[:.|)–—-]?\s*|^[图圖図]\s*\d+\s*"
    ),
    part=re.compile(
        r"^\W*(left|right|top|bottom|upper|middle|[a-d])\W*[:)]\s*",
        re.IGNORECASE,
    ),
    sentence=re.compile(r"(?<=[a-z)\]]{2})[.;:]\s|。"),
    method=_pattern(
        r"""(method\w*|approach|model\w*|framework|architecture|system|overview|pipeline|design
    |algorithm|proposed|our|implementation|méthode|Methode|método|metodologia)\b""",
        "方法|模型|手法|提案|방법",
    ),
    experiments=_pattern(
        r"""(experiment\w*|results?|evaluation|ablation\w*|discussion|datasets?|data|setup|findings
    |performance|applications?|case\ stud\w+|implementation\ details|résultats|Ergebnisse)\b""",
        "实验|結果|结果|実験|실험",
    ),
    around=_pattern(
        r"(introduction|motivation|related|background|preliminar\w+|conclusions?|Einleitung)\b",
        "引言|绪论|相关|背景|结语|はじめに|関連|서론",
    ),
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Where the text first speaks of a figure."""

    section: str
    """Titles of its section and of the one above that."""
    called: bool = False
    """A sentence anywhere calls the figure an overview, a framework or the like."""


def find_overview_figure(
    figures: Sequence[Figure],
    traits: Sequence[FigureTraits],
    pages: int,
    sections: Sequence[Section] = (),
) -> str | None:
    """Name the label of the figure that shows the method, or None where none does.

    `traits` belong to `figures` one by one; `pages` is how many the paper has.
    """
    mentions = _mentions(sections)
    references = next(
        (one.page for one in sections if one.kind == "references"), pages
    )
    best, most = None, weights.least
    for figure, drawn in zip(figures, traits, strict=True):
        if figure.kind != "figure":
            continue
        weight = _caption_weight(figure.caption) + _drawn_weight(drawn)
        weight += _place_weight(figure, pages, references)
        weight += _mention_weight(mentions.get(figure.label))
        if weight > most:
            best, most = figure.label, weight
    return best


# ---- caption and place


def _caption_weight(caption: str) -> float:
    text = patterns.part.sub(
        "", patterns.label.sub("", caption, count=1), count=1
    )
    first, *rest = patterns.sentence.split(text, maxsplit=1)
    return _words_weight(first) + weights.rest * _words_weight(
        rest[0] if rest else ""
    )


def _words_weight(text: str) -> float:
    """Sum over the kinds of words that occur; each counts once."""
    weight = weights.named * bool(terms.named.search(text))
    weight += weights.shown * bool(terms.shown.search(text))
    weight += weights.other * bool(terms.other.search(text))
    return weight + weights.samples * bool(terms.samples.search(text))


def _place_weight(figure: Figure, pages: int, references: int) -> float:
    weight = 0.0
    if figure.page > limits.late * pages + 2:
        weight += weights.late
    if figure.page > references or not figure.label[:1].isdigit():
        weight += weights.appendix
    if figure.page == 1:
        weight += weights.first_page
    return weight


# ---- what is drawn


def _drawn_weight(drawn: FigureTraits) -> float:
    if _is_printed_text(drawn):
        return weights.printed_text
    if _is_plot(drawn):
        return weights.plot
    if _is_diagram(drawn):
        return weights.diagram
    return weights.photographs if _is_photographs(drawn) else 0.0


def _is_printed_text(drawn: FigureTraits) -> bool:
    return (
        drawn.text_lines >= bounds.text_lines
        and 2 * drawn.text_lines > drawn.labels
    )


def _is_plot(drawn: FigureTraits) -> bool:
    numbered = (
        drawn.numbers >= bounds.numbers and drawn.numbers > drawn.labels / 2
    )
    return numbered and drawn.boxes < max(bounds.boxes, drawn.numbers)


def _is_diagram(drawn: FigureTraits) -> bool:
    joined = drawn.boxes >= bounds.boxes or drawn.arrows >= bounds.arrows
    return drawn.labels >= bounds.labels and joined


def _is_photographs(drawn: FigureTraits) -> bool:
    covered = drawn.picture_share >= bounds.picture_share
    return (
        covered
        and drawn.pictures >= bounds.pictures
        and drawn.labels < drawn.pictures
    )


# ---- what the text says


def _mention_weight(mention: Mention | None) -> float:
    if mention is None:
        return 0.0
    weight = weights.called * mention.called
    if patterns.experiments.search(mention.section):
        return weight + weights.experiments
    if patterns.around.search(mention.section):
        return weight
    method = patterns.method.search(mention.section)
    return weight + (weights.method if method else weights.middle)


def _mentions(sections: Sequence[Section]) -> Mapping[str, Mention]:
    """By label, where the text first speaks of each figure, and what it calls them."""
    first: dict[str, str] = {}
    called: set[str] = set()
    for title, text in _running_text(sections):
        if not any(map(text.__contains__, patterns.names)):
            continue
        for found in patterns.mention.finditer(text):
            first.setdefault(found[1], title)
            said = _around(text, found)
            if terms.called.search(said) and not terms.other.search(said):
                called.add(found[1])
    return {
        label: Mention(title, label in called) for label, title in first.items()
    }


def _running_text(sections: Sequence[Section]) -> Iterator[tuple[str, str]]:
    """The body's paragraphs, each with the titles that it stands under."""
    above = ""
    for section in sections:
        if section.level == 1:
            above = section.title
        if section.kind == "body":
            title = (
                section.title
                if section.level == 1
                else f"{section.title} {above}"
            )
            yield from (
                (title, paragraph.text) for paragraph in section.paragraphs
            )


def _around(text: str, found: re.Match[str]) -> str:
    """The sentence around a mention, as far as it is near."""
    before = text[
        max(0, found.start() - limits.before) : found.start()
    ].rpartition(". ")[2]
    return (
        before
        + text[found.end() : found.end() + limits.after].partition(". ")[0]
    )
