"""Names of topics as they are written into config.toml."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.paper import Topic
from pipeline.screen.topics.name_spelling import spell_name
from pipeline.screen.topics.proposal import propose_topic


@pytest.mark.parametrize(
    ("given", "spelled"),
    [
        ("sign Language PRODUCTION", "sign language production"),
        ("SIGN LANGUAGE PRODUCTION", "sign language production"),
        ("3d gaussian SPLATTING", "3D Gaussian splatting"),
        ("NeRF Editing", "NeRF editing"),
        ("LLM Agents", "LLM agents"),
        ("DreamFusion for Avatars", "DreamFusion for avatars"),
        ('"sign language"', "sign language"),
        ("“Talking Heads”", "talking heads"),
    ],
)
def test_a_name_is_lower_case_but_for_names_and_abbreviations(given, spelled):
    assert spell_name(given) == spelled


@pytest.mark.parametrize(
    ("given", "spelled"),
    [
        ("SLP", "sign language production"),
        ("VOS", "video object segmentation"),
        ("nerf", "NeRF"),
    ],
)
def test_an_abbreviation_is_spelled_out_unless_papers_use_it_for_nothing_else(
    given, spelled
):
    assert spell_name(given) == spelled


def test_an_abbreviation_of_several_things_is_asked_about():
    with pytest.raises(UsageError) as caught:
        spell_name("SR")
    assert '"image super-resolution"' in caught.value.step


@given(st.text(min_size=1, max_size=40))
def test_only_case_and_quotes_of_words_change(text):
    try:
        spelled = spell_name(text)
    except UsageError:
        return
    again = spell_name(spelled)
    assert again == spelled


@pytest.mark.parametrize(
    ("name", "short"),
    [("SLP", "SLP"), ("sign language production", "SLP"), ("VOS", "VOS")],
)
def test_no_bare_abbreviation_is_proposed_as_a_phrase(name, short):
    topic = propose_topic(Topic(name, configured=False))
    assert short not in topic.phrases
    assert topic.phrases


def test_an_abbreviation_that_papers_use_alone_is_proposed():
    topic = propose_topic(Topic("neural radiance field", configured=False))
    assert "NeRF" in topic.phrases
