"""The dated line that opens an entry of a reading report, as people really type it.

    > >[2025-06-01]-[Reader]-[Title](https://…)-[CVPR 2025]      >> 2025-6-1]-Reader-[Title]
    CVPR 2025

Reading is generous: brackets may be missing or full-width, the date may be 2025-6-1,
2025.06.01, 2025年6月1日. Writing is strict: one line, brackets everywhere, what is hostile in a
title escaped.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from pipeline.common.clean import clean_line, safe_url


@dataclass(frozen=True, slots=True)
class EntryLineRules:
    """How entries of a log are written."""

    blank: str = r"[ \t\u3000\u00a0\u200b\ufeff]"
    mark: str = r"[-－‐‑–—−]"
    join: str = rf"{blank}*(?:{mark}|[./．／]){blank}*"
    numbers: str = (
        rf"(?P<year>\d{{4}})(?:{join}(?P<month>\d{{1,2}}){join}(?P<day>\d{{1,2}})"
        rf"|{blank}*年{blank}*(?P<month2>\d{{1,2}}){blank}*月{blank}*(?P<day2>\d{{1,2}}){blank}*[日号]?"
        r"|(?P<month3>\d{2})(?P<day3>\d{2}))(?!\d)"
    )
    list_: str = r"(?:[-*+][ \t]+|\d{1,3}[.)][ \t]+|#{1,6}[ \t]+)?(?:\*\*|__)?"
    weekday: str = rf"(?:{blank}*[,，~～(（]?{blank}*(?:周|星期|[A-Z][a-z]{{2}})[^\[\]【】［］]{{0,12}}?)?"
    # Without both brackets, prose that begins with a date is told apart by what must follow: a
    # mark, or a name and more.
    person: str = r"(?:[\u4e00-\u9fff·]{2,4}|[A-Z][\w.]*(?: [A-Z][\w.]*){0,2})"
    follows: str = rf"(?={mark}{blank}*\S)|(?={blank}*[\[【［])|(?={blank}+{person}{blank}*(?:[\[【［《]|{blank}\S*精[读度]))"
    opening: str = r"\\?[\[【［〔「『〖(（]"
    closing: str = r"\\?[\]】］〕」』〗)）]"
    closed: str = rf"{opening}{blank}*{numbers}{weekday}{blank}*{closing}"
    torn: str = rf"(?:{opening})?{blank}*(?!\d{{8}}){numbers}{blank}*(?:{closing}|{follows})"
    dated: tuple[re.Pattern[str], ...] = (
        re.compile(f"{list_}{closed}"),
        re.compile(f"{list_}{torn}"),
    )
    """A date in both brackets, or with one of them missing."""
    gap: re.Pattern[str] = re.compile(rf"{blank}{{20,}}")
    """More blanks than anyone types; the patterns would take quadratic time for them."""
    reference: re.Pattern[str] = re.compile(r":[ \t]*(?:https?://|<|/)")
    separators: str = " \t\u3000\u00a0\u200b-－‐‑–—−\\:：,，"
    named: re.Pattern[str] = re.compile(
        r"[\[【［〔]\s*(?P<name>[^\[\]【】［］〔〕]{1,40}?)\s*[\]】］〕](?!\s*[(（]https?:)"
    )
    bare: re.Pattern[str] = re.compile(
        rf"(?P<name>[^\[\]【】［］〔〕《》(（$<\-－‐‑–—−]{{1,40}}?)\s*\]?\s*(?={mark}|[\[【［〔《]|$)"
    )
    skipped: re.Pattern[str] = re.compile(
        r"(?:未|无|没)[^。；;]{0,12}精[^。；;，,]{0,6}[读度]|[没未]有?[读看]论文|(?<![A-Za-z])未读(?!\w)"
        r"|not read|no reading",
        re.IGNORECASE,
    )
    linked_title: re.Pattern[str] = re.compile(
        r"[\[【［][^\[\]【】［］]{1,600}[\]】］]\s*[(（]\s*https?:[^\s()（）]*[)）]"
    )
    """What stands in a linked title says nothing of whether it was read."""
    url: str = r"https?://(?:[^\s()（）<>\[\]]|\([^\s()]*\))+"
    link: re.Pattern[str] = re.compile(
        rf"[(（<]\s*(?P<url>{url})\s*[^()（）]*[)）>]"
    )
    bare_url: re.Pattern[str] = re.compile(url)
    title_end: re.Pattern[str] = re.compile(
        r"\\?\]|[【［]|\s*[-－—–]\s*\[|\s*[(（]\s*(?:https?:|\[)|\s\["
    )
    trailing_venue: re.Pattern[str] = re.compile(
        r"(?P<title>.+?)\s*[-－—–]\s*(?P<venue>[A-Za-z&. ]{2,20}[ ']?\d{2,4}|arxiv)\s*",
        re.IGNORECASE,
    )
    library_link: re.Pattern[str] = re.compile(
        r"[(（]?\[[^\[\]]*\]\(zotero:[^()]*\)[)）]?"
    )
    no_venue: frozenset[str] = frozenset(
        {"paper", "pdf", "link", "url", "code", "论文", "链接", "来源"}
    )


_rules = EntryLineRules()


QUOTING = re.compile(rf"{_rules.blank}*(?:[>＞]{_rules.blank}*)*")
"""What stands before the text of a quoted line: `> > `, `>>`, ` >`."""

NO_VENUE = "来源"
"""What stands in an entry for a venue that nobody has filled in, as in the template."""

_PAIRS = {"[": "]", "【": "】", "［": "］", "〔": "〕", "《": "》"}


@dataclass(frozen=True, slots=True)
class Dateline:
    """What the opening line of an entry says."""

    date: date
    reader: str = ""
    title: str = ""
    venue: str = ""
    link: str = ""
    """http or https, else empty."""
    skipped: str = ""
    """The words of a reader who read nothing, empty when there is a paper."""
    bracketed: bool = True
    """Whether the reader stands in brackets."""


def opens(text: str) -> bool:
    """Whether a line, without its quoting, is the opening line of an entry."""
    return _dated(text) is not None


def read_entry_line(text: str, *, named: bool = True) -> Dateline | None:
    """Understand an opening line.

    Args:
        text: the line without quoting; lines of a broken title joined by blanks.
        named: the field after the date is a reader, as in the weekly report; the daily log has
        none.

    Returns:
        None when the line does not open an entry. A day past the end of its month becomes the
        last one.
    """
    found = _dated(text)
    if found is None:
        return None
    day, rest = found
    rest = rest.strip(_rules.separators + "*_")
    bracketed = rest[:1] in _PAIRS
    if not named:
        three = re.match(r"(?:[\[【［][^\[\]]*[\]】］]\s*[-－—–]?\s*){3}", rest)
        reader, rest = _reader(rest) if three else ("", rest)
    else:
        reader, rest = _reader(rest)
    plain = _words(rest)
    if _rules.skipped.search(_words(_rules.linked_title.sub("", rest))):
        return Dateline(
            day,
            reader,
            skipped=plain.strip("[]【】 "),
            link=_first_url(rest),
            bracketed=bracketed,
        )
    return Dateline(day, reader, *_paper(rest), bracketed=bracketed)


def write_entry_line(line: Dateline, *, named: bool = True) -> str:
    """The opening line in the usual form, without quoting; the daily log's names no reader."""
    reader = clean_line(line.reader).strip("[]【】 ")
    name = f"-[{reader}]" if line.bracketed else f"-{reader}"
    start = f"[{line.date.isoformat()}]" + (name if named else "")
    if line.skipped:
        return f"{start}-{escape_markdown(line.skipped)}"
    link = f"({safe_url(line.link)})" if safe_url(line.link) else ""
    venue = (
        f"-[{escape_markdown(line.venue)}]" if clean_line(line.venue) else ""
    )
    return f"{start}-[{escape_markdown(line.title)}]{link}{venue}"


