"""Finds the JSON object in the text of a model, and mends its slips where they are clear."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.llm.reply.schema_shape import with_asked_names
from pipeline.llm.reply.tex_escapes import keep_tex


@dataclass(frozen=True, slots=True)
class SearchLimits:
    """How much is tried before a text counts as holding no object."""

    openings: int = 200
    """Braces tried as the start of an object."""
    mended: int = 120_000
    """Characters of a text that is mended."""
    nesting: int = 40
    """Levels of a text that is mended; what is asked for has four."""
    wrappers: int = 3
    """Levels around the object: a list, a key, quotes."""


search_limits = SearchLimits()


@dataclass(frozen=True, slots=True)
class ReplyPatterns:
    """What models write around and between the parts of an object."""

    thought_end: re.Pattern[str] = re.compile(
        r"</(?:think|thinking|thought|thoughts|reasoning|analysis|reflection|seed:think)\s*>"
        r"|\[/THINK\]|◁/think▷|<unused95>|<\|end_of_thought\|>"
        r"|<\|channel\|>\s*final\s*(?:<\|[a-z]+\|>[^<{]{0,40})?<\|message\|>",
        re.IGNORECASE,
    )
    """Between their thoughts and their answer."""
    wide_sign: re.Pattern[str] = re.compile(
        r"(?<=[\"}\]])\s*([：，])\s*(?=[\"{\[])"
    )
    """Chinese punctuation where JSON has its own, between what is quoted or bracketed."""


_patterns = ReplyPatterns()


def find_object(
    text: str,
    keys: Collection[str] = (),
    *,
    mend: bool = True,
    partial: bool = False,
) -> dict[str, Any] | None:
    """Find the JSON object of a reply: alone, after thoughts, inside a chat or a code fence.

    Args:
        text: what the model sent.
        keys: those of the object that was asked for; () = any object.
        mend: take an object with slips whose meaning is clear.
        partial: take an object that breaks off, without its last, unfinished string.

    Returns:
        The object with its keys spelled as asked, or another one where none of them is there.
    """
    written = keep_tex(_unescaped(text.lstrip("\ufeff")))
    found: list[dict[str, Any]] = []
    for part in _answers(written):
        for value in _readings(part, keys, mend=mend, partial=partial):
            asked = _asked(value, keys)
            if asked is None:
                continue
            if _matching(asked, keys) == len(keys):
                return asked
            found.append(asked)
    return _best(found, keys)


def _unescaped(text: str) -> str:
    """The text without the entities of HTML, where it has no quotes but those."""
    is_html = "&quot;" in text and '"' not in text
    return html.unescape(text) if is_html else text


def _answers(text: str) -> Iterator[str]:
    """What stands behind the last thought, then all of it."""
    ends = [found.end() for found in _patterns.thought_end.finditer(text)]
    if ends and "{" in text[ends[-1] :]:
        yield text[ends[-1] :]
    yield text


def _readings(
    text: str, keys: Collection[str], *, mend: bool, partial: bool
) -> Iterator[Any]:
    """The values that a text can be read as, the surest first."""
    whole = _loads(text)
    if whole is not None:
        yield whole
        return
    if partial or (mend and _ends_inside(text)):
        yield _broken_off(text, keys)
    yield _largest(text, keys)
    yield _pieced_together(text, keys)
    if mend and not partial:
        yield _mended(text, keys)


def _ends_inside(text: str) -> bool:
    """Does it break off inside an object, though nobody says so?"""
    rest = text[text.rfind("}") + 1 :]
    return "{" in text and ('"' in rest or "{" in rest)


def _loads(text: str) -> Any:
    """The value of a JSON text, line breaks in its strings included; None where it is none."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _largest(text: str, keys: Collection[str]) -> dict[str, Any] | None:
    """Of the objects in a text the last with most of the keys; without keys the longest.

    The last, since a model that thinks aloud writes drafts first.
    """
    found: dict[str, Any] | None = None
    best = 0
    for value, length in _objects(text):
        asked = _asked(value, keys) or {}
        rank = _matching(asked, keys) if keys else length
        if rank >= best:
            found, best = value, rank
    return found


def _pieced_together(text: str, keys: Collection[str]) -> dict[str, Any] | None:
    """One object of several that hold different keys, each in a code fence of its own."""
    whole: dict[str, Any] = {}
    for value, _ in _objects(text) if keys else ():
        asked = _asked(value, keys) or {}
        if _matching(asked, keys) and whole.keys().isdisjoint(asked):
            whole.update(asked)
    return whole or None


