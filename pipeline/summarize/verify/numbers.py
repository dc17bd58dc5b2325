"""Numbers in statements and whether a paper holds them, however either side writes them.

35 % is 0.35, 3.1M is 310万 and 3,100,000, 10−4 is 1e-4, "three" is 3 and 三个. A statement may
round as a person does (94.37 to 94.4); of what it may calculate see `is_derived`. Digits inside a name (GPT-4, R2R,
3D) belong to the name.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from pipeline.summarize.verify.numerals import (
    PRINTED,
    SCALES,
    WORDS,
    chinese,
    lost_powers,
    near_digits,
    normal,
    powers,
    spelled,
)


@dataclass(frozen=True, slots=True)
class NumbersRules:
    """How numbers are found in a text."""

    marked: str = r"\d{1,3}(?:,\d{3})+(?!\d)|\d+"
    number: re.Pattern[str] = re.compile(
        rf"(?:{marked})(?:\.\d+)?|(?<![\d.])\.\d+"
    )
    run: re.Pattern[str] = re.compile(r"[A-Za-z0-9]+(?:[-/._+@][A-Za-z0-9]+)*")


_rules = NumbersRules()


@dataclass(frozen=True, slots=True)
class NumberForms:
    """What stands around a number and tells what it is."""

    loose: float = 0.05
    """How far a rounded number may be from the paper's, as a share of it: what two meaning digits
    leave.
    """
    nearly: float = 0.004
    """How far two numbers with the same three digits are apart, as a share of them."""
    apart: float = 0.1
    """How far a number of someone's own reckoning may be from the exact one, as a share of it."""
    around: int = 24
    """Characters on either side of a number that may say what it counts."""
    raw: re.Pattern[str] = re.compile(r"\d+(?:\.\d+)?")
    decimal_comma: re.Pattern[str] = re.compile(
        r"(?<![\d.,])(\d{1,3}),(\d{1,2})(?![\d,])"
    )
    """0,79 as much of Europe prints it; a group of thousands has three digits."""
    gapped: re.Pattern[str] = re.compile(
        r"(?<![\d.])\d{1,3}(?:(?: \d{3})+|(?:, \d{3})+)(?![\d.])"
    )
    """Thousands parted by a space, as in print, or by a comma that TeX has given a space: 105, 446."""
    scaled: re.Pattern[str] = re.compile(
        rf"((?:{_rules.marked})(?:\.\d+)?)(?:\s*(万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百)|[\s-]*(thousand|million|billion|trillion|hundred)(?:s?\b|fold)"
        r"|[ -]?([KMBTG]|k)(?![A-Za-z0-9]|\s?的?[显内]存))"
    )
    percent: re.Pattern[str] = re.compile(
        r"(\d+(?:\.\d+)?)\s*(?:%|percent|per cent|个?百分点|percentage points?)|百分之\s*(\d+(?:\.\d+)?)"
    )
    cardinal: re.Pattern[str] = re.compile(
        r"(?<![\w-])(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
        r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?!\w)",
        re.IGNORECASE,
    )
    """Words that count in a statement; "one", "first" and "both" seldom do."""
    no_name: re.Pattern[str] = re.compile(
        r"[\d.]+(?:[KMBTGkx]|[eE]-?\d+)?(?:[-/x][\d.]+[KMBTGkx]?)*|[\d.]+[-/].*|[\d.]+(?:[shdmgv]|(?i:ms|fps|[kmg]?hz|db|px|[unmcdk]m|kg|mg"
        r"|[gmkt]b|k?w|mins?|hours?|days?|epochs?|steps?|layers?|frames?|images?|videos?|tokens?|[gt]?flops|st|nd|rd|th|dof|bits?|pp))"
    )
    """Digits with a unit or an ordinal's ending: a number, not a name."""
    measure: re.Pattern[str] = re.compile(
        r"\s*(?:fps|ms|s\b|秒|毫秒|分钟|小时|天|倍|×|x\b|times|d[bB]|hz|gb|mb|epochs?|seconds?|minutes?|hours?|days?|mm|cm|km|米|厘米|毫米|度|°)",
        re.IGNORECASE,
    )
    about: re.Pattern[str] = re.compile(
        r"(?:约为?|大约|近|接近|将近|超过|超|逾|大于|高于|多于|不到|低于|小于|至少|≈|~|～|>|<|≥|≤|about|around|nearly|over|than|approximately|roughly|almost|least|most)\s*$",
        re.IGNORECASE,
    )
    about_after: re.Pattern[str] = re.compile(
        r"^\s*(?:%|个?百分点|[KMB万亿千百]*)?\s*(?:多|余|左右|上下|以上|以下|以内|or so|\+)"
    )


