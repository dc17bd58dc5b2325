"""Whether a statement says what its own passage says: the rules that need no model.

Statement and passage are seldom in one language, so the rules compare what both have: numbers with
their units, denials, claims of being first or best, the direction of a comparison, who made
something, and what was released. A rule speaks only where it is nearly sure: what it lets through
goes to the second reading.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.summarize.verify import numbers, units
from pipeline.summarize.verify.quotes.passages import Located
from pipeline.summarize.verify.tables.table_labels import names_in

Pattern = re.Pattern[str]


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


@dataclass(frozen=True, slots=True)
class SupportRules:
    """Limits and patterns of support."""

    turns: re.Pattern[str] = re.compile(
        r"(?:\b(?:not(?! only)|no|never|cannot|neither|nor|fail\w* to|without)\b(?:\s+\w+){0,3}\s*|n[’']t(?:\s+\w+){0,2}\s*"
        r"|(?:没有|没能|并未|并不|未能|不能|无法|不会|未|不)[^，。；,]{0,4})$",
        re.IGNORECASE | re.ASCII,
    )
    """A denial of what follows."""
    latin: re.Pattern[str] = re.compile(r"[A-Z][\w-]+", re.ASCII)
    first_names: int = 5
    smallest_count: float = 2.0


_rules = SupportRules()


def _turned(text: str, found: re.Match[str], sign: int) -> int:
    """The sign of a word, or the other one where it is denied."""
    return -sign if _rules.turns.search(text[: found.start()]) else sign


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
    text = files("pipeline.summarize.verify").joinpath("support_cues.toml")
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


def unsupported_words(statement: str, quote: str, located: Located) -> str:
    """The words of a statement that its passage does not bear out; "" where no rule objects.

    Args:
        statement: what the review says.
        quote: its quote, as found.
        located: where the quote stands.
    """
    for rule in RULES:
        if found := rule(statement, quote, located):
            return found
    return ""


# ---- rules: each gives the words that are not borne out, or ""


def _units(statement: str, _quote: str, located: Located) -> str:
    """A value with another unit, or another value with that unit."""
    if located.is_caption:
        return ""
    return units.contradicted(statement, located.text, located.around)


def _denial(statement: str, quote: str, located: Located) -> str:
    """A denial that the passage does not have, or one of the quote that the statement lost."""
    if located.is_caption:
        return ""
    known = cues()
    gained = known.denial.search(statement)
    if gained and not known.denial_like.search(located.window):
        return gained[0]
    lost = known.denial.search(quote)
    if lost and not known.denial_kept.search(statement):
        return lost[0]
    return ""


def _extent(statement: str, _quote: str, located: Located) -> str:
    """A claim of being first, only, best, complete that the passage does not make."""
    known = cues()
    for name, pair in known.claims.items():
        found = pair.said.search(statement)
        if not found:
            continue
        if not pair.borne.search(located.window):
            return found[0]
        if name in ("all", "best") and _is_limited(statement, located.text):
            return found[0]
    return ""


def _is_limited(statement: str, passage: str) -> bool:
    limited = cues().limited
    return bool(limited.borne.search(passage)) and not limited.said.search(
        statement
    )


def _author(statement: str, _quote: str, located: Located) -> str:
    """Others' work told as the authors' own."""
    known = cues()
    made = known.makes.search(statement)
    if not made:
        return ""
    if known.cited.search(located.text) and not known.own.search(located.text):
        return made[0]
    made_names = _rules.latin.findall(statement[made.end() :])[
        : _rules.first_names
    ]
    if any(_is_cited(name, located.text) for name in made_names):
        return made[0]
    return ""


def _is_cited(name: str, text: str) -> bool:
    """Whether a name stands right before a citation: GridMap [14], Mapper (Ho et al., 2020)."""
    cited = rf"\b{re.escape(name)}\)?\s?(?:\[\d|\((?:[^()]*\b(?:19|20)\d\d))"
    return bool(re.search(cited, text))


def _release(statement: str, _quote: str, located: Located) -> str:
    """A release or a use that the passage does not speak of."""
    known = cues()
    told = known.release.said.search(statement)
    if not told:
        return ""
    if not known.release.borne.search(located.window):
        return told[0]
    for pair in known.released:
        found = pair.said.search(statement)
        if found and not pair.borne.search(located.window):
            return found[0]
    return ""


def _direction(statement: str, quote: str, located: Located) -> str:
    """More where the passage has less, where neither compares two things or denies."""
    known = cues()
    if located.is_caption:
        return ""
    texts = (statement, located.text)
    if any(
        known.better.search(text) or known.worse.search(text) for text in texts
    ):
        return ""
    for axis in known.axes:
        there = axis.sign(quote) or axis.sign(located.text)
        if axis.sign(statement) * there < 0:
            found = axis.up.search(statement) or axis.down.search(statement)
            return found[0] if found else ""
    return ""


def _comparison(statement: str, _quote: str, located: Located) -> str:
    """Two names whose places in a comparison are exchanged."""
    said, there = _relation(statement), _relation(located.text)
    if said is None or there is None:
        return ""
    same = said.first & there.first and said.second & there.second
    swapped = said.first & there.second and said.second & there.first
    if swapped and not same and said.sign == there.sign:
        return said.words
    if same and not swapped and said.sign != there.sign:
        return said.words
    return ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A comparison: the names before and behind it, and which side is better."""

    first: frozenset[str]
    second: frozenset[str]
    sign: int
    words: str


def _relation(text: str) -> Relation | None:
    """The only comparison of a text; None where there are several, or a denial."""
    known = cues()
    if known.denial.search(text):
        return None
    signed = ((known.better, 1), (known.worse, -1))
    found = [
        (one, sign)
        for pattern, sign in signed
        for one in pattern.finditer(text)
    ]
    if len(found) != 1:
        return None
    (one, sign), *_ = found
    before, behind = names_in(text[: one.start()]), names_in(text[one.end() :])
    return Relation(before - behind, behind - before, sign, one[0])


def _use(statement: str, _quote: str, located: Located) -> str:
    """A use in practice that the passage does not speak of."""
    pair = cues().used
    told = pair.said.search(statement)
    return told[0] if told and not pair.borne.search(located.window) else ""


def _count(statement: str, _quote: str, located: Located) -> str:
    """A number that stands nowhere near, where the passage has others."""
    if located.is_caption or not re.search(r"\d", located.text):
        return ""
    near = numbers.index(located.around)
    told = numbers.read_numbers(statement)
    if any(map(near.holds, told)):
        return ""
    counts = [one for one in told if one.text.isdigit() and not one.about]
    large = [one.text for one in counts if one.value >= _rules.smallest_count]
    return large[0] if large else ""


RULES: tuple[Callable[[str, str, Located], str], ...] = (
    _units,
    _denial,
    _extent,
    _author,
    _release,
    _use,
    _count,
    _direction,
    _comparison,
)
