"""Tells the language of a text by its script, and Latin scripts by their most frequent words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LanguageLimits:
    """How much of a text tells its language."""

    sample: int = 20_000
    """Letters that are looked at."""
    script: float = 0.15
    """Of the letters that a script has in its text; formulas and names stay Latin."""
    common: float = 0.06
    """Of the words that are among a language's most frequent ones; running text has a quarter."""
    a_few_words: int = 10
    """Words from which on their language can be told."""


limits = LanguageLimits()


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """Scripts, and the most frequent words of languages."""

    scripts: tuple[tuple[str, re.Pattern[str]], ...]
    """Languages with scripts of their own, and their letters."""
    faint: dict[str, float]
    """Scripts of which a few letters are enough: Japanese is half Chinese, Persian nearly all
Arabic."""
    words: dict[str, str]
    """The most frequent words by language."""


known = LanguageWords(
    scripts=(
        ("ja", re.compile("[\u3040-\u30ff]")),
        ("ko", re.compile("[\uac00-\ud7af]")),
        ("zh", re.compile("[\u4e00-\u9fff]")),
        ("ru", re.compile("[\u0400-\u04ff]")),
        ("fa", re.compile("[\u067e\u0686\u0698\u06af\u06a9\u06cc]")),
        ("ar", re.compile("[\u0600-\u06ff]")),
        ("el", re.compile("[\u03b1-\u03c9]")),
        ("he", re.compile("[\u05d0-\u05ea]")),
        ("hi", re.compile("[\u0900-\u097f]")),
        ("th", re.compile("[\u0e00-\u0e7f]")),
    ),
    faint={"ja": 0.05, "fa": 0.02},
    words={
        "en": "the of and to in is that for we with as are on this by be from an which our",
        "de": "der die und das von ist den mit ein eine für auf dem nicht werden sich des im zu",
        "fr": "le la les des et est une dans que pour qui sur par avec du nous au ce sont",
        "es": "el los las una que por con para del se es como más este al son la de y",
        "pt": "os das dos uma que com para não em por mais como ao são foi da do",
        "it": "il che di per una con del della sono gli nel è le si alla dei",
        "nl": "de het een van en is dat op voor met zijn niet aan door ook",
        "pl": "i w na z do się nie jest że dla przez oraz jako są",
        "tr": "ve bir bu için ile olarak da de olan en daha çok",
    },
)


def find_language(texts: Iterable[str]) -> str:
    """ISO 639-1 code of the language that most of the text is in; "" when it cannot be told."""
    sample = ""
    for text in texts:
        sample += text[: limits.sample] + " "
        if len(sample) > limits.sample:
            break
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return ""
    foreign = re.sub(r"[\x00-\x7f]+", "", sample)
    for code, script in known.scripts if foreign else ():
        least = known.faint.get(code, limits.script) * letters
        if len(foreign) > least and len(script.findall(foreign)) > least:
            return code
    return _latin(sample)


def _latin(sample: str) -> str:
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    total = sum(words.values())
    counts = {
        code: sum(words[word] for word in common.split())
        for code, common in known.words.items()
    }
    best = max(counts, key=lambda code: counts[code])
    return (
        best
        if total >= limits.a_few_words and counts[best] >= limits.common * total
        else ""
    )