def escape_markdown(text: str) -> str:
    """Text for Markdown inside a quote; mathematics between `$` stays as it is."""
    return re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", clean_line(text)).replace(
        "&", "&amp;"
    )


def unescape_markdown(text: str) -> str:
    """What Markdown shows for `escape`d text."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text.replace("&amp;", "&"))


def _dated(text: str) -> tuple[date, str] | None:
    text = _rules.gap.sub(" ", text)
    for form in _rules.dated:
        match = form.match(text)
        if match and not _rules.reference.match(text, match.end()):
            day = _date(match)
            return (day, text[match.end() :]) if day else None
    return None


def _date(match: re.Match[str]) -> date | None:
    part = match.groupdict()
    year = int(part["year"])
    month = int(part["month"] or part["month2"] or part["month3"])
    day = int(part["day"] or part["day2"] or part["day3"])
    if not (1900 < year < 2200 and 1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004 - the calendar
        return None
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _reader(rest: str) -> tuple[str, str]:
    """The reader's name and what follows it; no name when the first field is a title or an
    excuse.
    """
    match = _rules.named.match(rest) or _rules.bare.match(rest)
    if not match or _rules.bare_url.search(match["name"]):
        return "", rest
    name = match["name"].strip()
    if _rules.skipped.search(name):
        first, _, words = name.partition(" ")
        return (
            ("", rest)
            if not words or _rules.skipped.search(first)
            else (clean_line(first), rest[rest.index(words) :])
        )
    after = rest[match.end() :].strip(_rules.separators)
    is_title = not after and (len(name) > 20 or ":" in name)  # noqa: PLR2004 - characters; names are shorter
    return ("", rest) if is_title else (clean_line(name), after)


def _paper(rest: str) -> tuple[str, str, str]:
    """Title, venue and link of what follows the reader."""
    title, after = _title(_rules.library_link.sub("", rest).strip())
    link, venue = "", ""
    while after := after.strip(_rules.separators + ".。;；"):
        if found := _rules.link.match(after):
            link, after = link or found["url"], after[found.end() :]
        elif after[0] in _PAIRS:
            words, after = _group(after)
            venue = venue or _venue(words)
            link = link or _first_url(words)
        else:
            words, after = _up_to_bracket(after)
            venue = venue or _venue(words)
    return title, venue, link or _first_url(rest)


def _title(rest: str) -> tuple[str, str]:
    if rest[:1] in _PAIRS:
        words, after = _group(rest)
        return _words(words), after
    if trailing := _rules.trailing_venue.fullmatch(rest):
        return _words(trailing["title"]), trailing["venue"]
    end = _rules.title_end.search(rest)
    if not end:
        return _words(rest), ""
    return _words(rest[: end.start()]), rest[end.start() :].lstrip(
        "\\"
    ).removeprefix("]")


def _group(text: str) -> tuple[str, str]:
    """What a bracket at the start holds, and what follows; a bracket that is never closed holds
    up to a link.
    """
    opened, closed, depth = text[0], _PAIRS[text[0]], 0
    for place, mark in enumerate(text):
        if text[place - 1 : place] == "\\":
            continue
        depth += (mark == opened) - (mark == closed)
        if depth == 0:
            return text[1:place], text[place + 1 :]
    end = re.search(r"\]|\s*[(（]https?:", text[1:])
    return (
        (text[1 : 1 + end.start()], text[1 + end.start() :].removeprefix("]"))
        if end
        else (text[1:], "")
    )


def _up_to_bracket(text: str) -> tuple[str, str]:
    end = re.search(r"[\[【［〔]|[(（]\s*https?:", text[1:])
    return (
        (text[: 1 + end.start()], text[1 + end.start() :])
        if end
        else (text, "")
    )


def _venue(words: str) -> str:
    name = _words(words).strip("()（）[]【】" + _rules.separators)
    return (
        ""
        if name.casefold() in _rules.no_venue or _rules.bare_url.search(name)
        else name
    )


def _words(text: str) -> str:
    """Text as a reader sees it: emphasis, struck-out letters, quotes around the whole and link
    targets removed.
    """
    text = re.sub(r"\]\(https?:[^)]*\)", "]", text)
    text = (
        re.sub(
            r"\\(?:texttt|text|textbf|mathrm)\{([^{}]*)\}", r"\1", text
        ).strip(" $")
        if "\\text" in text
        else text
    )
    text = re.sub(r"(?<!\\)~~.*?~~|(?<!\\)\*\*", "", text)
    shown = clean_line(unescape_markdown(text))
    for left, right in ("《》", "“”", '""'):
        shown = (
            shown[1:-1]
            if shown[:1] == left and shown[-1:] == right and len(shown) > 1
            else shown
        )
    return shown.rstrip("\\").strip(
        _rules.separators if shown[:1] in _rules.separators else " \t-\\"
    )


def _first_url(text: str) -> str:
    found = _rules.bare_url.search(text)
    return found.group() if found else ""
