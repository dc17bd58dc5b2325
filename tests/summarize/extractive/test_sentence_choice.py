"""Only whole sentences that stand alone are chosen."""

from __future__ import annotations

import pytest

from pipeline.summarize.extractive.sentence_choice import (
    reads_well,
    stands_alone,
)


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
