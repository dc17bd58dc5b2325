"""Numbers in statements and whether a paper holds them, however either side writes them.

35 % is 0.35, 3.1M is 310万 and 3,100,000, 10−4 is 1e-4, "three" is 3 and 三个. A statement may round as a person
does (94.37 to 94.4); it may not calculate. Digits inside a name (GPT-4, R2R, 3D) belong to the name.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "g": 1e9, "t": 1e12, "hundred": 1e2, "thousand": 1e3, "million": 1e6}
SCALES |= {"billion": 1e9, "trillion": 1e12, "百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7}
SCALES |= {"亿": 1e8, "十亿": 1e9, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12}
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_TEENS = "seventeen eighteen nineteen twenty"
_DECADES = "ten twenty thirty forty fifty sixty seventy eighty ninety"
WORDS = {word: float(value) for value, word in enumerate(f"{_ONES} {_TEENS}".split())}
WORDS |= {word: 10.0 * value for value, word in enumerate(_DECADES.split(), 1)}
WORDS |= {"first": 1.0, "second": 2.0, "third": 3.0, "fourth": 4.0, "fifth": 5.0, "sixth": 6.0, "dozen": 12.0}
WORDS |= {"single": 1.0, "once": 1.0, "twice": 2.0, "thrice": 3.0, "pair": 2.0, "both": 2.0, "dual": 2.0, "half": 0.5}
WORDS |= {"double": 2.0, "doubled": 2.0, "doubling": 2.0, "halved": 0.5, "quarter": 0.25, "triple": 3.0, "tripled": 3.0}
WORDS |= {"quadruple": 4.0, "hundred": 100.0, "thousand": 1000.0, "million": 1e6, "billion": 1e9}
HANZI = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "百": 100, "千": 1000}

LOOSE = 0.05
"""How far a rounded number may be from the paper's, as a share of it: what two meaning digits leave."""

