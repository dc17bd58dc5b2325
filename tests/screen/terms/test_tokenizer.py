"""Words, their forms, and the places of sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.screen.terms.tokenizer import (
    WORD,
    Place,
    StemMemory,
    clean_markup,
    read_sentences,
    sentence,
    stem,
)


@pytest.mark.parametrize(
    "forms",
    [
        "segmentation segmented segments segment segmenting",
        "generation generate generative generating generators",
        "animation animate animated animatable",
        "recognition recognize recognise recognizing",
        "synthesis synthesize synthesised synthesizing",
        "reconstruction reconstruct reconstructing reconstructed",
        "splatting splats splat",
        "avatars avatar avatar's avatar’s",
        "pose posed poses posing",
        "localization localise localised localisation localizing",
        "facial face faces",
        "query queries",
        "video videos",
        "stylized stylise stylization",
        "denoising denoise denoised",
    ],
)
def test_forms_of_one_word_have_one_stem(forms):
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("generate", "general"),
        ("animate", "animal"),
        ("plane", "plan"),
        ("talking", "talker"),
        ("synthesis", "synthetic"),
        ("FER", "Fermi"),
        ("ratio", "ration"),
        ("emotion", "emoticon"),
        ("medical", "medicine"),
    ],
)
def test_different_words_keep_different_stems(one, other):
    assert stem(one) != stem(other)


@given(st.text(max_size=30))
def test_a_stem_exists_for_any_text(word):
    assert isinstance(stem(word), str)


@given(st.from_regex(r"[a-z]{4,12}", fullmatch=True))
def test_a_plural_has_the_stem_of_its_singular(word):
    if not word.endswith(("s", "x", "z", "h", "y", "i", "e", "u")):
        assert stem(word + "s") == stem(word)


def test_tex_is_removed_and_a_two_between_words_is_a_to():
    assert (
        clean_markup("$E^{3}$Gen and Text2Image") == "E3Gen and Text to Image"
    )


def test_sentences_know_where_they_stand(paper):
    abstract = (
        "Talking heads matter. Earlier methods blur. We propose a method. "
        "Our method runs in real time. Code is released."
    )
    places = [
        sentence.place
        for sentence in read_sentences(
            paper("Title", abstract, comment="12 pages")
        )
    ]
    assert places == [
        Place.TITLE,
        Place.FIRST,
        Place.BODY,
        Place.CLAIM,
        Place.OWN,
        Place.LAST,
        Place.COMMENT,
    ]


@given(st.text(max_size=400), st.text(max_size=80))
def test_any_record_can_be_read(abstract, title):
    from pipeline.screen.records import read_record

    sentences = read_sentences(
        read_record({"id": "2611.00001", "title": title, "abstract": abstract})
    )
    assert all(
        len(sentence.raw) == len(sentence.stems) for sentence in sentences
    )


@given(st.text(st.characters(max_codepoint=160), max_size=80))
def test_plain_text_is_split_into_the_same_words_as_any_other(text):
    assert list(sentence(text, Place.BODY).raw) == WORD.findall(text)


def test_the_memory_of_stems_is_bounded():
    memory = StemMemory()
    memory.most = 3
    words = ["faces", "heads", "poses", "avatars", "faces"]
    assert [memory[word] for word in words] == list(map(stem, words))
    assert len(memory) <= 3
