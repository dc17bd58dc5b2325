"""Finds the rows that begin a caption, and tells them from sentences that begin the same way.

A caption begins a row with its name and number ("Figure 3:", "TABLE IV", "Extended Data Fig. 2
|", "Algorithm 1"), and what stands before it is not the same paragraph. Sentences that begin
with "Figure 3 shows" are told apart by what follows the number, by their size, and by the style
that the other captions of the paper have.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.extract.layout.body_text import SAME_SIZE, Style
from pipeline.extract.layout.page_rows import SAME_BASELINE, PageRow, wordy
from pipeline.extract.pdf.normalize import normalise
from pipeline.extract.pdf.page import Page

Kind = Literal["figure", "table", "algorithm"]
_names: dict[Kind, str] = {
    "figure": r"fig(?:ure|\.|s\.|(?=[\s\d]))|scheme|chart|plate|exhibit|graph|map|abbildung"
    r"|abb\.|图|圖|図|그림",
    "table": r"tab(?:le|elle|leau|\.|(?=[\s\d]))|表|표",
    "algorithm": r"algorithm[eu]?s?|alg\.|algo\.|procedure|pseudo-?code|protocol|listing|算法",
}
_before = r"(?:(?P<series>supplement(?:ary|al)|suppl?\.|extended\s+data|appendix|online|web)\s+)?"
_number = (
    r"(?:(?P<label>(?:[A-Z]{1,2}[.\-–]?)?\d{1,3}(?:[.\-–]\d{1,2}){0,2}[a-z]?(?![\w%])"
    r"|(?:[IVXLC]{1,6}(?:[.\-–][A-Z\d])?)(?!\w)"
    r"|[A-Z](?=\s*[:.|]|$)))"
)


@dataclass(frozen=True, slots=True)
class StartLimits:
    """How the first row of a caption is set; of the font size unless another unit is named."""

    label_gap: float = 3.0
    """Between a label and the text that goes on behind it on the same line."""
    piece_gap: float = 1.3
    """Between other pieces of one line that MuPDF took apart."""
    same_paragraph: float = 1.45
    """Distance of baselines in a caption, at most, unless all the text is set wider."""
    cell_gap: float = 6.0
    """Between the cells of a table that stand in one line."""
    same_title: int = 10
    """Letters by which two captions with the same number are known as the same one."""
    free_edge: float = 2.0
    """How far a centred row ends from the edges of its column."""
    under_rule: float = 1.6
    """From the rule over an algorithm to the baseline of its head."""
    least_score: int = 2
    """Signs of a caption that a row must show."""


limits = StartLimits()


@dataclass(frozen=True, slots=True)
class StartPatterns:
    """How captions begin, and how sentences go on that begin alike."""

    start: re.Pattern[str]
    """The first row of a caption."""
    bare_name: re.Pattern[str]
    """A name whose number is torn off."""
    cjk_title: re.Pattern[str]
    """A title without a colon."""
    goes_on: re.Pattern[str]
    """What goes on a sentence."""


patterns = StartPatterns(
    start=re.compile(
        r"(?P<head>\W{0,2}"
        + _before
        + "(?:"
        + "|".join(f"(?P<{kind}>{names})" for kind, names in _names.items())
        + r")[\s.\-–~]*(?:No\.\s*)?(?-i:"
        + _number
        + r"))(?P<mark>\s*(?:[:.|│—–]|\)(?=\s)|-(?=\s)))?(?P<rest>.*)",
        re.IGNORECASE | re.DOTALL,
    ),
    bare_name=re.compile(
        "(?:" + "|".join(_names.values()) + r")\s*", re.IGNORECASE
    ),
    cjk_title=re.compile(
        r"\s+[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af][^\u3002\uff0c\uff1b\u3001]*"
    ),
    goes_on=re.compile(
        r"\s*[,;)(\]’'“]|\s*(?:and|or|in|of|to|for|on|is|are|was|were|has|have|we|with|from"
        r"|as|by|can|also)\b|\s+[a-z]+(?:s|es|ed)\b"
    ),
)


@dataclass(frozen=True, slots=True)
class Start:
    """A row that may begin a caption."""

    page: int
    row: int
    kind: Kind
    label: str
    word: str
    mark: str
    score: int
    size: float
    title: str = ""
    """What stands behind name, number and mark in the row."""
    bare: bool = False
    """Nothing but name and number, in line with other text: as in the cell of a table."""
    series: str = ""
    """What counts apart from the paper's own figures: "appendix", "extended data"; "" for those."""


