"""Each sentence of an abstract is taken for what it is there for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.summarize.extractive.sentences.abstract_roles import (
    ROLES,
    roles_of,
)

ENGLISH = {
    "Lantern detection plays an important role for ships at night.": "background",
    "However, existing methods rely on bright images and fail in fog.": "past",
    "We propose LanternNet, a network that finds lanterns in photographs.": "method",
    "It encodes the halo of each lamp and decodes its place.": "method",
    "Experiments on three datasets show that it outperforms others by 4.1%.": "result",
    "Our findings suggest that halos are worth more than outlines.": "meaning",
}
CHINESE = {
    "近年来，夜间检测受到广泛关注。": "background",
    "然而，现有方法难以处理黑暗场景。": "past",
    "本文提出灯网，采用两个分支。": "method",
    "实验结果表明，准确率达到94.37%。": "result",
}


def test_the_moves_of_an_abstract_are_told_apart():
    for sentences in (ENGLISH, CHINESE):
        assert roles_of(list(sentences)) == list(sentences.values())


def test_a_result_without_the_usual_words_keeps_the_order():
    told = [
        "We introduce a lamp.",
        "It is bright.",
        "Results show 3.2% gains.",
        "Code is available.",
    ]
    assert roles_of(told) == ["method", "method", "result", "meaning"]


def test_a_study_told_in_the_passive_is_its_method():
    told = [
        "Lamps are rare at sea.",
        "Rust of lamps was examined in nine harbours.",
        "Interviews were conducted with fifteen sailors.",
    ]
    assert roles_of(told) == ["background", "method", "method"]


def test_what_is_usually_done_is_not_the_method():
    told = [
        "Lamps are bright.",
        "Rust of lamps is typically analyzed in a dry room.",
        "We propose a wet room for lamps.",
    ]
    assert roles_of(told) == ["background", "background", "method"]


def test_what_is_missing_so_far_belongs_to_the_past():
    told = [
        "Lantern detection plays an important role for ships at night.",
        "Until now, there has been no photograph of more than two lamps.",
        "Leading detectors fail on nights with fog.",
        "Recent methods such as DayLamp find lanterns in bright photographs.",
        "We propose LanternNet, a network that finds lanterns.",
    ]
    assert roles_of(told) == ["background", "past", "past", "past", "method"]


def test_an_own_result_is_not_the_past_for_what_it_beats():
    told = [
        "Existing Lamp-MPPI, however, keeps the light linear.",
        "This paper supplies a brighter lamp.",
        "Across six harbours, LampNet tracks boats where a candle fails.",
    ]
    assert roles_of(told)[0] == "past"
    assert roles_of(told)[2] != "past"


@given(st.lists(st.text(), max_size=12))
def test_every_sentence_gets_one_role(sentences):
    roles = roles_of(sentences)
    assert len(roles) == len(sentences)
    assert set(roles) <= set(ROLES)


@pytest.mark.parametrize(
    "result",
    [
        "The lamp moves the glow from 4.1 to 16.8 per minute, close to real ones.",
        "Brightness is right in 94 percent of the harbours.",
        "Results on open harbours show that the lamp gains 97.9% in glow.",
    ],
)
def test_a_value_that_changed_is_a_result(result):
    told = [
        "Boats need light.",
        "We present a lamp for harbours.",
        "It hangs above the water.",
        result,
    ]
    assert roles_of(told)[-1] == "result"


@pytest.mark.parametrize(
    "release",
    [
        "We release the code at https://lamps.example.",
        "Our project is available at https://lamps.example.",
        "Our code and data will be open-sourced.",
    ],
)
def test_where_code_is_to_be_had_is_no_result(release):
    told = ["We present a lamp.", "It outperforms lanterns by 5%.", release]
    assert roles_of(told) == ["method", "result", "meaning"]
