"""The values that a statement tells, part by part: what stands beside each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.summarize.verify.tables.table_labels import read_label


@dataclass(frozen=True, slots=True)
class ValueForms:
    """How statements and papers give values."""

    value: re.Pattern[str] = re.compile(
        r"(?<![\w.])\d*\.\d+(?:[KMB](?![A-Za-z]))?(?![\w.]\d)|(?<![\w.])\d+(?:\.\d+)?(?=\s?%)",
        re.ASCII,
    )
    """What is measured: with decimals or a percent sign. Whole numbers count things."""
    whole: re.Pattern[str] = re.compile(
        r"(?<![\w.,^-])\d{1,3}(?:,\d{3})+(?![\w.])"
        r"|(?<![\w.,^-])(?!(?:19|20)\d\d(?!\d))\d{2,}(?![\w.%-])",
        re.ASCII,
    )
    """Whole numbers that are no years and no exponents."""
    decimal_comma: re.Pattern[str] = re.compile(r"(?<=\d),(?=\d{1,2}(?![\d,]))")
    thousands: re.Pattern[str] = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
    clause: re.Pattern[str] = re.compile(
        r",(?!\d{3})|[，；;。]|\.\s|\b(?:while|whereas|but)\b|而"
    )
    joined: re.Pattern[str] = re.compile(r"、|和|与|\band\b")
    cited: re.Pattern[str] = re.compile(r"\[[\d, –-]*\]")
    compared: re.Pattern[str] = re.compile(
        r"[低高优好差]于|超过|不及|相比|[比对]|\b(?:than|versus|vs|over|against|compared|above|below)\b"
    )
    """What follows is what a value is compared with."""
    before_change: re.Pattern[str] = re.compile(r"(?:从|由|\bfrom) ?[\d.]+ ?%?")
    """A value that another one takes the place of: it is of another row."""
    respectively: re.Pattern[str] = re.compile("分别|依次|respectively|in turn")
    chinese_subject: re.Pattern[str] = re.compile(
        r"([\u3400-\u9fff]{2,}?)(?:也|则|却|又|仅|只)*(?:只有|仅有|为|是|有|达到?|得到?|取得|约)\s?[\d.]+"
    )
    """What a clause gives a value of, by a name in Chinese that no table prints."""
    metric: re.Pattern[str] = re.compile(
        r"[率度值差分数量]$|指标|结果|性能|得分|平均|时间|损失|参数|最[高低好差]|分别|提升|下降|提高|降低|增加|减少"
    )


value_forms = ValueForms()


def holds(text: str, value: str) -> bool:
    """Tell whether a text has a number as printed; commas of thousands make no difference."""
    plain = value.replace(",", "")
    if "." in plain and "," in text:
        text = value_forms.decimal_comma.sub(".", text)
    if len(plain) > len("999"):
        text = value_forms.thousands.sub("", text)
    whole = rf"(?<![\d.]){re.escape(plain)}(?!\d|\.\d)"
    return plain in text and bool(re.search(whole, text))


@dataclass(frozen=True, slots=True)
class Told:
    """Values that one part of a statement gives."""

    values: tuple[str, ...]
    near: frozenset[str]
    """The words of the part itself."""
    all: frozenset[str]
    """The words of the whole statement, without what it compares with."""
    names: frozenset[str]
    """Those of them that are written as names."""
    compared: bool
    """Whether it is what the statement compares with: its method is another one."""
    own: frozenset[str]
    """The names of the paper's own method, where the statement may speak of it."""
    has_chinese_subject: bool
    """Whether it names what the values are of in Chinese, as no table does."""

    def without(self, labels: Iterable[str]) -> Told:
        """The same without the words of the labels that it holds whole."""
        whole = [read_label(label).words for label in labels]
        held = frozenset[str]().union(
            *(words for words in whole if words <= self.all)
        )
        return replace(self, near=self.near - held, all=self.all - held)


def has_chinese_subject(part: str) -> bool:
    """Tell whether a clause gives its value of something that it names in Chinese: 行为克隆只有 44.8."""
    found = value_forms.chinese_subject.search(part)
    return found is not None and not value_forms.metric.search(found[1])


def value_parts(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a statement that give values to one thing each.

    Returns:
        Each part, and whether the statement compares with it. All of it is one part where values
        are listed apart from their names.
    """
    if value_forms.respectively.search(text):
        yield text, False
        return
    for clause in value_forms.clause.split(text):
        given, *compared = value_forms.compared.split(clause, maxsplit=1)
        yield from ((part, False) for part in _listed(given))
        for part in compared:
            yield part, True


def values_in(part: str, *, whole: bool) -> tuple[str, ...]:
    """The values of a part of a statement, as printed; `whole` numbers only where they are asked for."""
    cited = value_forms.cited
    bare = cited.sub(" ", value_forms.before_change.sub(" ", part))
    wholes = value_forms.whole.findall(bare) if whole else []
    return (*value_forms.value.findall(bare), *wholes)


def _listed(text: str) -> Iterator[str]:
    """The parts that "and" joins, if each of them has a value: else it joins names."""
    parts = value_forms.joined.split(text)
    if len(parts) > 1 and all(map(value_forms.value.search, parts)):
        yield from parts
    else:
        yield text
