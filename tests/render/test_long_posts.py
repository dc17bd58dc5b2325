"""Thousands of papers in one post are written a few at a time."""

from __future__ import annotations

import gc
from dataclasses import fields
from typing import Any, Self

import pytest

from pipeline.lazy_sequence import KEPT, OneByOne
from pipeline.paper import Entry
from pipeline.render.pages.atom_feed import LIMIT, FeedSource, atom
from pipeline.render.sites.registry import FACES, render_post
from tests.render.sample_posts import entry, paper, post

POST_FACES = sorted(name for name in FACES if name != "obsidian")
MANY = 4 * KEPT


class CountedEntry(Entry):
    """An entry, and how many of them there are: to look for them among all objects of a process
    takes seconds.
    """

    alive = 0

    def __new__(cls, *_: Any, **__: Any) -> Self:
        CountedEntry.alive += 1
        return super().__new__(cls)

    def __del__(self) -> None:
        CountedEntry.alive -= 1


def entry_of(index: int) -> Entry:
    made = entry(paper(f"2611.{index:05d}"))
    values = {one.name: getattr(made, one.name) for one in fields(made)}
    return CountedEntry(**values)


class Making:
    """Makes entries, and looks now and then how many there are."""

    def __init__(self) -> None:
        gc.collect()
        self.before, self.most = CountedEntry.alive, 0

    def __call__(self, index: int) -> Entry:
        if index % KEPT == KEPT - 1:
            self.most = max(self.most, CountedEntry.alive - self.before)
        return entry_of(index)


@pytest.mark.parametrize("face", POST_FACES)
def test_a_long_post_is_the_same_as_from_a_list_and_never_whole_in_memory(
    face: str,
) -> None:
    making = Making()
    made = render_post(FACES[face], post(entries=OneByOne(MANY, making)))
    assert 0 < making.most <= 2 * KEPT
    assert made == render_post(FACES[face], post(*map(entry_of, range(MANY))))


def test_a_feed_keeps_no_more_papers_than_it_shows() -> None:
    making = Making()
    made = atom([post(entries=OneByOne(MANY, making))], FeedSource("arXiv"))
    assert 0 < making.most <= KEPT + LIMIT
    assert made == atom(
        [post(*map(entry_of, range(MANY)))], FeedSource("arXiv")
    )
