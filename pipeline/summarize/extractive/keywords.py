"""Keywords as the paper gives them, or the phrases that it is about."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

from pipeline.paper import Document, Paper


@dataclass(frozen=True, slots=True)
class KeywordsRules:
    """How many keywords, how long, and how they are printed."""

    most: int = 6
    longest: int = 50
    """Characters of one keyword."""
    early: int = 2
    """Pages on which a paper's own keywords stand."""
    line: re.Pattern[str] = re.compile(
        r"\b(?:key ?words(?: and phrases)?|index terms)\s*[:：.—–-]*\s*(.{5,300})|关键[词字]\s*[:：]?\s*(.{2,120})",
        re.IGNORECASE,
    )
    next_: re.Pattern[str] = re.compile(
        r"\b(?:\d\.?\s+)?introduction\b|\b(?:abstract|ccs concepts|acm reference)\b|(?<=[a-z)])\.\s|。|中图分类号",
        re.IGNORECASE,
    )
    apart: re.Pattern[str] = re.compile(r"\s*[,;，；、·•|]\s*|\s+[-–—]\s+")
    word: re.Pattern[str] = re.compile(
        r"(?<![A-Za-z0-9])[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*|[\u3400-\u9fff]{2,8}"
    )


_rules = KeywordsRules()


def keywords_of(paper: Paper, document: Document) -> tuple[str, ...]:
    """At most six keywords: the paper's own line, else the phrases of title and abstract that
    it uses most.
    """
    return _given(document) or _phrases(paper, document)


def _given(document: Document) -> tuple[str, ...]:
    early = (
        passage.text
        for passage in document.passages()
        if passage.page <= _rules.early and passage.kind != "references"
    )
    for text in early:
        found = _rules.line.search(text)
        if not found:
            continue
        line = _rules.next_.split(found[1] or found[2])[0].strip(" .;,")
        words = [word.strip(" .!?:;") for word in _rules.apart.split(line)]
        good = tuple(word for word in words if 1 < len(word) <= _rules.longest)
        if len(good) > 1:
            return good[: _rules.most]
    return ()


def _phrases(paper: Paper, document: Document) -> tuple[str, ...]:
    """Phrases of one to three words, rated by how often the whole paper has them and how long
    they are.
    """
    topic = f"{paper.title}. {paper.abstract or document.abstract}"
    full = Counter(
        chain.from_iterable(
            _grams(section.text)
            for section in document.sections
            if section.kind != "references"
        )
    )
    here = Counter(_grams(topic)) + Counter(_grams(paper.title))
    score = {
        gram: here[gram]
        * (1 + full[gram]) ** 0.5
        * (0.4, 1.6, 1.8)[min(len(gram), 3) - 1]
        for gram in here
    }
    picked: list[tuple[str, ...]] = []
    for gram in sorted(score, key=lambda one: (-score[one], one)):
        fresh = (
            not any(set(gram) & set(other) for other in picked)
            and len(" ".join(gram)) <= _rules.longest
        )
        if fresh and (len(gram) > 1 or _is_name(_as_written(gram, topic))):
            picked.append(gram)
        if len(picked) == _rules.most:
            break
    return tuple(_as_written(gram, topic) for gram in picked)


def _grams(text: str) -> list[tuple[str, ...]]:
    """Runs of one to three words without a stop word or a sign between them."""
    grams = []
    for clause in re.split(r"[.,;:!?()\[\]。，；：！？（）\n]", text.lower()):
        words = _rules.word.findall(clause)
        for size in (1, 2, 3):
            grams += [
                gram
                for gram in zip(
                    *(words[start:] for start in range(size)), strict=False
                )
                if not any(_weak(word) for word in gram)
            ]
    return grams


def _is_name(word: str) -> bool:
    """A single word says enough when it is a name: NeRF, MELD, 3DiM, or Chinese."""
    return bool(re.search(r"[A-Z].*[A-Z]|\d|[\u3400-\u9fff]", word))


@cache
def _common() -> frozenset[str]:
    data = (
        files("pipeline.summarize.extractive")
        .joinpath("keywords.txt")
        .read_text(encoding="utf-8")
    )
    return frozenset(data.split())


def _weak(word: str) -> bool:
    return (
        word in _common()
        or len(word) < 2  # noqa: PLR2004
        or (len(word) > 4 and word.endswith("ly"))  # noqa: PLR2004
    )


def _as_written(gram: tuple[str, ...], text: str) -> str:
    found = re.search(r"[\s-]+".join(map(re.escape, gram)), text, re.IGNORECASE)
    return found[0] if found else " ".join(gram)
