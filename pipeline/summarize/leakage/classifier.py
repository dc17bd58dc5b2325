"""How much a line reads like a leftover: a linear model over its letters and words.

The patterns of rules.toml know causes; people and models find ever new words for them. So a
logistic regression over runs of letters and words, with the log-count ratios of naive Bayes as
scale (Wang & Manning, "Baselines and Bigrams", ACL 2012), was trained by bench/train_leaks.py
on lines that several writers made up without a look at the patterns, and its weights are
shipped in classifier.json. A leftover is often a small part of a line, so the line is looked at
as a whole and clause by clause, and in training the clause that gives a mixed line away is
found by the model itself (multiple-instance learning: Andrews et al., NIPS 2002).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class ClassifierRules:
    """What of a line is counted before its score."""

    longest_run: int = 4
    """Letters of the longest run; a Chinese word has two, a set phrase four."""
    word: re.Pattern[str] = re.compile(
        r"[a-z]+(?:'[a-z]+)?|\d+|[^\W\d_a-z]|[^\w\s]"
    )
    number: re.Pattern[str] = re.compile(r"\d+")
    address: re.Pattern[str] = re.compile(
        r"https?://[^\s()\[\]<>,;\u4e00-\u9fff]+"
    )
    clause: re.Pattern[str] = re.compile(r"(?<=[.;!?])(?=\D)|(?=\()|(?<=\))")
    letters: int = 8
    """Letters, those of Chinese twice, without which a line is no sentence: a picture, a name, a
    heading of one word.
    """
    picture: re.Pattern[str] = re.compile(r"!\[[^\[\]]*\]\([^()\s]*\)")
    link: re.Pattern[str] = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
    clause_letters: int = 5
    """Letters of a clause that can tell something."""


_rules = ClassifierRules()


@dataclass(frozen=True, slots=True)
class LeakModel:
    """A trained model as classifier.json holds it."""

    weights: Mapping[str, int]
    scale: float
    """Worth of one unit of a weight."""
    bias: float

    def score(self, text: str) -> float:
        """Log odds that a piece of text is a leftover."""
        found = grams(text)
        weights = self.weights
        total = sum(weights.get(gram, 0) for gram in found)
        return self.bias + self.scale * total / math.sqrt(max(1, len(found)))


@cache
def model() -> LeakModel:
    """The shipped model."""
    data = json.loads(
        files("pipeline.summarize.leakage")
        .joinpath("classifier.json")
        .read_text(encoding="utf-8")
    )
    return LeakModel(data["weights"], data["scale"], data["bias"])


def judge(text: str, by: LeakModel | None = None) -> tuple[float, str]:
    """Log odds that a line holds a leftover, and the clause with the highest.

    Args:
        text: a line as `leaks.plain` gives it, without words in quotation marks.
        by: another model than the shipped one.
    """
    text = _rules.link.sub(r"\1", _rules.picture.sub("", text))
    if (
        sum(1 + (letter > "\u2fff") for letter in text if letter.isalpha())
        < _rules.letters
    ):
        return -math.inf, text
    by = by or model()
    whole = by.score(text)
    best, words = max(
        [
            (whole, text),
            *((by.score(clause), clause) for clause in clauses(text)),
        ]
    )
    return (whole + best) / 2, words


def clauses(text: str) -> list[str]:
    """The clauses and asides of a line; none if it is a single one."""
    parts = [
        part.strip()
        for part in _rules.clause.split(text)
        if sum(map(str.isalnum, part)) >= _rules.clause_letters
    ]
    return parts if len(parts) > 1 else []


def grams(text: str) -> set[str]:
    """Runs of one to four letters, and words alone, in pairs, in threes and over a gap.

    Numbers are all alike, and so are addresses.
    """
    text = _rules.address.sub("@", text)
    letters = "^" + _rules.number.sub("0", text) + "$"
    found = {
        letters[at : at + size]
        for size in range(1, _rules.longest_run + 1)
        for at in range(len(letters) - size + 1)
    }
    words = [
        "^",
        *(
            "0" if word.isdigit() else word
            for word in _rules.word.findall(text)
        ),
        "$",
    ]
    found.update(f"{one} " for one in words)
    found.update(f"{one} {two}" for one, two in pairwise(words))
    found.update(
        f"{one} {two} {three}"
        for one, two, three in zip(words, words[1:], words[2:], strict=False)
    )
    found.update(
        f"{one} _ {three}" for one, three in zip(words, words[2:], strict=False)
    )
    return found