def _objects(text: str) -> Iterator[tuple[dict[str, Any], int]]:
    """The objects in a text that stand in no other one, each with its length."""
    decoder = json.JSONDecoder(strict=False)
    start, tries = text.find("{"), 0
    while start >= 0 and tries < search_limits.openings:
        tries += 1
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            start = text.find("{", start + 1)
            continue
        yield value, end - start
        start = text.find("{", end)


def _broken_off(text: str, keys: Collection[str]) -> Any:
    """What is finished of an object that breaks off."""
    from pydantic_core import from_json

    start = _start(text, keys)
    blank = re.sub(r"[\x00-\x1f]", " ", text[start:])
    try:
        return from_json(blank, allow_partial=True)
    except (ValueError, RecursionError):
        return None


def _mended(text: str, keys: Collection[str]) -> Any:
    """The object after a clear slip: a comma too many, a comment, quotes in a string."""
    start = _start(text, keys)
    if "{" not in text[start:] or not _worth_mending(text[start:]):
        return None
    from json_repair import repair_json

    ascii_signs = _patterns.wide_sign.sub(_narrow, text[start:])
    try:
        value = repair_json(
            ascii_signs, return_objects=True, skip_json_loads=True
        )
    except (ValueError, RecursionError, IndexError, TypeError):
        return None
    return None if _swallowed(value, keys) else value


def _narrow(found: re.Match[str]) -> str:
    return ":" if found[1] == "：" else ","


def _worth_mending(text: str) -> bool:
    if len(text) > search_limits.mended:
        return False
    level = deepest = 0
    for sign in re.findall(r"[\[\]{}]", text):
        level += 1 if sign in "[{" else -1
        deepest = max(deepest, level)
    return deepest <= search_limits.nesting


def _swallowed(value: Any, keys: Collection[str]) -> bool:
    """Did mending take one field for a part of another's text?"""
    if not keys:
        return False
    names = _any_of([*keys, "text", "quote"])
    inside = re.compile(rf"[\"'“”]\s*{names}\s*[\"'“”]\s*[:：]")
    return any(inside.search(string) for string in _strings(value))


def _any_of(names: Collection[str]) -> str:
    """A regular expression for any of those names."""
    escaped = map(re.escape, names)
    return f"(?:{'|'.join(escaped)})"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        return
    parts: Iterable[Any] = ()
    if isinstance(value, Mapping):
        parts = value.values()
    elif isinstance(value, list):
        parts = value
    for each in parts:
        yield from _strings(each)


def _start(text: str, keys: Collection[str]) -> int:
    """Where the object begins: at the brace before the first of the keys, or the first brace."""
    names = _any_of(keys) if keys else r"\w+"
    blanks = r"(?:\s|//[^\n]{0,300}\n|/\*[^*]{0,300}\*/)*"
    pattern = rf"\{{{blanks}[\"'“”]?{names}[\"'“”]?\s*[:：]"
    opening = re.search(pattern, text)
    return opening.start() if opening else max(text.find("{"), 0)


def _asked(
    value: Any, keys: Collection[str], levels: int = search_limits.wrappers
) -> dict[str, Any] | None:
    """The object that was asked for, out of a list, a key or quotes around it."""
    if isinstance(value, str):
        is_json = levels > 0 and value.lstrip()[:1] in ("{", "[")
        return _asked(_loads(value), keys, levels - 1) if is_json else None
    if isinstance(value, list):
        return _inner(value[:5], keys, levels)
    if not isinstance(value, dict):
        return None
    named = with_asked_names(value, keys)
    if not keys or levels <= 0 or _matching(named, keys):
        return named
    inner = _inner(value.values(), keys, levels)
    return inner if inner and _matching(inner, keys) else named


def _inner(
    values: Iterable[Any], keys: Collection[str], levels: int
) -> dict[str, Any] | None:
    """The best of the objects one level below."""
    asked = (_asked(each, keys, levels - 1) for each in values)
    found = [each for each in asked if each is not None]
    return _best(found, keys)


def _best(
    found: Collection[dict[str, Any]], keys: Collection[str]
) -> dict[str, Any] | None:
    """The object with most of the keys; the first among equals."""
    best: dict[str, Any] | None = None
    for each in found:
        if best is None or _matching(each, keys) > _matching(best, keys):
            best = each
    return best


def _matching(value: Mapping[str, Any], keys: Collection[str]) -> int:
    there = (key for key in keys if key in value)
    return len(list(there))
