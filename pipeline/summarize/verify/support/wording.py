"""What a statement adds to its passage or takes from it: denial, extent, authors, release."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.summarize.verify.numbers import read_numbers
from pipeline.summarize.verify.quotes.passages import Located
from pipeline.summarize.verify.support.cues import cues


@dataclass(frozen=True, slots=True)
class WordingForms:
    """How names and claims are written."""

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
    short_of: re.Pattern[str] = re.compile(
        r"\b(?:short of|rather than|instead of|far from)\b|[并而]非|称不上|谈不上"
    )
    """Before a claim, beside words of denial: it is not made."""
    list: re.Pattern[str] = re.compile(
        r"(?:\b(?:and|or)\s|[、和与及]\s?)[\w%@./-]+\s*$"
    )
    """Before "all": what it sums up is listed, "SSIM and PSNR all fall"."""
    end_of_range: re.Pattern[str] = re.compile(
        r"(?:为|是|达|\s(?:is|at|of|being))?\s?(\d+(?:\.\d+)?)(?![\d.])",
        re.ASCII,
    )
    """Behind a superlative: the number that it tells."""
    clause: re.Pattern[str] = re.compile(r"[,;，；。]|\.\s")
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
        if not found or _claims_nothing(name, statement, found, located):
            continue
        if not pair.borne.search(located.window):
            return found[0]
        if name in ("all", "best") and _is_limited(
            statement, located.text, pair.borne
        ):
            return found[0]
    return ""


def _claims_nothing(
    name: str, statement: str, found: re.Match[str], located: Located
) -> bool:
    """Whether the word of a claim is denied, sums up a list, or names the end of a range."""
    before, behind = statement[: found.start()], statement[found.end() :]
    if name == "all" and wording_forms.list.search(before):
        return True
    return _is_denied(before) or _is_end_of_range(behind, located.text)


def _is_denied(before: str) -> bool:
    """Whether the clause denies what it then claims: "not fully aligned", 并非完全对齐."""
    clause = wording_forms.clause.split(before)[-1]
    denial = cues().denial.search(clause)
    return bool(denial or wording_forms.short_of.search(clause))


def _is_end_of_range(behind: str, passage: str) -> bool:
    """Whether what follows a superlative is the largest or smallest number of its passage."""
    told = wording_forms.end_of_range.match(behind)
    if not told:
        return False
    there = [
        one.value for one in read_numbers(passage) if one.text[:1].isdigit()
    ]
    return float(told[1]) in (
        min(there, default=None),
        max(there, default=None),
    )


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
