"""The YAML block at the head of a post."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

FENCE = "---\n"
_PLAIN = re.compile(
    r"[A-Za-z\u4e00-\u9fff][\w\u4e00-\u9fff]*(?:[ -][\w\u4e00-\u9fff]+)*"
)


class _Dumper(yaml.SafeDumper):
    """Quotes every string that is more than words, since YAML 1.1 and 1.2 readers differ on the
    others.
    """


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    style = None if _PLAIN.fullmatch(value) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _nothing(dumper: yaml.SafeDumper, _value: None) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:null", "")


_Dumper.add_representer(str, _text)
_Dumper.add_representer(type(None), _nothing)


def front_matter(values: Mapping[str, Any]) -> str:
    """The values as a YAML block between two `---` lines, in the given order; None is an empty
    value.
    """
    body = yaml.dump(
        dict(values),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=10**6,
    )
    return f"{FENCE}{body}{FENCE}"


_SIGNS = {"+": " plus", "#": " sharp", "*": " star"}


def tag_of(topic: str) -> str:
    """Name the tag of a topic: sites drop signs from a tag's address, so "C++" would be "C#"."""
    for sign, word in _SIGNS.items():
        topic = topic.replace(sign, word)
    return topic
