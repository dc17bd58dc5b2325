"""Whatever JSON holds can be stored afterwards."""

import json
import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.clean import storable, storable_text

ANY_TEXT = st.text(st.characters())  # half characters too
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(ANY_TEXT, inner),
    max_leaves=12,
)


@given(ANY_JSON)
def test_every_value_becomes_strict_json_in_utf8(value):
    text = json.dumps(storable(value), ensure_ascii=False, allow_nan=False)
    assert json.loads(text.encode()) == storable(value)


@given(st.integers())
def test_every_whole_number_fits_sqlite(number):
    with sqlite3.connect(":memory:") as database:
        row = database.execute("SELECT ?", (storable(number),)).fetchone()
    assert row == (storable(number),)


def test_half_an_emoji_becomes_a_mark_and_the_rest_stays():
    assert storable_text("see \ud83d this") == "see \ufffd this"


def test_nesting_without_end_is_cut():
    value = []
    for _ in range(5000):
        value = [value]
    assert len(json.dumps(storable(value))) < 200