_MARKED = r"\d{1,3}(?:,\d{3})+(?!\d)|\d+"
_NUMBER = re.compile(rf"(?:{_MARKED})(?:\.\d+)?|(?<![\d.])\.\d+")
_RAW = re.compile(r"\d+(?:\.\d+)?")
_GAPPED = re.compile(r"(?<![\d.])\d{1,3}(?: \d{3})+(?![\d.])")
_SUPERSCRIPT = re.compile("(?<=10)([⁺⁻]?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_TIMES = r"(\d+(?:\.\d+)?)\s*[×x*·⋅]\s*"
_POWERS = (
    re.compile(rf"(?:{_TIMES})?(?<![\d.])10\s*\^\s*\{{?\s*(-?)\s*(\d{{1,2}})\}}?"),
    re.compile(r"(?<![A-Za-z0-9.])(\d+(?:\.\d+)?)[eE]([-+]?)(\d{1,2})(?![A-Za-z0-9])"),
    re.compile(rf"{_TIMES}10(-)(\d{{1,2}})(?!\d|\.\d)"),
    re.compile(r"()(?<![\d.])10\s*的\s*([-负]?)(\d{1,2})\s*次方"),
)
"""Base, sign and exponent, as a statement writes them."""
_PRINTED_POWERS = (
    *_POWERS,
    re.compile(rf"{_TIMES}10\s?(-?)\s?(\d{{1,2}})(?!\d|\.\d)"),
    re.compile(r"()(?<![\d.])10 ?(-) ?(\d{1,2})(?!\d|\.\d)"),
)
"""The same in the text of a PDF, where the exponent is no longer raised."""
_LOST = re.compile(r"10([2-9]|[1-9]\d)(?![\d%]|[.,]\d)")
"""10 with an exponent that a PDF no longer shows raised, or a plain number from 102 to 1099."""
_SURE = 10
"""Exponent from which on one sign of a power is not enough."""
_BEFORE_LOST = re.compile(r"(?:[∼~≈≃≲≳∝]|\b(?:orders?|factors?) of(?: about)?)\s*$")
_AFTER_LOST = re.compile(
    r"\s?(?:s|[kMGT]?eV|m?K|[cmkn]?m|[kMGT]?Hz|[kM]?Pa|[kMG]?yr|[ML]⊙|k?g|J|W|T|G|V|A|erg|[kM]?pc|mol|AU)(?:\s?-\s?\d|/|\^)"
)
"""What stands around a power and hardly around such a number: an estimate, a unit that is itself raised."""
_LOST_BEFORE = 18
"""Characters in front of a number that are looked at."""
_SCALED = re.compile(
    rf"((?:{_MARKED})(?:\.\d+)?)(?:\s*(万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百)|[\s-]*(thousand|million|billion|trillion|hundred)(?:s?\b|fold)"
    r"|[ -]?([KMBTG]|k)(?![A-Za-z0-9]))"
)
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|percent|per cent|个?百分点|percentage points?)|百分之\s*(\d+(?:\.\d+)?)")
_WORD = re.compile("[a-z]+")
_DIGIT = re.compile("[0-9]")
_CLASSIFIER = (
    "个|种|类|项|倍|层|阶段|步|组|名|张|条|次|天|小时|分钟|秒|篇|位|部分|方面|维度|模块|任务|数据集|基准|模型|轮|帧|台|块|段|年|月"
    "|周|幅|套|级|路|头|成"
)
_CHINESE = re.compile(
    rf"(?<![数几第多上近一二两三四五六七八九十百千零〇])([一二两三四五六七八九十百千零〇]+)(?:([万亿])|[多余]?(?={_CLASSIFIER}))"
    r"|百分之([一二两三四五六七八九十百零〇]+)"
)
_RUN = re.compile(r"[A-Za-z0-9]+(?:[-/._+@][A-Za-z0-9]+)*")
_NO_NAME = re.compile(
    r"[\d.]+(?:[KMBTGkx]|[eE]-?\d+)?(?:[-/x][\d.]+[KMBTGkx]?)*|[\d.]+[-/].*|[\d.]+(?:[shdmgv]|(?i:ms|fps|[kmg]?hz|db|px|[unmcdk]m|kg|mg"
    r"|[gmkt]b|k?w|mins?|hours?|days?|epochs?|steps?|layers?|frames?|images?|videos?|tokens?|[gt]?flops|st|nd|rd|th|dof|bits?|pp))"
)
"""Digits with a unit or an ordinal's ending: a number, not a name."""
_MEASURE = re.compile(
    r"\s*(?:fps|ms|s\b|秒|毫秒|分钟|小时|天|倍|×|x\b|times|d[bB]|hz|gb|mb|epochs?|seconds?|minutes?|hours?|days?|mm|cm|km|米|厘米|毫米|度|°)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:约为?|大约|近|接近|将近|超过|超|逾|大于|高于|多于|不到|低于|小于|至少|≈|~|～|>|<|≥|≤|about|around|nearly|over|than|approximately|roughly|almost|least|most)\s*$",
    re.IGNORECASE,
)
_ABOUT_AFTER = re.compile(r"^\s*(?:%|个?百分点|[KMB万亿千百]*)?\s*(?:多|余|左右|上下|以上|以下|以内|or so|\+)")


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
        if number.percent and (_key(number.value / 100) in self.values or self._rounds(number, 0.01, self.ordered)):
            return True
        if not number.percent and number.value <= 1 and _among(self.percents, *_about(number.value * 100)):
            return True
        return self._rounds(number, 1.0, self.ordered)

    def _rounds(self, number: Number, factor: float, among: tuple[float, ...]) -> bool:
        """Whether one of the numbers, rounded to the last digit of the statement's, is the statement's."""
        value, step = number.value * factor, number.step * factor
        if number.about:
            step *= _tail(number)
        if not (number.about or number.scaled or number.measured or number.percent or number.step < 1):
            return False
        reach = min(step / 2, LOOSE * value) * (1 + 1e-9)
        if _meaning(number) > 1 and _among(among, value - reach, value + reach):
            return True
        return number.about and _among(among, value, min(value + step, value * (1 + LOOSE)))


def _meaning(number: Number) -> int:
    """How many digits tell the size: two in 0.35, 35 and 350."""
    return len(number.text.replace(".", "").strip("0")) or 1


def _tail(number: Number) -> int:
    """10 for each zero at the end of a whole number: 2400 has its last meaning digit at the hundreds."""
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
    plain = normal(text)
    near = _near_digits(plain)
    values = {_key(value) for value in (*_values(near), *_spelled(plain), *_lost_powers(plain))}
    percents = {_key(float(one or other)) for one, other in _PERCENT.findall(near)}
    return Index(frozenset(values), tuple(sorted(values)), tuple(sorted(percents)))


def _near_digits(text: str) -> str:
    """The words with digits and the one behind each: a fifth of a paper, and all that the patterns need."""
    words = text.split()
    kept: list[str] = []
    last = -2
    for place, word in enumerate(words):
        if not word.isalpha() and _DIGIT.search(word):
            kept += ["\n"] * (place > last + 1) + [word] * (place > last) + words[place + 1 : place + 2]
            last = place + 1
    return " ".join(kept)


def normal(text: str) -> str:
    """Digits of any script and width as ASCII, minus signs as one, raised digits behind a 10 as a power."""
    raised = _SUPERSCRIPT.sub(lambda found: f"^{found[1]}{found[2]}", text.replace("，", "; ").replace("、", "; "))
    joined = re.sub(r"(?<=\d)[\u2009\u202f\u00a0'’](?=\d{3}(?!\d))", ",", raised)
    return re.sub("[−–‐‑⁻]", "-", unicodedata.normalize("NFKC", joined))