@lru_cache(maxsize=8192)
def match_start(text: str) -> re.Match[str] | None:
    """The name, number, mark and rest of a text that begins like a caption.

    Each line of a paper is asked for three times or more.
    """
    return patterns.start.match(text)


def begins(text: str) -> bool:
    """A line begins like a caption, as far as its words alone tell."""
    return match_start(text) is not None


def begins_table(text: str) -> bool:
    """A line begins like the caption of a table, as far as its words alone tell."""
    found = match_start(text)
    return found is not None and found["table"] is not None


def only_label(text: str) -> bool:
    """A row that holds a caption's name and number and nothing else."""
    found = patterns.start.fullmatch(text)
    return found is not None and not found["rest"].strip()


def find_starts(
    number: int, page: Page, rows: Sequence[PageRow], style: Style
) -> Iterator[Start]:
    """Rows of one page that begin like captions and show signs enough of being some; `number`
    is the page's index.
    """
    for i, r in enumerate(rows):
        found = match_start(_with_number(rows, i))
        if not found:
            continue
        kind = next(kind for kind in _names if found[kind])
        score = _score(found, page, rows, i, style)
        if score >= limits.least_score:
            word = found[kind]
            yield Start(
                number,
                i,
                kind,
                _label(found),
                word,
                (found["mark"] or "").strip(),
                score,
                r.size,
                title=found["rest"].strip(),
                bare=not (found["mark"] or found["rest"].strip())
                and _has_neighbour(rows, i),
                series=(found["series"] or "").lower(),
            )


def _with_number(rows: Sequence[PageRow], i: int) -> str:
    """A row's text; a bare "Fig." with what follows it on the line, where justification has
    torn its number off.
    """
    text = rows[i].text
    k = rest_of_line(rows, i) if patterns.bare_name.fullmatch(text) else None
    return text if k is None else f"{text} {rows[k].text}"


def _label(found: re.Match[str]) -> str:
    label = normalise(found["label"]).strip()
    listing = (found["algorithm"] or "").lower() == "listing"
    return f"Listing {label}" if listing else label


def _has_neighbour(rows: Sequence[PageRow], i: int) -> bool:
    """Other text stands on the line of row i, as near as the cells of a table."""
    r = rows[i]
    return any(
        k != i
        and abs(other.baseline - r.baseline) <= SAME_BASELINE * r.size
        and max(other.bbox[0] - r.bbox[2], r.bbox[0] - other.bbox[2])
        <= limits.cell_gap * r.size
        for k, other in enumerate(rows)
    )


def _score(
    found: re.Match[str],
    page: Page,
    rows: Sequence[PageRow],
    i: int,
    style: Style,
) -> int:
    """Signs that a row begins a caption, minus signs that a sentence goes on there."""
    r, rest, mark = rows[i], found["rest"], found["mark"]
    if _inside_paragraph(rows, i):
        return 0
    score = 0
    if mark:
        score += (
            2
            if not rest
            or rest[:1].isspace()
            or mark.strip() in ":|"
            or rest[:1].isupper()
            else 0
        )
    elif not rest.strip():
        score += (
            2
            if not rest_of_line(rows, i) or _label_font_differs(page, rows, i)
            else 1
        )
    elif patterns.goes_on.match(rest):
        score -= 2
    elif rest.strip()[:1].isupper():
        score += 1
    score += _is_cjk_title(rest) + (
        _is_cjk_title(rest) and _stands_free(r, style)
    )
    score += abs(r.size - style.size) > SAME_SIZE / 2
    score += bool(found["algorithm"]) and _under_rule(page, r)
    score += _label_differs(found, page, r)
    return score


def _is_cjk_title(rest: str) -> bool:
    """Chinese, Japanese or Korean words behind a space, with no punctuation of a sentence."""
    return patterns.cjk_title.fullmatch(rest) is not None


def _stands_free(r: PageRow, style: Style) -> bool:
    """Neither edge of the row is that of its column, as where it is centred."""
    room = limits.free_edge * r.size
    edges = [x for column in style.columns for x in column]
    return not any(
        abs(x - edge) <= room for edge in edges for x in (r.bbox[0], r.bbox[2])
    )


