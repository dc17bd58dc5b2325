"""Phrases as authors write them, and look-alikes that are something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.screen.terms.phrases import Matcher, compile_phrase, form_initials
from pipeline.screen.terms.tokenizer import Place, clean_markup, sentence


def found(phrase, text, place=Place.BODY):
    return Matcher([compile_phrase(phrase)]).find(
        [sentence(clean_markup(text), place)]
    )


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("talking head", "Talking Heads from audio"),
        ("talking head", "a talking-head video"),
        ("talking head", "talking 3D heads"),
        ("lip sync", "accurate lip-syncing"),
        ("lip sync", "LipSync with less data"),
        ("lip synchronization", "lip synchronisation is hard"),
        ("speech-driven facial animation", "speech driven face animation"),
        ("text-to-image", "Text2Image models"),
        ("3D gaussian", "3D Gaussians"),
        ("NeRF", "NeRFs in the dark"),
        ("FER", "robust FER in the wild"),
        ("gaussian splatting", "3D Gaussian Splats"),
        ("clip + video", "a video model guided by clip features"),
        ("neural radiance field", "Neural Radiance Fields"),
        ("super resolution", "superresolution of scans"),
    ],
)
def test_a_phrase_is_found_in_all_its_forms(phrase, text):
    assert found(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("FER", "the Fermi level"),
        ("FER", "fer is a word"),
        ("talking head", "CLIP Talks on open-set adaptation"),
        (
            "talking head",
            "multi-talker speech recognition with attention heads",
        ),
        ("talking head", "talking about heads"),
        ("talking head", "heads are talking"),
        ("avatar", "AvaTaR: Optimizing LLM Agents"),
        ("clip + video", "clip features of pictures"),
        ("animation", "animal pictures"),
        ("NeRF", "a nerf gun"),
    ],
)
def test_look_alikes_are_not_found(phrase, text):
    assert not found(phrase, text)


@pytest.mark.parametrize(
    "text",
    [
        "applications such as talking heads",
        "tasks including video editing and talking head generation",
        "unlike talking head methods we need no audio",
        "it benefits gaming, telepresence and talking heads",
    ],
)
def test_an_example_or_a_contrast_is_a_mere_mention(text):
    assert all(hit.mention for hit in found("talking head", text))


def test_the_matter_itself_is_no_mention():
    assert not found("talking head", "we propose a talking head method")[
        0
    ].mention
    assert not found("talking head", "Beyond Talking Heads", Place.TITLE)[
        0
    ].mention


def test_initials_need_three_words():
    assert form_initials("Vision-and-Language Navigation") == "VLN"
    assert form_initials("3D Gaussian Splatting") == "3DGS"
    assert form_initials("talking head") == ""


@given(
    st.lists(
        st.sampled_from(["talking", "head", "face", "of", "the", "video"]),
        max_size=12,
    )
)
def test_every_hit_lies_inside_its_sentence(words):
    text = " ".join(words)
    phrases = [
        compile_phrase(phrase)
        for phrase in ("talking head", "face + video", "head")
    ]
    for hit in Matcher(phrases).find([sentence(text, Place.BODY)]):
        assert 0 <= hit.start < hit.end <= len(words)


@given(st.text(max_size=60), st.text(max_size=120))
def test_no_phrase_and_no_text_break_the_matcher(phrase, text):
    Matcher([compile_phrase(phrase)]).find([sentence(text, Place.BODY)])


@given(
    st.lists(
        st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon", "zeta"]),
        min_size=1,
        max_size=4,
        unique=True,
    )
)
def test_a_phrase_is_found_in_itself(words):
    assert found(" ".join(words), " ".join(words))
    assert found("-".join(words), f"before {' '.join(words)} after")
