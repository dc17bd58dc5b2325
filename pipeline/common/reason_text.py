"""Reasons of a verdict as words, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from pipeline.paper import Reason, ReasonKind

LISTED = 3
"""Phrases of one kind that are told."""


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """The words of one language."""

    title: str
    mention: str
    similar: str
    rated: str
    keep: str
    skip: str
    ratings_for: str
    ratings_against: str
    model: str
    withdrawn: str
    nothing: str
    colon: str
    comma: str
    semicolon: str


english = ReasonWords(
    title="title",
    mention="only mentioned",
    similar="like others of the topic",
    rated="your rating",
    keep="keep",
    skip="skip",
    ratings_for="like what you keep",
    ratings_against="like what you skip",
    model="model",
    withdrawn="withdrawn by its authors",
    nothing="nothing of the topic",
    colon=": ",
    comma=", ",
    semicolon="; ",
)
chinese = ReasonWords(
    title="标题",
    mention="仅提及",
    similar="与该方向论文相似",
    rated="你的评分",
    keep="保留",
    skip="跳过",
    ratings_for="与你保留的论文相似",
    ratings_against="与你跳过的论文相似",
    model="模型",
    withdrawn="作者已撤稿",
    nothing="与该方向无关",
    colon="：",
    comma="、",
    semicolon="；",
)


def describe_reasons(reasons: Iterable[Reason], language: str = "en") -> str:
    """Say reasons in a few words: "title: talking head, lip sync; −dance"."""
    words = chinese if language == "zh" else english
    groups = groupby(reasons, key=lambda reason: reason.kind)
    parts = [
        part
        for kind, group in groups
        for part in _describe_group(kind, group, words)
    ]
    return words.semicolon.join(parts) or words.nothing


def _describe_group(
    kind: ReasonKind, reasons: Iterable[Reason], words: ReasonWords
) -> list[str]:
    if kind != "title":
        return [_describe(reason, words) for reason in reasons]
    phrases = [reason.phrase for reason in reasons][:LISTED]
    return [f"{words.title}{words.colon}{words.comma.join(phrases)}"]


def _describe(reason: Reason, words: ReasonWords) -> str:
    sign = "−" if reason.weight < 0 else ""
    said = {
        "mention": f"{words.mention}{words.colon}{reason.phrase}",
        "rated": f"{words.rated}{words.colon}{words.skip if sign else words.keep}",
        "similar": words.similar,
        "withdrawn": words.withdrawn,
        "ratings": f"−{words.ratings_against}" if sign else words.ratings_for,
        "model": f"{sign}{words.model}{words.colon}{reason.phrase}".rstrip(
            ": ："
        ),
        "author": f"{sign or '+'}{reason.phrase}",
        "institution": f"{sign or '+'}{reason.phrase}",
    }
    return said.get(reason.kind, f"{sign}{reason.phrase}")
