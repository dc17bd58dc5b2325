"""Bare words grow into what authors write."""

import tomllib

from pipeline.paper import Topic
from pipeline.screen.terms.phrases import compile_phrase
from pipeline.screen.terms.query_expansion import THESAURUS, kinds, query, same


def texts(name, **options):
    return {
        sign.phrase.text
        for sign in query(Topic(name, configured=False), **options).signs
    }


def test_other_names_and_the_abbreviation_stand_for_the_words():
    assert {"NeRF", "radiance field", "neural radiance field"} <= texts(
        "neural radiance field"
    )
    assert "VLN" in texts("vision-language navigation")
    assert "ASR" in texts("multi-talker speech recognition")


def test_literally_only_the_words_themselves():
    assert texts("neural radiance field", literal=True) <= {
        "neural", "radiance", "field", "neural radiance", "radiance field", "neural radiance field", "NRF",
    }  # fmt: skip


def test_an_alternative_covers_the_words_it_stands_for():
    wanted = query(Topic("medical image segmentation", configured=False))
    (tumor,) = [
        sign
        for sign in wanted.signs
        if sign.phrase.text == "tumor" and len(sign.covers) == 1
    ]
    assert wanted.words[tumor.covers[0]] == "medical"


def test_configured_phrases_are_each_enough():
    topic = Topic(
        "T", phrases=("talking head",), signs=("audio + portrait",), exclude=("dance",)
    )
    wanted = query(topic)
    assert wanted.words == ("",)
    assert [sign.covers for sign in wanted.signs] == [(0,), (0,)]
    assert [phrase.text for phrase in wanted.against] == ["dance"]


def test_every_entry_of_the_thesaurus_can_be_matched():
    data = tomllib.loads(THESAURUS.read_text(encoding="utf-8"))
    entries = [text for line in data["same"] for text in line] + [
        text for line in data["kinds"].values() for text in line
    ]
    assert all(compile_phrase(text).words for text in entries)
    assert all(len(line) > 1 and len(set(line)) == len(line) for line in data["same"])
    assert same()
    assert kinds()
