"""The YAML block at the head of a post."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

FENCE = "---\n"
_PLAIN = re.compile(
    r"[A-Za-z\u4e00-\u9fff][\w\u4e00-\u9fff]*(?:[ -][\w\u4e00-\u9fff]+)*"
)


def _text(dumper: Any, value: str) -> Any:
    style = None if _PLAIN.fullmatch(value) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _nothing(dumper: Any, _value: None) -> Any:
    return dumper.represent_scalar("tag:yaml.org,2002:null", "")


def _quoting(base: Any) -> Any:
    """Make a dumper that quotes every string that is more than words, since YAML 1.1 and 1.2
    readers differ on the others.
    """
    dumper: Any = type("QuotingDumper", (base,), {})
    dumper.add_representer(str, _text)
    dumper.add_representer(type(None), _nothing)
    return dumper


_slow = _quoting(yaml.SafeDumper)
# The same in C, where the library was built with it; rare signs it writes otherwise, or not.
_rare = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")
_fast = _quoting(getattr(yaml, "CSafeDumper", yaml.SafeDumper))


def front_matter(values: Mapping[str, Any]) -> str:
    """The values as a YAML block between two `---` lines, in the given order; None is an empty
    value.
    """
    is_rare = any(map(_rare.search, _texts(values.values())))
    body = _dump(values, _slow if is_rare else _fast)
    return f"{FENCE}{body}{FENCE}"


def _texts(values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from _texts(value)


def _dump(values: Mapping[str, Any], dumper: Any) -> str:
    text: str = yaml.dump(
        dict(values),
        Dumper=dumper,
        sort_keys=False,
        allow_unicode=True,
        width=10**6,
    )
    return text


_SIGNS = {"+": " plus", "#": " sharp", "*": " star"}


def tag_of(topic: str) -> str:
    """Name the tag of a topic: sites drop signs from a tag's address, so "C++" would be "C#"."""
    for sign, word in _SIGNS.items():
        topic = topic.replace(sign, word)
    return topic
