"""What a statement adds to its passage or takes from it: denial, extent, authors, release, reasons."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.summarize.verify.quotes.passages import Located
from pipeline.summarize.verify.support.bindings import (
    binding_forms,
    things_in,
)
from pipeline.summarize.verify.support.cues import cues


@dataclass(frozen=True, slots=True)
class WordingForms:
    """How names and reasons are written."""

    latin: re.Pattern[str] = re.compile(r"[A-Z][\w-]+", re.ASCII)
    authors: re.Pattern[str] = re.compile(
        r"(?:\bthe authors?|\bthis paper|\bthe paper|\bwe) (?:also |first |re-?|further |then )*"
        r"(?:propos|introduc|develop|design|build|built|creat|construct|collect|sampl|label|annotat|train|record|invent|extend)\w*"
        r"|(?:本文|作者|我们)(?:还|也|首次|首先|进一步|重新|为此)*(?:提出|引入|设计|构建|开发|收集|采集|采样|抽取|标注|训练|录制|发明|扩展)",
        re.IGNORECASE | re.ASCII,
    )
    """What a statement says the authors did."""
    others: re.Pattern[str] = re.compile(
        r"(?:^|[.;,] )[Tt]hey\b|\b([A-Z][\w’'-]+) et al\b"
    )
    """Others as the subject of a passage."""
    because: re.Pattern[str] = re.compile(
        r"\b(?:because(?: of)?|due to|since|owing to|caused by|thanks to|as a result of)\b([^,;.]*)",
        re.IGNORECASE | re.ASCII,
    )
    because_chinese: re.Pattern[str] = re.compile(
        r"(?:因为|原因(?:是|在于)|归因于|由于|源于)([^，。；]+)"
    )
    denial: re.Pattern[str] = re.compile(
        r"(?:并非|并不|并未|不是|没有|尚未|未能?|不能|无法|\bnot|n't|\bnever|\bwithout)\s*(?:\b(?:yet|be|been|being|the|a)\s+)?$",
        re.IGNORECASE,
    )
    """Before a claim: it is denied."""
    clause: re.Pattern[str] = re.compile(r"[,;，；。]|\.\s")
    word: re.Pattern[str] = re.compile(r"[a-z]{4,}")
    stem: int = 5
    """Letters of a word that tell it."""
    share: float = 0.35
    """Of the words of a reason that its passage has at least."""
    terms: int = 2
    """Terms of a Chinese reason from which on one of them has to stand in the passage."""
    first_names: int = 5
    """Names behind a verb that may be what is made."""


wording_forms = WordingForms()


def denied_otherwise(statement: str, quote: str, located: Located) -> str:
    """A denial that the passage does not have, or one of the quote that the statement lost."""
    known = cues()
    gained = known.denial.search(statement)
    if gained and not known.denial_like.search(located.around):
        return gained[0]
    lost = known.denial.search(quote)
    if lost and not known.denial_kept.search(statement):
        return lost[0]
    return ""


def overstated_extent(statement: str, _quote: str, located: Located) -> str:
    """A claim of being first, only, best, complete that the passage does not make."""
    known = cues()
    for name, pair in known.claims.items():
        found = pair.said.search(statement)
        if not found or _is_denied(statement, found.start()):
            continue
        if not pair.borne.search(located.window):
            return found[0]
        if name in ("all", "best") and _is_limited(
            statement, located.text, pair.borne
        ):
            return found[0]
    return ""


def _is_denied(statement: str, place: int) -> bool:
    """Whether a claim is denied where it is made: "not fully aligned", 并非完全对齐."""
    return bool(wording_forms.denial.search(statement[:place]))


def _is_limited(statement: str, passage: str, borne: re.Pattern[str]) -> bool:
    """Whether a passage says all or best with a limit that the statement leaves out."""
    limited = cues().limited
    if limited.said.search(statement):
        return False
    if limited.borne.search(passage):
        return True
    clauses = wording_forms.clause.split(passage)
    bearing = [one for one in clauses if borne.search(one)] or clauses
    return all(map(cues().limited_nearby.search, bearing))


def credited_to_authors(statement: str, _quote: str, located: Located) -> str:
    """Others' work told as the authors' own."""
    known = cues()
    did = wording_forms.authors.search(statement)
    others = wording_forms.others.search(located.text)
    named = others and others[1] and others[1] in statement
    if did and others and not named and not known.own.search(located.text):
        return did[0]
    made = known.makes.search(statement)
    if not made:
        return ""
    own = known.own.search(located.text)
    if known.cited.search(located.text) and not own:
        return made[0]
    made_names = wording_forms.latin.findall(statement[made.end() :])[
        : wording_forms.first_names
    ]
    if any(_is_cited(name, located.text) for name in made_names):
        return made[0]
    return ""


def _is_cited(name: str, text: str) -> bool:
    """Whether a name stands right before a citation: GridMap [14], Mapper (Ho et al., 2020)."""
    cited = rf"\b{re.escape(name)}\)?\s?(?:\[\d|\((?:[^()]*\b(?:19|20)\d\d))"
    return bool(re.search(cited, text))


def invented_release(statement: str, _quote: str, located: Located) -> str:
    """A release that the passage does not speak of."""
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


def invented_use(statement: str, _quote: str, located: Located) -> str:
    """A use in practice that the passage does not speak of."""
    pair = cues().used
    told = pair.said.search(statement)
    return told[0] if told and not pair.borne.search(located.window) else ""


def unsupported_reason(statement: str, _quote: str, located: Located) -> str:
    """A reason that the passage does not give."""
    if told := wording_forms.because.search(statement):
        return "" if _has_words(told[1], located.window) else told[0]
    if told := wording_forms.because_chinese.search(statement):
        terms, there = things_in(told[1]), things_in(located.window)
        strange = len(terms) >= wording_forms.terms and not terms & there
        return told[0] if strange else ""
    return ""


def _has_words(reason: str, passage: str) -> bool:
    """Whether a passage has enough of the words of an English reason."""
    words = wording_forms.word.findall(reason.lower())
    content = [word for word in words if word not in binding_forms.plain]
    there = wording_forms.word.findall(passage.lower())
    stems = {word[: wording_forms.stem] for word in there}
    found = [word for word in content if word[: wording_forms.stem] in stems]
    return len(found) >= wording_forms.share * len(content)
