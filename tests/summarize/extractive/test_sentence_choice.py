"""Sentences are slices of the text, and abbreviations, figures and initials do not end them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.summarize.extractive.sentence_choice import (
    reads_well,
    split,
    stands_alone,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("We follow Smith et al. [12] and others. It works.", 2),
        ("See Fig. 3 for lamps, e.g. Red ones. The rest is dark.", 2),
        ("The score is 94.37 on Sec. 4.2 data (cf. Eq. 5). We stop.", 2),
        ("It was built by J. R. Lamp in the U.S. in 1999. He left.", 2),
        ("Lamps vs. stars differ. Dr. Glow agrees.", 2),
        ("This is shown by Other et al. We propose more.", 2),
        ("“Lamps glow.” (They do.) Boats float!", 3),
        ("本文提出一种方法。该方法很快！是否有效？", 3),
        ("No end here", 1),
        ("", 0),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, parts):
    assert len(list(split(text))) == parts


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=300))
def test_every_sentence_stands_in_the_text_and_nothing_is_lost(text):
    parts = list(split(text))
    assert all(part in text for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "sentence",
    [
        "We propose a network that finds lanterns in photographs taken at night.",
        "However, existing methods rely on bright images and fail in the dark [3, 4].",
        "本文提出一种在夜间照片中寻找灯笼的网络，并在三个数据集上验证。",
    ],
)
def test_prose_reads_well(sentence):
    assert reads_well(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "lanterns are found in photographs that were taken at night by boats.",
        "[12] propose a network that finds lanterns in photographs taken at night.",
        ", which finds lanterns in photographs that were taken at night by boats.",
        "We propose a network that finds lanterns in photographs taken at night and",
        "L = α∑ ||x − y|| + β∏ z∈Z p(z|x) where the loss is given by the sum of all.",
        "Ours 94.3 81.2 73.1 69.9 DayDet 81.8 70.2 61.3 55.0 Night 22.1 33.2 44.5.",
        "Port Town Harbour University Department of Lamps and Boats Institute of Glow.",
        "The network (see the figure finds lanterns in photographs taken at night.",
        "It works.",
        "In this section, we describe the network that finds lanterns at night.",
        "We begin this section by motivating the network that finds lanterns.",
        "In Figure 2(a), we present the lanterns that the network finds at night.",
        "The first part of this paper deals with the photographs of lanterns.",
        "Lanterns are found in 59%efficiencybydirectly loading the network at night.",
        "Although NIGHT-2-LAMPproduces compelling lanterns, it has limitations at sea.",
        "We are interested in lanterns of the form q(x1, ..., xm) without any boat.",
        "These are then substituted into (5.4) which gives the lanterns at night.",
        "Index Terms—Lanterns at night, photographs of boats, networks for lamps.",
    ],
)
def test_debris_does_not(sentence):
    assert not reads_well(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "To address this, we propose a network that finds lanterns at night.",
        "Despite these efforts, lanterns are rarely found in photographs at night.",
        "We now present the network that finds lanterns in photographs at night.",
        "Sim to Real: After training we load the network that finds lanterns.",
        "These are found by the network in photographs that were taken at night.",
        "As shown in Fig. 3, the network finds lanterns in photographs at night.",
        "The results of the network are given in Table 2 for all photographs.",
        "The rest of this paper is organized as follows and ends with a discussion.",
        "This paper is organized in five sections that deal with lamps at night.",
        "此外，我们在三个数据集上验证了该网络的有效性。",
    ],
)
def test_what_leans_on_its_place_does_not_stand_alone(sentence):
    assert not stands_alone(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "In this paper, we describe a network that finds lanterns at night.",
        "This work presents a network that finds lanterns in photographs.",
        "We believe that our work enables safer boats at night.",
        "本文提出一种在夜间照片中寻找灯笼的网络。",
    ],
)
def test_what_says_it_all_stands_alone(sentence):
    assert stands_alone(sentence)
