"""A long sequence is looked at item by item."""

import gc
import weakref

import pytest

from pipeline.lazy_sequence import KEPT, OneByOne


class Item:
    def __init__(self, number):
        self.number = number


def test_items_are_made_when_they_are_looked_at_and_only_the_last_are_kept():
    alive = weakref.WeakSet()

    def make(index):
        gc.collect(0)
        alive.add(item := Item(index))
        assert len(alive) <= KEPT + 2
        return item

    items = OneByOne(5 * KEPT, make)
    assert not alive
    assert [item.number for item in items] == list(range(5 * KEPT))


def test_a_short_sequence_makes_each_item_once():
    made = []
    items = OneByOne(3, lambda index: made.append(index) or index)
    assert [*items, *items, items[-1]] == [0, 1, 2, 0, 1, 2, 2]
    assert made == [0, 1, 2]


def test_it_has_the_manners_of_a_sequence():
    items = OneByOne(4, lambda index: index * index)
    assert (len(items), bool(items), bool(OneByOne(0, str))) == (4, True, False)
    assert list(items[1:3]) == [1, 4]
    assert list(items[::-1]) == [9, 4, 1, 0]
    with pytest.raises(IndexError):
        items[4]
