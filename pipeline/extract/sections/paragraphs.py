"""Puts rows together to paragraphs: where one ends, which hyphens go, on which page it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.layout.reading_order import Row
from pipeline.paper import Paragraph


@dataclass(frozen=True, slots=True)
class ParagraphsRules:
    """Where paragraphs end, and which hyphens go."""

    indent: float = 0.8
    """Of the font size, by which a first line is at least indented."""
    apart: float = 1.4
    """Of the usual distance of rows: a wider one parts paragraphs."""
    short: float = 0.2
    """Of the column's width that is left free by the last line of a paragraph."""
    other_size: float = 1.0
    """Points by which letters differ between what is no one paragraph."""
    hanging: float = 0.3
    """Of the rows of a list of references that are indented when its entries hang."""
    longest_word: int = 150
    """Letters of a word or web address that may be broken."""
    hyphens: tuple[str, ...] = ("-", "\u2010", "\u00ad")
    """At the end of a line: they may only break a word."""
    closing: int = 5
    """Letters in which a sentence's end and the quotes and brackets after it are found."""
    tail: int = 600
    """Letters of a sentence that may go on over a page break; what is longer is no sentence."""
    bullet: re.Pattern[str] = re.compile(
        r"[•◦▪■●○‣⁃∙·➢✓–—*-]\s|\(?(\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s"
    )
    entry: re.Pattern[str] = re.compile(
        r"\[[^\]\s]{1,14}( et al\.?[^\]]{0,8})?\]\s?\S|\(?\d{1,3}[.)]\s+\S"
    )
    ended: re.Pattern[str] = re.compile(r"[.!?:;。！？]['\"”’)\]]*$")
    sentence: re.Pattern[str] = re.compile(
        r"(?<!\b[A-Z])(?<!al)(?<!e\.g)(?<!i\.e)(?<!Fig)(?<!Eq)(?<!Sec)[.!?]['\"”’)\]]*\s+(?=[A-Z“\"(\[])|[。！？]"
    )
    word: re.Pattern[str] = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
    open_: re.Pattern[str] = re.compile(r"[^\W\d_]{2}[,-]?$")
    compound: re.Pattern[str] = re.compile(r"(?:[^\W\d_]+[-\u2010])+$")
    broken: re.Pattern[str] = re.compile(r"([^\W\d_]+)([-\u2010\u00ad])$")
    address_ends: str = "/-_.?=&%#~"
    """Where web addresses are broken."""
    address: re.Pattern[str] = re.compile(
        rf"(?:https?://|www\.)\S*[{re.escape(address_ends)}]$"
    )


_rules = ParagraphsRules()


@dataclass(frozen=True, slots=True)
class Setting:
    """How the paper sets its paragraphs."""

    leading: float
    """Usual distance of rows, in points, for text of `size`."""
    size: float
    words: frozenset[str]
    """Every word of the paper in lower case, those with hyphens too, for telling which hyphens
    are only line breaks.
    """


def setting_of(rows: Sequence[Row], leading: float, size: float) -> Setting:
    """Learn the words of a paper from its rows."""
    whole = (
        row.text.rpartition(" ")[0] if _broken(row.text) else row.text
        for row in rows
    )
    different = set(" ".join(whole).lower().split())
    words = frozenset(_rules.word.findall("\n".join(different)))
    return Setting(leading, size, words)


def read_paragraphs(
    rows: Sequence[Row], setting: Setting, *, entries: bool = False
) -> tuple[Paragraph, ...]:
    """The paragraphs of consecutive rows; with `entries`, one for each entry of a list of
    references.
    """
    groups = _entries(rows) if entries else _groups(rows, setting)
    return tuple(piece for group in groups for piece in _pieces(group, setting))


def join(rows: Sequence[Row], setting: Setting) -> str:
    """The text of rows as one string: hyphens of line breaks and broken web addresses joined."""
    text = ""
    for row in rows:
        text = _append(text, row.text, setting)
    return text


# ---- where a paragraph ends
# ------------------------------------------------------------------------------------


def _groups(rows: Sequence[Row], setting: Setting) -> Iterator[list[Row]]:
    group: list[Row] = []
    for row in rows:
        if group and _begins(group, row, setting):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _begins(group: Sequence[Row], row: Row, setting: Setting) -> bool:
    """A new paragraph begins with this row."""
    last = group[-1]
    if (
        abs(row.size - last.size) > _rules.other_size
        and min(len(row.text), len(last.text)) > 12  # noqa: PLR2004
    ):
        return True
    if row.text[:1].islower() and _broken(last.text):
        return False
    ended = _ended(last.text)
    if row.place != last.place or row.column != last.column:
        return bool(_rules.bullet.match(row.text)) or (
            ended and (row.indent > _rules.indent * row.size or _short(last))
        )
    return _parted(group, row, setting, ended=ended)


def _parted(
    group: Sequence[Row], row: Row, setting: Setting, *, ended: bool
) -> bool:
    """The same for two rows one above the other."""
    last = group[-1]
    step = row.baseline - last.baseline
    if (
        step > 0
        and row.text[:1].islower()
        and _rules.open_.search(last.text[-3:])
    ):
        return False  # a sentence goes on below a formula, or below a figure
    if step > _rules.apart * setting.leading * max(
        0.8, row.size / setting.size
    ):
        return True
    if _rules.bullet.match(row.text) and (ended or row.indent != last.indent):
        return True
    if row.indent - last.indent > _rules.indent * row.size:
        return not _rules.bullet.match(group[0].text) and (
            _short(last) or ended
        )
    return _short(last) and ended and not row.text[:1].islower()


