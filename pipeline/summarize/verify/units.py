"""Numbers with their units, in statements and passages.

A number of days is not one of hours, and 2.53 % no factor of 2.53.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from pipeline.summarize.verify.numerals import WORDS, normal

_UNITS = {
    "percent": r"%|percent\b|per cent\b|个?百分点|percentage points?|成(?!功|本|员|果|分|像)",
    "times": r"倍|×(?! ?\d)|x\b(?! ?\d)|times\b|-?fold\b",
    "millisecond": r"毫秒|ms\b|milliseconds?\b",
    "second": r"秒|s\b|secs?\b|seconds?\b",
    "minute": r"分钟|mins?\b|minutes?\b",
    "hour": r"小时|h\b|hrs?\b|hours?\b",
    "day": r"天|days?\b",
    "week": r"周(?!期)|weeks?\b",
    "month": r"个月|months?\b",
    "year": r"年(?!级|代|度|份|报|龄)|years?\b",
}
_UNIT = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _UNITS.items())


@dataclass(frozen=True, slots=True)
class UnitForms:
    """How quantities are written."""

    value: str = r"(?<![\w.])(\d+(?:,\d{3})*(?:\.\d+)?)"
    second: str = r"(?:\s*(?:到|至|~|-|to|and|or)\s*(\d+(?:\.\d+)?))?"
    measured: re.Pattern[str] = re.compile(
        rf"{value}{second}\s?-?\s?(?:{_UNIT})", re.IGNORECASE | re.ASCII
    )
    fraction: re.Pattern[str] = re.compile(
        r"(?<![\w./])1\s?/\s?(\d+)(?![\w/])|([二三四五六七八九十])分之一",
        re.ASCII,
    )
    ratio: re.Pattern[str] = re.compile(
        r"(?<![\w.:])(\d+)\s?[:：]\s?(\d+)(?![\w:])", re.ASCII
    )
    counted: re.Pattern[str] = re.compile(
        rf"{value}\s+(?:[a-z]+\s+)?[a-z]{{3,}}s\b", re.ASCII
    )
    """A whole number of things: 40 independent labelers."""
    double: re.Pattern[str] = re.compile(
        r"\b(?:double[sd]?|twice|doubling|two-fold)\b|翻倍|两倍|一倍",
        re.IGNORECASE,
    )
    spelled: re.Pattern[str] = re.compile(
        rf"\b({'|'.join(WORDS)})( and (?:a )?half)?(?=[\s-](?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b)",
        re.IGNORECASE,
    )
    """A number in words before a unit of time."""
    plain: re.Pattern[str] = re.compile(
        r"(?<![\w./])\d+(?:\.\d+)?(?![\w./]?\d|\s?/)"
    )
    """A number that is no part of a fraction."""
    loose: float = 0.06
    """How far a ratio may be from the one that is told, as a share of it."""
    half: re.Pattern[str] = re.compile(
        r"\b(?:half|halves|halved)\b|一半|减半", re.IGNORECASE
    )


unit_forms = UnitForms()

_HAN = {sign: value for value, sign in enumerate("一二三四五六七八九十", 1)}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit."""

    value: float
    unit: str
    text: str


def quantities(text: str) -> list[Quantity]:
    """The numbers of a text that have a unit, fractions and doubles among them."""
    plain = unit_forms.spelled.sub(_in_digits, normal(text))
    return [*_measured(plain), *_parts(plain)]


def _in_digits(spelled: re.Match[str]) -> str:
    """A number in words as digits: one and a half, 1.5."""
    return f"{WORDS[spelled[1].lower()] + (0.5 if spelled[2] else 0):g}"


def _measured(text: str) -> Iterator[Quantity]:
    for found in unit_forms.measured.finditer(text):
        unit = next(name for name in _UNITS if found[name])
        for digits in (found[1], found[2]):
            if digits:
                yield Quantity(
                    float(digits.replace(",", "")), unit, found[0].strip()
                )


def _parts(text: str) -> Iterator[Quantity]:
    for found in unit_forms.fraction.finditer(text):
        value = int(found[1]) if found[1] else _HAN[found[2]]
        yield Quantity(float(value), "fraction", found[0])
    for found in unit_forms.ratio.finditer(text):
        yield Quantity(
            float(found[1]) / max(1.0, float(found[2])), "ratio", found[0]
        )
    for pattern, unit in (
        (unit_forms.double, "times"),
        (unit_forms.half, "fraction"),
    ):
        if twice := pattern.search(text):
            yield Quantity(2.0, unit, twice[0])


def contradicted(statement: str, passage: str, around: str) -> str:
    """The quantity of a statement that its passage gives otherwise; "" where none is.

    Args:
        statement: what the review says.
        passage: the quoted sentences.
        around: the paragraphs around them, where a quantity may stand too.
    """
    near, far = quantities(passage), quantities(around)
    counted = {
        float(one.replace(",", ""))
        for one in unit_forms.counted.findall(normal(passage))
    }
    for one in quantities(statement):
        if _is_among(one, near) or _is_among(one, far):
            continue
        if one.unit in ("times", "fraction") and _is_ratio(one.value, passage):
            continue
        same_value = [other for other in near if other.value == one.value]
        same_unit = [other for other in near if other.unit == one.unit]
        if same_unit and not same_value and _is_elided(one, passage):
            continue
        if same_value or same_unit:
            return one.text
        if one.unit == "percent" and one.value in counted:
            return one.text
        if (
            one.unit == "percent"
            and _plain(one.value, passage)
            and one.value >= 1
        ):
            continue
        if one.unit == "times" and _plain(one.value, passage):
            return one.text
    return ""


def _is_among(one: Quantity, others: list[Quantity]) -> bool:
    return any(
        other.unit == one.unit
        and abs(other.value - one.value) <= unit_forms.loose * one.value
        for other in others
    )


def _is_ratio(value: float, passage: str) -> bool:
    """Whether two numbers of a passage stand in this ratio: 2 hours after 4 is half."""
    found = [float(one) for one in unit_forms.plain.findall(normal(passage))]
    return any(
        low and abs(high / low - value) <= unit_forms.loose * value
        for low, high in permutations(found, 2)
    )


def _is_elided(one: Quantity, passage: str) -> bool:
    """Whether a passage has the number with its unit left out: "at 2 hours, and after 4"."""
    bare = rf"(?<![\w.]){one.value:g}(?=\s*(?:$|[.;)](?!\d)|,\s|(?:and|or|to|vs)\b))"
    return bool(re.search(bare, normal(passage).strip()))


def _plain(value: float, text: str) -> bool:
    """Whether a text has a number, with whatever unit."""
    return bool(re.search(rf"(?<![\d.]){value:g}(?!\d|\.\d)", text))
