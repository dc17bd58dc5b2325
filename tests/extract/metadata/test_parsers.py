"""What parses lines of strangers takes any text, and keeps what it was given."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.metadata.affiliation_marks import (
    marks_in,
    numbered_places,
)
from pipeline.extract.metadata.links.web_address import (
    bare_address,
    clean_address,
    join_broken,
)
from pipeline.extract.metadata.places import clean_place, is_place

WORDS = st.text(alphabet="abcdefgh ABCD ü研.,-", min_size=3).filter(
    lambda text: text.strip(" ,;.:-")
)


@given(st.text())
def test_any_text_is_cleaned_once(text):
    assert clean_place(clean_place(text)) == clean_place(text) or "@" in text
    assert isinstance(is_place(text), bool)


@given(
    st.lists(
        st.sampled_from(["School of Heads", "Institut für Köpfe", "大学"]),
        min_size=1,
        max_size=9,
    )
)
def test_counted_places_come_back_by_their_numbers(places):
    text = ", ".join(f"{n}. {place}" for n, place in enumerate(places, 1))
    assert list(numbered_places(text).items()) == [
        (str(n), p) for n, p in enumerate(places, 1)
    ]


@given(st.text())
def test_counting_and_marks_take_any_text(text):
    assert all(mark.isdigit() for mark in numbered_places(text))
    assert all(mark in text for mark in marks_in(text))


@given(st.text(), st.text())
def test_addresses_take_any_text_and_broken_ones_are_whole(before, after):
    whole = "https://github.com/ana/talkhead"
    assert whole in join_broken(
        f"{before} https: //github.com/ana/talkhead {after}"
    )
    assert "://" in clean_address(before)
    assert bare_address(whole) == "github.com/ana/talkhead"