number_forms = NumberForms()


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a statement writes it."""

    text: str
    value: float
    step: float
    """One unit of its last digit."""
    percent: bool = False
    about: bool = False
    scaled: bool = False
    """With a word such as million or 万."""
    measured: bool = False
    """A quantity with a unit, not a count."""


@dataclass(frozen=True, slots=True)
class Index:
    """The numbers of a paper."""

    values: frozenset[float]
    ordered: tuple[float, ...]
    percents: tuple[float, ...]
    """Those that stand before a percent sign, ordered."""

    def holds(self, number: Number) -> bool:
        """Whether the paper has this number, or one that rounds to it."""
        if _key(number.value) in self.values:
            return True
        if number.percent and (
            _key(number.value / 100) in self.values
            or self._rounds(number, 0.01, self.ordered)
        ):
            return True
        if (
            not number.percent
            and number.value <= 1
            and _among(self.percents, *_about(number.value * 100))
        ):
            return True
        return self._rounds(number, 1.0, self.ordered)

    def has_near(self, value: float) -> bool:
        """Whether the paper has a number that rounds to this one with two or three digits."""
        reach = number_forms.nearly * value
        return value > 0 and _among(self.ordered, value - reach, value + reach)

    def _rounds(
        self, number: Number, factor: float, among: tuple[float, ...]
    ) -> bool:
        """Whether one of the numbers, rounded to the last digit of the statement's, is the
        statement's.
        """
        value, step = number.value * factor, number.step * factor
        if number.about:
            step *= _tail(number)
        if not (
            number.about
            or number.scaled
            or number.measured
            or number.percent
            or number.step < 1
        ):
            return False
        reach = min(step / 2, number_forms.loose * value) * (1 + 1e-9)
        if _meaning(number) > 1 and _among(among, value - reach, value + reach):
            return True
        loose = min(step, value * number_forms.loose)
        return number.about and _among(among, value - loose, value + loose)


def is_derived(number: Number, given: Sequence[float]) -> bool:
    """Tell whether a number is what one sees between two given ones: difference, change or ratio.

    Args:
        number: of a statement, as rounded there.
        given: the numbers that the reader has before him.
    """
    step = number.step * (_tail(number) if number.about else 0.5)
    reach = min(step, number_forms.apart * number.value) * (1 + 1e-9)
    return any(
        abs(one - number.value) <= reach
        for low, high in permutations(given, 2)
        for one in _derived(low, high, percent=number.percent)
    )


def _derived(low: float, high: float, *, percent: bool) -> Iterator[float]:
    """What a reader makes of two numbers."""
    yield high - low
    if low:
        yield 100 * abs(high - low) / low if percent else high / low


def _meaning(number: Number) -> int:
    """How many digits tell the size: two in 0.35, 35 and 350, three in 10.0."""
    digits = number.text.lstrip("0.").replace(".", "")
    return len(digits if "." in number.text else digits.rstrip("0")) or 1


def _tail(number: Number) -> int:
    """10 for each zero at the end of a whole number: 2400 has its last meaning digit at the
    hundreds.
    """
    digits = number.text.rstrip("0")
    return 1 if "." in number.text else 10 ** (len(number.text) - len(digits))


def _among(ordered: tuple[float, ...], low: float, high: float) -> bool:
    return bisect_left(ordered, low) < bisect_right(ordered, high)


def _about(value: float) -> tuple[float, float]:
    return value * (1 - 1e-9), value * (1 + 1e-9)


def _key(value: float) -> float:
    """Equal for numbers that differ by the noise of binary fractions only."""
    return float(f"{value:.9g}")


def index(text: str) -> Index:
    """All numbers of a paper's text."""
    near = normal(near_digits(text))
    printed = {value for _, value in powers(near, PRINTED)}
    lost = lost_powers(text) if printed else ()
    values = {
        _key(value)
        for value in (*_values(near), *printed, *lost, *spelled(text))
    }
    percents = {
        _key(float(one or other))
        for one, other in number_forms.percent.findall(near)
    }
    return Index(
        frozenset(values), tuple(sorted(values)), tuple(sorted(percents))
    )


