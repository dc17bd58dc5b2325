"""A paper speaks of itself as we, as this paper, and by the name of what it presents."""

from __future__ import annotations

import pytest

from pipeline.summarize.extractive.sentences.self_reference import (
    self_reference,
)
from tests.summarize.papers import document


def speaks_of_itself(
    sentence: str, abstract: str, title: str = "Lamps"
) -> bool:
    own = self_reference(document(title=title, abstract=abstract, sections=()))
    return bool(own.anywhere.search(sentence))


@pytest.mark.parametrize(
    "abstract",
    [
        "We present LampNet, a network for lamps.",
        "This paper proposes the LampNet framework.",
        "We propose a network for lamps called LampNet.",
        "We introduce a Light Amplifying Moored Prism Network (LampNet).",
    ],
)
def test_the_name_of_what_is_presented_is_known(abstract):
    assert speaks_of_itself("LampNet finds nine of ten lamps.", abstract)


@pytest.mark.parametrize(
    "abstract",
    [
        "We propose a novel LampNet pipeline for boats.",
        "We present a method for Lamp Detection at Night (LampNet).",
        "We evaluate our lamps on LampNet.",
    ],
)
def test_the_name_of_a_field_or_of_data_is_not_the_works(abstract):
    assert not speaks_of_itself("LampNet is a crucial task.", abstract)


def test_our_world_is_not_our_work():
    assert not speaks_of_itself("Lamps fill our increasingly bright world.", "")
    assert speaks_of_itself("Lamps fill our small data set.", "")


def test_the_first_word_of_a_title_names_the_work_but_not_a_field_that_is_surveyed():
    sentence = "LAMPS shine far."
    assert speaks_of_itself(sentence, "", "LAMPS: Lights for Boats")
    assert not speaks_of_itself(sentence, "", "LAMPS: A Survey")


def test_a_country_is_not_the_authors():
    own = self_reference(document(abstract="", title="Lamps"))
    assert not own.anywhere.search("Lamps are an industry in the US.")
    assert own.anywhere.search("The present study was done to find lamps.")
    assert own.anywhere.search("The lamps allow us to see at night.")
