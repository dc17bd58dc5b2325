"""Papers are found by words of their title, abstract, review and captions, in two languages."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.paper import Verdict
from pipeline.store import Store
from pipeline.store.search_index import SearchFilter, fts_query, index_text
from tests import samples

NOW = datetime(2026, 11, 3, 6, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path)
    yield opened
    opened.close()


def add(store, number, topic="Talking Head", **fields):
    paper = samples.paper(number, **fields)
    store.papers.add([paper], NOW)
    store.papers.judge([Verdict(paper.id, topic, 0.9, keep=True)], NOW)
    return paper.id


def test_english_is_found_in_any_form_of_its_words(store):
    found = add(
        store, 1, title="Generating Talking Heads", abstract="Nothing else."
    )
    add(store, 2, title="Boats at Night", abstract="Harbours.")
    store.search.refresh()
    assert store.search.find("generated head") == [found]
    assert store.search.find('"talking heads"') == [found]
    assert store.search.find('"heads talking"') == []


@pytest.mark.parametrize(
    "words", ["人脸", "人脸生成", "脸", "成", "说话人", "实时 人脸"]
)
def test_chinese_is_found_from_one_character_on(store, words):
    found = add(store, 1, title="实时说话人脸生成", abstract="一种方法。")
    add(store, 2, title="夜间船只检测", abstract="港口。")
    store.search.refresh()
    assert store.search.find(words) == [found]


def test_a_word_of_the_title_weighs_more(store):
    add(store, 1, title="Boats", abstract="A lantern hangs on each.")
    titled = add(store, 2, title="Lantern", abstract="Boats are long and many.")
    store.search.refresh()
    assert store.search.find("lantern")[0] == titled


def test_topic_and_dates_narrow_what_is_found(store):
    one = add(store, 1, title="Lamps")
    add(store, 2, title="Lamps", topic="Boats")
    store.search.refresh()
    assert store.search.find("lamps", SearchFilter(topic="Talking Head")) == [
        one
    ]
    late = SearchFilter(since=date(2099, 1, 1))
    assert store.search.find("lamps", late) == []


def test_only_what_is_new_is_indexed(store):
    add(store, 1, title="Lamps")
    assert (store.search.refresh(), store.search.refresh()) == (1, 0)


@given(st.text())
def test_nothing_typed_is_query_language(tmp_path_factory, text):
    import sqlite3

    with sqlite3.connect(":memory:") as database:
        database.execute(
            "CREATE VIRTUAL TABLE t USING fts5(a, tokenize = 'porter unicode61')"
        )
        database.execute("INSERT INTO t VALUES (?)", (index_text(text),))
        query = fts_query(text)
        if query:
            assert (
                len(
                    list(
                        database.execute(
                            "SELECT * FROM t WHERE t MATCH ?", (query,)
                        )
                    )
                )
                <= 1
            )
