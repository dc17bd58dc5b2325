"""Leftovers of prompts, chat and refusals in a line of text.

A language model that is asked for a review sometimes hands back the form instead of its content, talks to the
user, refuses, or explains what it was not given. leaks.toml holds a family of patterns for each such cause. They look
for what the cause leaves behind, never for a known sentence.
"""

from __future__ import annotations

import html
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_TAG = re.compile(
    r"</?(?:a|b|blockquote|br|code|del|details|div|em|h[1-6]|hr|i|img|li|ol|p|pre|span|strong|sub|summary|sup"
    r"|table|tbody|td|th|thead|tr|u|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_GAP = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u9fff\uff00-\uffef])")
_ASCII = str.maketrans("（）【】［］：；，。！？“”‘’「」『』＜＞《》／", '()[][]:;,.!?""\'\'""""<><>/')
_MARK = re.compile(r"^(?:[\s>#*+•·-]+|\(?(?:\d{1,2}|[a-z]|[一二三四五六七八九十])[).、:]\)?\s*)+")
_SKELETON_REST = 2
"""Characters a writing task may hold beside the words that all such tasks share."""


@dataclass(frozen=True, slots=True)
class Family:
    """Traces of one cause."""

    name: str
    reason: str
    trace: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Rules:
    families: tuple[Family, ...]
    task: re.Pattern[str]
    shared: re.Pattern[str]


@cache
def rules() -> _Rules:
    """The patterns of leaks.toml, compiled."""
    data = tomllib.loads(files("pipeline.summarize").joinpath("leaks.toml").read_text(encoding="utf-8"))
    words: dict[str, str] = {}
    for name, pattern in data["words"].items():
        words[name] = _fill(pattern, words)
    families = tuple(
        Family(one["name"], one["reason"], re.compile("|".join(_fill(each, words) for each in one["patterns"])))
        for one in data["family"]
    )
    skeleton = data["skeleton"]
    return _Rules(
        families, re.compile(rf"^{skeleton['verb']}([^:.;a-z0-9]{{2,40}})[.;]?$"), re.compile(skeleton["words"])
    )


def _fill(pattern: str, words: dict[str, str]) -> str:
    return re.sub(r"%(\w+)%", lambda name: words[name.group(1)], pattern)


def plain(line: str) -> str:
    """The line without markup, in lower case, with ASCII punctuation."""
    text = " ".join(re.sub(r"\*\*|__|`", "", _TAG.sub("", html.unescape(line))).split())
    return _GAP.sub("", text).translate(_ASCII).lower()


def find(line: str) -> str | None:
    """The reason why a line must not be published, or None.

    Args:
        line: one line of Markdown or one statement, in any language.
    """
    text = plain(line)
    for family in rules().families:
        if family.trace.search(text):
            return family.reason
    return "it says what to write instead of writing it" if _is_task(_MARK.sub("", text)) else None


def _is_task(text: str) -> bool:
    """A writing task such as "describe the aim and hypotheses of the experiment": no word of it is about one paper."""
    found = rules().task.match(text)
    rest = rules().shared.sub("", found[1]) if found else text
    return bool(found) and len(re.sub(r"\W", "", rest)) <= _SKELETON_REST
