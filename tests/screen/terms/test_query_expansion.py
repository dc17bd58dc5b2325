"""Bare words grow into what authors write."""

from collections import Counter

from pipeline.paper import Topic
from pipeline.screen.terms.abbreviation_definitions import Abbreviations
from pipeline.screen.terms.query_expansion import expand_topic, sign_weights


def expand(name, **options):
    (query,) = expand_topic(Topic(name, configured=False), **options)
    return query


def texts(name, **options):
    return {sign.phrase.text.lower() for sign in expand(name, **options).signs}


def covers(name, phrase):
    """The words of a name that a phrase stands for, with the weights."""
    query = expand(name)
    found = {}
    for sign in query.signs:
        if sign.phrase.text == phrase:
            for at in sign.covers:
                found[query.words[at]] = max(
                    found.get(query.words[at], 0), sign.weight
                )
    return found


def test_other_names_and_the_abbreviation_stand_for_the_words():
    assert {"nerf", "neural radiance field"} <= texts("neural radiance field")
    assert "vln" in texts("vision-language navigation")
    assert "face forgery detection" in texts("deepfake detection")


def test_a_shorter_name_hardly_stands_for_the_word_that_it_leaves_out():
    found = covers("human motion generation", "motion synthesis")
    assert found["motion"] == found["gener"] == sign_weights.same
    assert found["human"] == sign_weights.shorter


def test_a_synonym_stands_for_its_word_only():
    found = covers("human motion generation", "synthesis")
    assert set(found) == {"gener"}


def test_a_word_of_a_usual_term_counts_less_without_the_others():
    name = "sparse view novel view synthesis"
    assert covers(name, "sparse")["spars"] == sign_weights.alone
    lone = covers(name, "synthesis")["synthes"]
    other = covers(name, "generation")["synthes"]
    assert sign_weights.alone > lone > other
    assert covers(name, "novel view synthesis")["synthes"] >= sign_weights.same


def test_an_abbreviation_that_records_define_stands_for_its_long_form():
    learned = Abbreviations(
        {"HMS": Counter({("human", "motion", "synthes"): 3})}
    )
    assert "hms" in texts("human motion synthesis", abbreviations=learned)
    rare = Abbreviations({"HMX": Counter({("human", "motion", "synthes"): 1})})
    assert "hmx" not in texts("human motion synthesis", abbreviations=rare)


def test_a_topic_that_is_an_abbreviation_is_looked_for_by_its_long_form_too():
    short, long = expand_topic(Topic("VLN", configured=False))
    assert "vision-language navigation" in {
        sign.phrase.text for sign in short.signs
    }
    assert long.words == ("vision", "languag", "navig")


def test_an_abbreviation_that_only_records_know_is_spelled_out_by_them():
    learned = Abbreviations({"XQZ": Counter({("extra", "quick", "zebra"): 3})})
    assert "extra quick zebra" in texts("XQZ", abbreviations=learned)


def test_each_alternative_of_a_name_is_a_query_of_its_own():
    queries = expand_topic(
        Topic("Face Swapping / Deepfake Detection", configured=False)
    )
    assert [query.words for query in queries] == [
        ("face", "swap"),
        ("deepfak", "detect"),
    ]


def test_configured_phrases_are_each_enough():
    topic = Topic(
        "T",
        phrases=("talking head",),
        signs=("audio + portrait",),
        exclude=("dance",),
    )
    (wanted,) = expand_topic(topic)
    assert wanted.words == ("",)
    assert [sign.covers for sign in wanted.signs] == [(0,), (0,)]
    assert [phrase.text for phrase in wanted.against] == ["dance"]
