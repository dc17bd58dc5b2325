"""Author names as bibliographies want them: given, particle, family, suffix; or one name that is not a person's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.common.clean import clean_line


@dataclass(frozen=True, slots=True)
class Name:
    """A name in parts. Of a collaboration, a mononym or what cannot be cut, only `literal` is set."""

    given: str = ""
    particle: str = ""
    """"von", "van der": sorted with the family name, written before it."""
    family: str = ""
    suffix: str = ""
    """"Jr.", "III"."""
    literal: str = ""

    @property
    def sorted(self) -> str:
        """BibTeX's form with commas, which no part can be misread in: "van der Berg, Jr., Jan"."""
        last = " ".join(filter(None, (self.particle, self.family)))
        return self.literal or ", ".join(
            filter(None, (last, self.suffix, self.given))
        )

    @property
    def key(self) -> str:
        """What a citation key begins with."""
        return self.family or self.literal


@dataclass(frozen=True, slots=True)
class AuthorNamesRules:
    """How names are written: parts, suffixes, Chinese names of two characters."""

    group: re.Pattern[str] = re.compile(
        r"\b(?:collaborations?|consortium|team|group|project|initiative|network|community|committee|foundation|lab|laboratory|"
        r"institute|university|company|inc|corporation|working group|task force|developers|researchers|alliance)\b"
        r"|合作组|团队|小组|^on behalf of |^(?-i:the) ",
        re.IGNORECASE,
    )
    suffix: re.Pattern[str] = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)")
    han: re.Pattern[str] = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]{2,4}")
    two_characters: frozenset[str] = frozenset(
        "欧阳 司马 上官 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 端木 司空 南宫 长孙 宇文 独孤".split()  # noqa: SIM905
    )
    # Written with a capital they still belong to the family name, as in Belgium, Italy and Brazil …
    capital: frozenset[str] = frozenset(
        [
            "Von",
            "De",
            "Del",
            "Della",
            "Di",
            "Dos",
            "Du",
            "El",
            "Al",
            "Ben",
            "Van",
            "Ter",
            "Ten",
            "Vander",
            "Vanden",
        ]
    )
    # … but for a Vietnamese name, in which Van is a middle name.
    vietnamese: frozenset[str] = frozenset(
        "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly truong dinh lam mai trinh".split()  # noqa: SIM905
    )
    et_al: re.Pattern[str] = re.compile(
        r"(?:^|[\s,]+)et\.? al(?:ii|\.)?$", re.IGNORECASE
    )


_rules = AuthorNamesRules()


def parse_name(text: str) -> Name:
    """Cut a name as arXiv gives it: given names first, or "Family, Given"."""
    text = clean_line(text).strip(" ,;")
    if _rules.han.fullmatch(text):
        cut = 2 if text[:2] in _rules.two_characters and len(text) > 2 else 1  # noqa: PLR2004 - characters
        return Name(given=text[cut:], family=text[:cut])
    if _rules.group.search(text) or not re.search(r"[^\W\d_]", text):
        return Name(literal=text)
    if "," in text:
        return _turned(text)
    words = text.split()
    suffix = (
        words.pop()
        if len(words) > 2 and _rules.suffix.fullmatch(words[-1])  # noqa: PLR2004
        else ""
    )
    if len(words) == 1:
        return Name(literal=text)
    return _cut(words, suffix)


def _turned(text: str) -> Name:
    """Names with commas: "Family, Given", "Family, Jr., Given", "Given Family, Jr."."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 1:
        return Name(literal=parts[0])
    if _rules.suffix.fullmatch(parts[1]) and len(parts) == 2:  # noqa: PLR2004 - parts
        return _cut(parts[0].split(), parts[1])
    suffix = parts[1] if _rules.suffix.fullmatch(parts[1]) else ""
    words = parts[0].split()
    lower = _particles(words, 0, len(words) - 1)
    return Name(
        " ".join(parts[2:] if suffix else parts[1:]),
        " ".join(words[:lower]),
        " ".join(words[lower:]),
        suffix,
    )


def _cut(words: list[str], suffix: str) -> Name:
    """Given names, particles and family name of words in that order."""
    last = len(words) - 1
    vietnamese = {words[0].casefold(), words[-1].casefold()} & _rules.vietnamese
    capitals = frozenset() if vietnamese else _rules.capital
    start = next(
        (
            at
            for at in range(1, last)
            if _is_particle(words[at]) or words[at] in capitals
        ),
        last,
    )
    end = _particles(words, start, last)
    return Name(
        " ".join(words[:start]),
        " ".join(words[start:end]),
        " ".join(words[end:]),
        suffix,
    )


def _particles(words: list[str], start: int, last: int) -> int:
    """Where the run of lower-case words that begins at `start` ends."""
    end = start
    while end < last and _is_particle(words[end]):
        end += 1
    return end


def _is_particle(word: str) -> bool:
    """Tell "van", "de" and the Dutch "'t" from a name."""
    return word[0].islower() or word.startswith(("'t", "\u2019t"))


def listed_authors(authors: Iterable[str]) -> list[str]:
    """Keep what names somebody: a colon after a collaboration and "et al." name nobody."""
    plain = (_rules.et_al.sub("", clean_line(author)) for author in authors)
    return [author for author in plain if re.search(r"[^\W_]", author)]