def _short(row: Row) -> bool:
    return row.slack > _rules.short * (row.column[1] - row.column[0])


def _entries(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """One group for each reference: numbered, hanging, or parted by space."""
    starts = _entry_starts(rows)
    group: list[Row] = []
    for i, row in enumerate(rows):
        if group and i in starts:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _entry_starts(rows: Sequence[Row]) -> set[int]:
    numbered = {
        i
        for i, row in enumerate(rows)
        if _rules.entry.match(row.text) and row.indent < 2 * row.size
    }
    raised = {i for i, row in enumerate(rows) if row.raised_number is not None}
    if max(len(numbered), len(raised)) > 2:  # noqa: PLR2004
        return max(numbered, raised, key=len)
    hanging = {i for i, row in enumerate(rows) if row.indent > 0.5 * row.size}
    if len(hanging) > _rules.hanging * len(rows):
        return set(range(len(rows))) - hanging
    return {
        i
        for i, (last, row) in enumerate(pairwise(rows), start=1)
        if _ended(last.text)
        and (
            _short(last)
            or row.baseline - last.baseline > _rules.apart * row.size
        )
    }


# ---- text
# ------------------------------------------------------------------------------------------------------


def _append(text: str, more: str, setting: Setting) -> str:
    if not text or not more:
        return text or more
    tail = text[-_rules.longest_word :]
    if broken := _broken(tail):
        return text[: -_rules.longest_word] + _mend(tail, broken, more, setting)
    dashed = text[-1] in "–—/-" and text[-2:-1].isalnum() and more[0].isalnum()
    address = (
        more[0].isascii()
        and text[-1] in _rules.address_ends
        and _is_broken_address(tail)
    )
    unspaced = _wide(text[-1]) and _wide(more[0])
    return text + more if dashed or address or unspaced else f"{text} {more}"


def _broken(text: str) -> re.Match[str] | None:
    """The first part of a word that a line break parts; the last letter is looked at first,
    since few lines break.
    """
    if text[-1:] not in _rules.hyphens:
        return None
    tail = text[-_rules.longest_word :]
    return _rules.broken.search(tail, tail.rfind(" ") + 1)


def _ended(text: str) -> bool:
    """A sentence ends here."""
    return bool(_rules.ended.search(text[-_rules.closing :]))


def _mend(text: str, broken: re.Match[str], more: str, setting: Setting) -> str:
    """Join the two parts of a word, with its hyphen where the paper writes it so elsewhere."""
    rest = re.match(r"[^\W\d_]+", more)
    plain = text[: broken.start(2)]
    if _is_broken_address(text):
        return text + more
    if rest is None or not more[0].islower():
        return plain + "-" + more
    left, right = broken[1].lower(), rest[0].lower()
    before = _compound(plain[: -len(left)])
    if before and before[0].lower() + left + right in setting.words:
        return plain + more  # self-super-|vised
    if left + right in setting.words:
        return plain + more
    hyphened = f"{left}-{right}" in setting.words
    both = (
        min(len(left), len(right)) > 2  # noqa: PLR2004
        and left in setting.words
        and right in setting.words
    )
    compound = plain[: -len(left)].endswith("-")  # state-of-the-|art
    return plain + "-" + more if hyphened or both or compound else plain + more


def _is_broken_address(text: str) -> bool:
    named = "http" in text or "www." in text
    return named and _rules.address.search(text) is not None


def _compound(text: str) -> re.Match[str] | None:
    """The words with hyphens at the end of a text: "self-super-"."""
    if not text.endswith(("-", "\u2010")):
        return None
    return _rules.compound.search(text, text.rfind(" ") + 1)


def _wide(letter: str) -> bool:
    """Of a script that is written without spaces: Chinese, Japanese."""
    return "\u3000" <= letter <= "\u9fff" or "\uff00" <= letter <= "\uffef"


def _pieces(rows: Sequence[Row], setting: Setting) -> Iterator[Paragraph]:
    """One paragraph; over a page break two, the sentence on the break in the first."""
    text, page, turn = "", rows[0].page, -1
    for before, row in pairwise((rows[0], *rows)):
        if row.page != before.page:
            if turn >= 0:
                yield from _turned(text, turn, page, before.page)
                text, page = "", before.page
            turn = len(text)
        text = _append(text, row.text, setting)
    if turn < 0:
        yield Paragraph(text, page)
    else:
        yield from _turned(text, turn, page, rows[-1].page)


def _turned(
    text: str, turn: int, page: int, next_page: int
) -> Iterator[Paragraph]:
    if turn == 0:
        yield Paragraph(text, next_page)
        return
    end = _sentence_end(text, turn)
    first = text[:end].rstrip()
    yield Paragraph(
        first, page, (turn, next_page) if turn < len(first) else None
    )
    if text[end:].strip():
        yield Paragraph(text[end:].lstrip(), next_page)


def _sentence_end(text: str, turn: int) -> int:
    """Where the sentence ends that runs over the page break at `turn`."""
    if _ended(text[:turn].rstrip()):
        return turn
    found = _rules.sentence.search(text, turn)
    end = found.end() if found else len(text)
    return end if end - turn <= _rules.tail else turn
