"""How numbers are written: digits of any script, powers of ten, numerals in words. No judgement
of what they say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

SCALES = {
    "k": 1e3,
    "m": 1e6,
    "b": 1e9,
    "g": 1e9,
    "t": 1e12,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
}
SCALES |= {
    "billion": 1e9,
    "trillion": 1e12,
    "百": 1e2,
    "千": 1e3,
    "万": 1e4,
    "十万": 1e5,
    "百万": 1e6,
    "千万": 1e7,
}
SCALES |= {"亿": 1e8, "十亿": 1e9, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12}


@dataclass(frozen=True, slots=True)
class NumeralsRules:
    """Numbers in words."""

    ones: str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    teens: str = "seventeen eighteen nineteen twenty"
    decades: str = "ten twenty thirty forty fifty sixty seventy eighty ninety"
    times: str = r"(\d+(?:\.\d+)?)\s*[×x*·⋅]\s*"


_rules = NumeralsRules()


WORDS = {
    word: float(value)
    for value, word in enumerate(f"{_rules.ones} {_rules.teens}".split())
}
WORDS |= {
    word: 10.0 * value for value, word in enumerate(_rules.decades.split(), 1)
}
WORDS |= {
    "first": 1.0,
    "second": 2.0,
    "third": 3.0,
    "fourth": 4.0,
    "fifth": 5.0,
    "sixth": 6.0,
    "dozen": 12.0,
}
_MONTHS = (
    "january february march april may june july august september october "
    "november december"
)
WORDS |= {word: float(value) for value, word in enumerate(_MONTHS.split(), 1)}
WORDS |= {
    "single": 1.0,
    "once": 1.0,
    "twice": 2.0,
    "thrice": 3.0,
    "pair": 2.0,
    "both": 2.0,
    "dual": 2.0,
    "half": 0.5,
}
WORDS |= {
    "double": 2.0,
    "doubled": 2.0,
    "doubling": 2.0,
    "halved": 0.5,
    "quarter": 0.25,
    "triple": 3.0,
    "tripled": 3.0,
}
WORDS |= {
    "quadruple": 4.0,
    "hundred": 100.0,
    "thousand": 1000.0,
    "million": 1e6,
    "billion": 1e9,
}
HANZI = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_TENS = {"十": 10, "百": 100, "千": 1000}


POWERS = (
    re.compile(
        rf"(?:{_rules.times})?(?<![\d.])10\s*\^\s*\{{?\s*(-?)\s*(\d{{1,2}})\}}?"
    ),
    re.compile(
        r"(?<![A-Za-z0-9.])(\d+(?:\.\d+)?)[eE]([-+]?)(\d{1,2})(?![A-Za-z0-9])"
    ),
    re.compile(rf"{_rules.times}10(-)(\d{{1,2}})(?!\d|\.\d)"),
    re.compile(r"()(?<![\d.])10\s*的\s*([-负]?)(\d{1,2})\s*次方"),
)
"""Base, sign and exponent, as a statement writes them."""
PRINTED = (
    *POWERS,
    re.compile(rf"{_rules.times}10\s?(-?)\s?(\d{{1,2}})(?!\d|\.\d)"),
    re.compile(r"()(?<![\d.])10 ?(-) ?(\d{1,2})(?!\d|\.\d)"),
)
"""The same in the text of a PDF, where the exponent is no longer raised."""


@dataclass(frozen=True, slots=True)
class NumeralForms:
    """How numbers are written."""

    longest: int = 30
    """Digits of a number that are looked at: no paper prints more. What a hostile one or a looping
    model writes without end would take the patterns quadratic time.
    """
    longest_list: int = 300
    """Characters of a list of numbers without a space; a longer one is parted."""
    endless: re.Pattern[str] = re.compile(rf"(\d{{{longest}}})\d+")
    unspaced: re.Pattern[str] = re.compile(
        rf"[\d.,]{{{longest_list}}}(?=[\d.,])"
    )
    dashes: str = "−–‐‑⁻"
    mark: re.Pattern[str] = re.compile(
        r"(?<=\d)[\u2009\u202f\u00a0'’](?=\d{3}(?!\d))"
    )
    word: re.Pattern[str] = re.compile("[a-z]+")
    magnitude: re.Pattern[str] = re.compile(r"(\b[a-z]+) orders? of magnitude")
    gap: re.Pattern[str] = re.compile(r"\s+")
    superscript: re.Pattern[str] = re.compile("10([⁺⁻]?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
    lost: re.Pattern[str] = re.compile(r"10([2-9]|[1-9]\d)(?![\d%]|[.,]\d)")
    """10 with an exponent that a PDF no longer shows raised, or a plain number from 102 to 1099."""
    sure: int = 10
    """Exponent from which on one sign of a power is not enough."""
    before_lost: re.Pattern[str] = re.compile(
        r"(?:[∼~≈≃≲≳∝]|\b(?:orders?|factors?) of(?: about)?)\s*$"
    )
    after_lost: re.Pattern[str] = re.compile(
        r"\s?(?:s|[kMGT]?eV|m?K|[cmkn]?m|[kMGT]?Hz|[kM]?Pa|[kMG]?yr|[ML]⊙|k?g|J|W|T|G|V|A|erg|[kM]?pc|mol|AU)(?:\s?-\s?\d|/|\^)"
    )
    """What stands around a power and hardly around such a number: an estimate, a unit that is
    itself raised.
    """
    lost_before: int = 18
    """Characters in front of a number that are looked at."""
    classifier: str = (
        "个|种|类|项|倍|层|阶段|步|组|名|张|条|次|天|小时|分钟|秒|篇|位|部分|方面|维度|模块|任务|数据集|基准|模型|轮|帧|台|块|段|年|月"
        "|周|幅|套|级|路|头|成"
    )
    chinese: re.Pattern[str] = re.compile(
        rf"(?<![数几第多上近一二两三四五六七八九十百千零〇])([一二两三四五六七八九十百千零〇]+)(?:([万亿])|[多余]?(?={classifier}))"
        r"|百分之([一二两三四五六七八九十百零〇]+)"
    )


numeral_forms = NumeralForms()


def normal(text: str) -> str:
    """Digits of any script as ASCII, minus signs as one, raised digits behind a 10 as a power,
    single blanks.
    """
    raised = numeral_forms.superscript.sub(
        lambda found: f"10^{found[1]}{found[2]}",
        text.replace("，", "; ").replace("、", "; "),
    )
    plain = unicodedata.normalize("NFKC", numeral_forms.mark.sub(",", raised))
    for dash in numeral_forms.dashes:
        plain = plain.replace(dash, "-")
    return numeral_forms.unspaced.sub(
        lambda found: found[0] + " ",
        numeral_forms.endless.sub(r"\1", numeral_forms.gap.sub(" ", plain)),
    )


def near_digits(text: str) -> str:
    """The words with digits and the one behind each: a fifth of a paper, and all that the
    patterns need.
    """
    words = text.split()
    counting = {word for word in set(words) if any(map(str.isnumeric, word))}
    kept: list[str] = []
    last = -2
    for place in [
        place for place, word in enumerate(words) if word in counting
    ]:
        kept += (
            ["\n"] * (place > last + 1)
            + [words[place]] * (place > last)
            + words[place + 1 : place + 2]
        )
        last = place + 1
    return " ".join(kept)


def powers(
    text: str, forms: tuple[re.Pattern[str], ...] = POWERS
) -> Iterator[tuple[re.Match[str], float]]:
    """Powers of ten, with what stands before them as their factor."""
    for form in forms:
        for found in form.finditer(text):
            yield (
                found,
                float(found[1] or 1)
                * 10.0
                ** int(found[2].replace("+", "").replace("负", "-") + found[3]),
            )


def lost_powers(text: str) -> Iterator[float]:
    """Powers of ten in the text of a PDF where the exponent ran into the 10; sure only if the
    paper has others.
    """
    plain = text
    for dash in numeral_forms.dashes:
        plain = plain.replace(dash, "-")
    yield from {
        10.0 ** int(found[1])
        for found in numeral_forms.lost.finditer(plain)
        if _is_lost(plain, found)
    }


def _is_lost(text: str, found: re.Match[str]) -> bool:
    before = text[
        max(0, found.start() - numeral_forms.lost_before) : found.start()
    ]
    if before[-1:].isdigit() or before[-1:] in ".,":
        return False
    signs = bool(numeral_forms.before_lost.search(before)) + bool(
        numeral_forms.after_lost.match(text, found.end())
    )
    return signs > (int(found[1]) >= numeral_forms.sure)


def spelled(text: str) -> Iterator[float]:
    """Numbers that a paper writes as words, English or Chinese."""
    low = text.lower()
    words = {
        word.removesuffix("fold").removesuffix("s")
        for word in numeral_forms.word.findall(" ".join(set(low.split())))
    }
    yield from (WORDS[word] for word in WORDS.keys() & words)
    for count in numeral_forms.magnitude.findall(low):
        yield 10.0 ** WORDS.get(count, 1.0)
    yield from (value for _, value in chinese(text))


def chinese(text: str) -> Iterator[tuple[re.Match[str], float]]:
    """Chinese numerals that count something, but for one."""
    if not any(each in text for each in (*HANZI, *_TENS)):
        return
    for found in numeral_forms.chinese.finditer(text):
        scale = 10.0 if text[found.end() :].startswith("成") else 1.0
        value = hanzi(found[1] or found[3]) * SCALES.get(found[2] or "", scale)
        if value > 1:
            yield found, value


def hanzi(text: str) -> int:
    """The value of a Chinese numeral below ten thousand; digits in a row are read one by one
    (二〇二四).
    """
    if not any(each in _TENS for each in text):
        return int(
            "".join(str(HANZI[each]) for each in text[: numeral_forms.longest])
        )
    total, digit = 0, 0
    for each in text:
        if each in _TENS:
            total += (digit or 1) * _TENS[each]
            digit = 0
        else:
            digit = HANZI[each]
    return total + digit
