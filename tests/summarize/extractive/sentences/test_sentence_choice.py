"""Only whole sentences that stand alone are chosen."""

from __future__ import annotations

import pytest

from pipeline.summarize.extractive.sentences.sentence_choice import (
    as_statement,
    explained_names,
    glued_words,
    names_its_subject,
    reads_well,
    stands_alone,
)


@pytest.mark.parametrize(
    "sentence",
    [
        "We propose a network that finds lanterns in photographs taken at night.",
        "However, existing methods rely on bright images and fail in the dark [3, 4].",
        "本文提出一种在夜间照片中寻找灯笼的网络，并在三个数据集上验证。",
        "This study was undertaken to find E. coli and Ocimum sanctum L. in lanterns.",
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
        "Lamps are found by the mask M, and the rest is dark in every photograph.",
        "Given RT and fixed lanterns PT, the network fills a lamp pool BR at night.",
        "These are then substituted into (5.4) which gives the lanterns at night.",
        "The light of lanterns forms Check for updates on boats in fog at night.",
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
        "Our work is the first of its kind that tackles this challenging problem.",
        "We adopt them for the task of finding lanterns in photographs at night.",
        "Residual Dropout We apply dropout to the output of each lantern layer.",
        "In what follows, we assume that lanterns are found in each photograph.",
        "Probably not, as there are simply too many lanterns in each harbour.",
        "We propose a lantern with the following key insight about the night.",
        "From lines 3 to 7, we search each photograph for lanterns at night.",
        "We sincerely appreciate the comments of all who read about lanterns.",
        "We propose a novel pipeline solution.",
        "We present our proposed method for finding lanterns in photographs.",
        "Through analysis on photographs, we can conclude convincing results.",
        "In this work, we take one step towards the goal and hope for lamps.",
        "Motivated by candles, they aim to find lanterns in photographs.",
        "Like other detectors of lanterns, it cannot see through fog at night.",
        "Many researchers in this area have found lanterns in photographs.",
        "In this meta-task, we find lanterns in photographs taken at night.",
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
        "We propose TABLEFORMER, a network that finds lanterns at night.",
        "Methods such as ours are better than those of others in the dark.",
        "In this Rapid Communication we show that lanterns rust at sea.",
        "This meta-analysis aimed to compare lanterns with lamps at night.",
        "We propose a two-stage method for lanterns at night.",
    ],
)
def test_what_says_it_all_stands_alone(sentence):
    assert stands_alone(sentence)


@pytest.mark.parametrize(
    "link",
    [
        "However, ",
        "To this end, ",
        "So, ",
        "As such, ",
        "To address these challenges coherently, ",
        "To understand the spread and the causes of this fog, ",
    ],
)
def test_what_ties_a_sentence_to_the_one_before_is_taken_off(link):
    told = as_statement(f"{link}we propose a network that finds lanterns.")
    assert told == "We propose a network that finds lanterns."


def test_short_names_that_the_paper_explains_are_no_symbols():
    sentence = "The lanterns scatter ZO and TA and LA waves on boats at night."
    assert not reads_well(sentence)
    assert reads_well(sentence, names={"ZO", "TA"})
    assert explained_names("out-of-plane (ZO) and transverse (TA)") == [
        "ZO",
        "TA",
    ]


def test_a_condition_is_never_taken_off():
    told = "In this setting, we find all lanterns in photographs at night."
    assert as_statement(told) == told


def test_a_noun_that_only_the_text_before_explains_is_no_beginning():
    structure = "The structure can find lanterns in photographs at night."
    model = "The model finds lanterns in photographs taken at night."
    assert not names_its_subject(structure, abstract=True)
    assert names_its_subject(model, abstract=True)
    resulting = "Resulting insights can be applied to boats at night."
    assert not names_its_subject(resulting, abstract=True)
    assert not names_its_subject(model, abstract=False)


def test_a_name_that_looks_run_together_is_none():
    sentence = "We present LongLAMPBench, a collection of lanterns at night."
    assert not reads_well(sentence)
    assert reads_well(sentence, names=glued_words("LongLAMPBench"))