def _values(text: str) -> Iterator[float]:
    yield from map(float, set(_RAW.findall(text)))
    yield from map(_float, {*_NUMBER.findall(text), *_GAPPED.findall(text)})
    for digits, han, word, letter in set(_SCALED.findall(text)):
        yield _float(digits) * SCALES[(han or word or letter).lower()]
    yield from (value for _, value in _powers(text, _PRINTED_POWERS))


def _lost_powers(text: str) -> Iterator[float]:
    """Powers of ten in a paper that has such at all, where the exponent ran into the 10."""
    lost = {int(found[1]) for found in _LOST.finditer(text) if _is_lost(text, found)}
    if lost and any(form.search(text) for form in _PRINTED_POWERS):
        yield from (10.0**exponent for exponent in lost)


def _is_lost(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - _LOST_BEFORE) : found.start()]
    if before[-1:].isdigit() or before[-1:] in ".,":
        return False
    signs = bool(_BEFORE_LOST.search(before)) + bool(_AFTER_LOST.match(text, found.end()))
    return signs > (int(found[1]) >= _SURE)


def _spelled(text: str) -> Iterator[float]:
    words = {word.removesuffix("fold") for word in _WORD.findall(text.lower())}
    yield from (WORDS[word] for word in WORDS.keys() & words)
    yield from (value for _, value in _chinese(text))


def _float(digits: str) -> float:
    return float(re.sub(r"[^\d.]", "", digits))


def _powers(text: str, forms: tuple[re.Pattern[str], ...] = _POWERS) -> Iterator[tuple[re.Match[str], float]]:
    for form in forms:
        for found in form.finditer(text):
            yield found, float(found[1] or 1) * 10.0 ** int(found[2].replace("+", "").replace("负", "-") + found[3])


def _chinese(text: str) -> Iterator[tuple[re.Match[str], float]]:
    for found in _CHINESE.finditer(text):
        value = hanzi(found[1] or found[3]) * SCALES.get(found[2] or "", 1.0)
        if value > 1:
            yield found, value


def hanzi(text: str) -> int:
    """The value of a Chinese numeral below ten thousand; digits in a row are read one by one (二〇二四)."""
    if not any(each in _TENS for each in text):
        return int("".join(str(HANZI[each]) for each in text))
    total, digit = 0, 0
    for each in text:
        if each in _TENS:
            total += (digit or 1) * _TENS[each]
            digit = 0
        else:
            digit = HANZI[each]
    return total + digit


def names(text: str) -> list[str]:
    """Names that hold digits: GPT-4, R2R, 3D, ViT-B/32. A number with a unit (30fps) is none."""
    return [run[0] for run in _RUN.finditer(text) if _is_name(run[0])]


def _is_name(run: str) -> bool:
    mixed = any(each.isdigit() for each in run) and any(each.isalpha() for each in run)
    return mixed and not _NO_NAME.fullmatch(run)


def read(statement: str) -> list[Number]:
    """The numbers of a statement, in order. Those inside names are left out."""
    text = _RUN.sub(lambda run: " " * len(run[0]) if _is_name(run[0]) else run[0], normal(statement))
    found: list[tuple[int, Number]] = []
    for power, value in _powers(text):
        found.append((power.start(), Number(power[0], value, 0.0)))
        text = _blank(text, *power.span())
    for numeral, value in _chinese(text):
        found.append((numeral.start(), Number(numeral[0], value, 1.0, percent=bool(numeral[3]))))
    found += [(digits.start(), _number(text, digits)) for digits in _NUMBER.finditer(text)]
    return [number for _, number in sorted(found, key=lambda pair: pair[0])]


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _number(text: str, found: re.Match[str]) -> Number:
    digits = re.sub(r"[^\d.]", "", found[0])
    scaled = _SCALED.match(text, found.start())
    scale = SCALES[(scaled[2] or scaled[3] or scaled[4]).lower()] if scaled and scaled[1] == found[0] else 1.0
    step = scale * 10.0 ** -len(digits.partition(".")[2])
    before, after = text[: found.start()], text[found.end() :]
    return Number(
        text=digits,
        value=float(digits) * scale,
        step=step,
        percent=bool(re.match(r"\s*(?:%|percent|per cent|个?百分点|percentage)", after))
        or before.rstrip().endswith("百分之"),
        about=bool(_ABOUT.search(before)) or bool(_ABOUT_AFTER.match(after)),
        scaled=scale > 1,
        measured=bool(_MEASURE.match(after)),
    )
