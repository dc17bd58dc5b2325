"""Thousands of papers in one post are written a few at a time."""

from __future__ import annotations

import gc

import pytest

from pipeline.lazy_sequence import KEPT, OneByOne
from pipeline.paper import Entry
from pipeline.render.pages.atom_feed import LIMIT, FeedSource, atom
from pipeline.render.sites.registry import FACES, render_post
from tests.render.sample_posts import entry, paper, post

POST_FACES = sorted(name for name in FACES if name != "obsidian")
MANY = 4 * KEPT


def entry_of(index: int) -> Entry:
    return entry(paper(f"2611.{index:05d}"))


def in_memory() -> int:
    return sum(type(thing) is Entry for thing in gc.get_objects())


class Making:
    """Makes entries, and looks now and then how many there are."""

    def __init__(self) -> None:
        gc.collect()
        self.before, self.most = in_memory(), 0

    def __call__(self, index: int) -> Entry:
        if index % KEPT == KEPT - 1:
            self.most = max(self.most, in_memory() - self.before)
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
