"""Sentences of a reply that are the prompt's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.common.sentences import split_sentences
from pipeline.summarize.verify.evidence import Evidence
from pipeline.summarize.verify.quotes.folding import folded_letters


@dataclass(frozen=True, slots=True)
class CopyLimits:
    """From what length on the same letters are no chance."""

    latin: int = 24
    """Letters of a sentence in Latin letters."""
    cjk: int = 10
    """Letters of a Chinese one."""
    letter: re.Pattern[str] = re.compile(r"[\u3400-\u9fff]")


_limits = CopyLimits()


def copied_sentence(text: str, prompt: str, evidence: Evidence) -> str:
    """Give the sentence of a text that stands in the prompt, or holds one of its; "" for none.

    Args:
        text: what the model wrote.
        prompt: all that it was told, but for the paper.
        evidence: the paper, whose own words are no copies.
    """
    asked, whole = _folded_prompt(prompt)
    for sentence in split_sentences(" ".join(text.split())):
        letters = folded_letters(sentence)
        if not _is_long(letters) or letters in evidence.quotes.letters:
            continue
        if letters in asked or any(one in letters for one in whole):
            return sentence
    return ""


def _is_long(letters: str) -> bool:
    is_cjk = _limits.letter.search(letters)
    return len(letters) >= (_limits.cjk if is_cjk else _limits.latin)


@lru_cache(8)
def _folded_prompt(prompt: str) -> tuple[str, tuple[str, ...]]:
    """The prompt in folded letters: as a whole, and its sentences."""
    lines = (line.lstrip("-#0123456789. ") for line in prompt.splitlines())
    sentences = (
        folded_letters(sentence)
        for line in lines
        for sentence in split_sentences(line)
    )
    return folded_letters(prompt), tuple(filter(_is_long, sentences))
