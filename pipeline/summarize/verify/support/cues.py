"""The words by which statements and passages are compared, read once from support_cues.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Pattern = re.Pattern[str]
_TURNS = re.compile(
    r"(?:\b(?:not(?! only)|no|never|cannot|neither|nor|fail\w* to|without)\b(?:\s+\w+){0,3}\s*"
    r"|\bless\s+|n[’']t(?:\s+\w+){0,2}\s*"
    r"|(?:没有|没能|并未|并不|未能|不能|无法|不会|未|不)[^，。；,]{0,4})$",
    re.IGNORECASE | re.ASCII,
)
"""A denial of what follows."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of a statement, and those of a passage that bear them out."""

    said: Pattern
    borne: Pattern


@dataclass(frozen=True, slots=True)
class Axis:
    """Words for more of something, and for less."""

    up: Pattern
    down: Pattern

    def sign(self, text: str) -> int:
        """1 for more alone, -1 for less alone, 0 for neither or both; a denial turns each."""
        signs = {_turned(text, one, 1) for one in self.up.finditer(text)}
        signs |= {_turned(text, one, -1) for one in self.down.finditer(text)}
        return signs.pop() if len(signs) == 1 else 0

    def is_unclear(self, text: str) -> bool:
        """Tell whether a text denies something else, which may turn the word from afar."""
        words = [*self.up.finditer(text), *self.down.finditer(text)]
        denies = bool(cues().denial.search(text))
        return denies and not any(is_denied(text, one) for one in words)


def is_denied(text: str, found: re.Match[str]) -> bool:
    """Tell whether a word stands right behind a denial."""
    return bool(_TURNS.search(text[: found.start()]))


def _turned(text: str, found: re.Match[str], sign: int) -> int:
    """The sign of a word, or the other one where it is denied.

    Of "does not regularise growing networks" another word is denied.
    """
    attributive = found[0].lower().endswith("ing")
    return -sign if is_denied(text, found) and not attributive else sign


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of support_cues.toml."""

    denial: Pattern
    """What denies."""
    denial_like: Pattern
    """What may stand for a denial in a passage."""
    denial_kept: Pattern
    """What may stand for a denial in a statement."""
    claims: Mapping[str, Pair]
    limited: Pair
    limited_nearby: Pattern
    """What limits a claim in its own clause only."""
    makes: Pattern
    """The authors make something."""
    own: Pattern
    cited: Pattern
    release: Pair
    released: tuple[Pair, ...]
    """What may be released, each with its words in a passage."""
    used: Pair
    """It is said to be in use."""
    axes: tuple[Axis, ...]
    better: Pattern
    worse: Pattern


@cache
def cues() -> Cues:
    """The words, compiled once."""
    text = files(__package__).joinpath("support_cues.toml")
    known = tomllib.loads(text.read_text(encoding="utf-8"))
    return Cues(
        denial=_compiled(known["negation"]["strong"]),
        denial_like=_compiled(known["negation"]["any"]),
        denial_kept=_compiled(known["negation"]["kept"]),
        claims={one["name"]: _pair(one) for one in known["claim"]},
        limited=Pair(
            _compiled(known["limited"]["said"]),
            _compiled(known["limited"]["passage"]),
        ),
        limited_nearby=_compiled(known["limited"]["nearby"]),
        makes=_compiled(known["cited"]["said"]),
        own=_compiled(known["cited"]["own"]),
        cited=re.compile(known["cited"]["cited"]),
        release=_pair(known["release"]),
        used=_pair(known["used"]),
        released=tuple(map(_pair, known["release"]["object"])),
        axes=tuple(
            Axis(_compiled(one["up"]), _compiled(one["down"]))
            for one in known["axis"]
        ),
        better=_compiled(known["comparison"]["better"]),
        worse=_compiled(known["comparison"]["worse"]),
    )


def _compiled(pattern: str) -> Pattern:
    return re.compile(pattern.replace("\n", ""), re.IGNORECASE)


def _pair(one: Mapping[str, Any]) -> Pair:
    return Pair(_compiled(one["said"]), _compiled(one["borne"]))