def _values(text: str) -> Iterator[float]:
    yield from map(float, set(number_forms.raw.findall(text)))
    for whole, part in set(number_forms.decimal_comma.findall(text)):
        yield float(f"{whole}.{part}")
    yield from map(
        _float,
        {*_rules.number.findall(text), *number_forms.gapped.findall(text)},
    )
    for digits, han, word, letter in set(number_forms.scaled.findall(text)):
        yield _float(digits) * SCALES[(han or word or letter).lower()]


def _float(digits: str) -> float:
    return float(re.sub(r"[^\d.]", "", digits))


def names_with_digits(text: str) -> list[str]:
    """Names that hold digits: GPT-4, R2R, 3D, ViT-B/32. A number with a unit (30fps) is none."""
    return [run[0] for run in _rules.run.finditer(text) if _is_name(run[0])]


def _is_name(run: str) -> bool:
    mixed = any(each.isdigit() for each in run) and any(
        each.isalpha() for each in run
    )
    return mixed and not number_forms.no_name.fullmatch(run)


def read_numbers(statement: str) -> list[Number]:
    """The numbers of a statement, in order. Those inside names are left out."""
    text = _rules.run.sub(
        lambda run: " " * len(run[0]) if _is_name(run[0]) else run[0],
        normal(statement),
    )
    found = [
        (power.span(), Number(power[0], value, 0.0))
        for power, value in powers(text)
    ]
    text = _blank(text, [span for span, _ in found])
    found += [
        (
            numeral.span(),
            _numeral(text, numeral, value),
        )
        for numeral, value in chinese(text)
    ]
    found += [
        (word.span(), Number(word[0], WORDS[word[0].lower()], 1.0))
        for word in number_forms.cardinal.finditer(text)
    ]
    found += [
        (digits.span(), _number(text, digits))
        for digits in _rules.number.finditer(text)
    ]
    return [number for _, number in sorted(found, key=lambda pair: pair[0])]


def _numeral(text: str, found: re.Match[str], value: float) -> Number:
    """A Chinese numeral: a tenth (七成) is rounded to tens of percent."""
    is_tenths = text[found.end() :].startswith("成")
    step = 10.0 if is_tenths else 1.0
    return Number(found[0], value, step, percent=bool(found[3]) or is_tenths)


def _blank(text: str, spans: list[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def _number(text: str, found: re.Match[str]) -> Number:
    digits = re.sub(r"[^\d.]", "", found[0])
    scaled = number_forms.scaled.match(text, found.start())
    scale = (
        SCALES[(scaled[2] or scaled[3] or scaled[4]).lower()]
        if scaled and scaled[1] == found[0]
        else 1.0
    )
    step = scale * 10.0 ** -len(digits.partition(".")[2])
    before, after = (
        text[max(0, found.start() - number_forms.around) : found.start()],
        text[found.end() : found.end() + number_forms.around],
    )
    return Number(
        text=digits,
        value=float(digits) * scale,
        step=step,
        percent=bool(
            re.match(r"\s*(?:%|percent|per cent|个?百分点|percentage)", after)
        )
        or before.rstrip().endswith("百分之"),
        about=bool(number_forms.about.search(before))
        or bool(number_forms.about_after.match(after)),
        scaled=scale > 1,
        measured=bool(number_forms.measure.match(after)),
    )