def _under_rule(page: Page, r: PageRow) -> bool:
    """A rule at least as long lies just above, as over the head of an algorithm."""
    return any(
        0 <= r.baseline - d.bbox[3] <= limits.under_rule * r.size
        and d.bbox[0] <= r.bbox[0] + r.size
        and d.bbox[2] >= r.bbox[2] - r.size
        and d.is_rule
        for d in page.drawings
    )


def _inside_paragraph(rows: Sequence[PageRow], i: int) -> bool:
    """The row above is one of the same paragraph: near, of the same font and size, at the same
    left edge or over it.
    """
    r = rows[i]
    for k in range(i - 1, -1, -1):
        other = rows[k]
        if r.baseline - other.baseline > limits.same_paragraph * r.size:
            return False
        if (
            r.baseline - other.baseline > SAME_BASELINE * r.size
            and abs(other.size - r.size) <= SAME_SIZE / 2
            and abs(other.bbox[0] - r.bbox[0]) <= 2 * r.size
            and other.bbox[2] >= r.bbox[2] - 2 * r.size
            and wordy(other.text)
            and not match_start(other.text)
        ):
            return True
    return False


def rest_of_line(rows: Sequence[PageRow], i: int) -> int | None:
    """The row that goes on behind row i on the same line."""
    r = rows[i]
    gap = (
        limits.label_gap if only_label(r.text) else limits.piece_gap
    ) * r.size
    near = [
        k
        for k in range(max(0, i - 12), min(len(rows), i + 13))
        if k != i
        and abs(rows[k].baseline - r.baseline) <= SAME_BASELINE * r.size
        and 0 <= rows[k].bbox[0] - r.bbox[2] + 1 <= gap
    ]
    return min(near, key=lambda k: rows[k].bbox[0], default=None)


def _label_font_differs(page: Page, rows: Sequence[PageRow], i: int) -> bool:
    k = rest_of_line(rows, i)
    return (
        k is not None
        and page.lines[rows[k].lines[0]].spans[0].font != rows[i].font
    )


def _label_differs(found: re.Match[str], page: Page, r: PageRow) -> bool:
    """The label is set in bold, italic or another font than what follows it."""
    spans = page.lines[r.lines[0]].spans
    first = spans[0].font
    length = len(found["head"].strip())
    if len(found["rest"].strip()) < 3 or len(r.text) < length:  # noqa: PLR2004
        return page.lines[r.lines[0]].bold
    seen = 0
    for span in spans:
        if span.font != first and span.text.strip():
            return bool(seen >= length - 2)
        seen += len(span.text)
    return page.lines[r.lines[0]].bold


def choose_starts(starts: Sequence[Start]) -> list[Start]:
    """Choose the captions among the rows that may begin one.

    Of several rows with the same kind, series and label the one set like the others is taken;
    with it those on other pages that are set just as well, since some papers use a number twice.
    """
    habits: Counter[tuple[Kind, str, str]] = Counter(
        (start.kind, start.word, start.mark)
        for start in starts
        if start.score > limits.least_score or start.mark
    )
    sizes = Counter(round(start.size) for start in starts if start.mark)
    marked = {start.kind for start in starts if start.mark}

    def rank(start: Start) -> tuple[float, ...]:
        return (
            habits[start.kind, start.word, start.mark] > 1,
            start.score,
            sizes[round(start.size)],
        )

    groups: dict[tuple[Kind, str, str], list[Start]] = {}
    for start in starts:
        if not (start.bare and start.kind in marked):
            key = start.kind, start.series, start.label.lower()
            groups.setdefault(key, []).append(start)
    chosen = [
        start for group in groups.values() for start in _set_best(group, rank)
    ]
    return sorted(chosen, key=lambda start: (start.page, start.row))


def _set_best(
    group: Sequence[Start], rank: Callable[[Start], tuple[float, ...]]
) -> Iterator[Start]:
    """The first of the starts that rank highest, and its equals with other titles on later pages.

    The same title again is that of a table that goes on, or an entry in a list of figures.
    """
    best = max(map(rank, group))
    page, titles = -1, set[str]()
    for start in group:
        title = start.title.casefold()[: limits.same_title]
        if rank(start) == best and start.page > page and title not in titles:
            yield start
            page = start.page
            titles.add(title)
