"""Verdicts: what is kept, in which order, and why."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.common.reason_text import describe_reasons
from pipeline.config_file import load
from pipeline.paper import Topic
from pipeline.resources import CONFIG
from pipeline.screen.preferences import Taste, with_institutions
from pipeline.screen.rank import judge_papers
from pipeline.screen.records import read_record

CONFIGURED = load(CONFIG, environ={})
TALKING = CONFIGURED.topic("Talking Head")
AVATAR = CONFIGURED.topic("Virtual Human / Avatar")
FER = CONFIGURED.topic("Facial Expression Recognition")
VLN = CONFIGURED.topic("Vision-Language Navigation")


def one(topic, paper, **options):
    return judge_papers(topic, [paper], **options)[0]


@pytest.mark.parametrize(
    ("topic", "title", "abstract"),
    [
        (TALKING, "Real-Time Talking Heads from Audio", ""),
        (
            TALKING,
            "Speaking Faces",
            "We present a method for speech-driven facial animation. Our lip sync is exact.",
        ),
        (
            TALKING,
            "Emo",
            "We propose audio-driven portrait animation. Talking heads of any length are generated.",
        ),
        (
            AVATAR,
            "A Relightable Head Avatar",
            "We reconstruct an animatable head of a person from video.",
        ),
        (
            FER,
            "Robust FER in the Wild",
            "Labels of facial expressions are noisy; we clean the emotion labels.",
        ),
        (
            VLN,
            "A Memory for VLN Agents",
            "Agents follow language instructions to navigate in unseen rooms.",
        ),
    ],
)
def test_on_topic_papers_are_kept(paper, topic, title, abstract):
    verdict = one(topic, paper(title, abstract))
    assert verdict.keep, verdict


@pytest.mark.parametrize(
    ("topic", "title", "abstract"),
    [
        (
            TALKING,
            "CLIP Talks on Open-Set Adaptation",
            "We adapt CLIP to new domains.",
        ),
        (
            TALKING,
            "Multi-Talker Speech Recognition",
            "We transcribe overlapped speech with attention heads.",
        ),
        (
            TALKING,
            "A Language Model That Talks While Thinking",
            "A model hears and speaks in streaming.",
        ),
        (
            TALKING,
            "Video Compression",
            "We compress video. It helps applications such as talking heads.",
        ),
        (
            TALKING,
            "Pruning Attention Heads",
            "We remove attention heads that are talking to no other head.",
        ),
        (
            AVATAR,
            "AvaTaR: Optimizing Agents for Tools",
            "Language model agents learn to use retrieval tools.",
        ),
        (
            AVATAR,
            "AVATAR: An Optimiser for Retrieval",
            "We tune prompts of agents for retrieval.",
        ),
        (FER, "Fermi Surfaces of Metals", "The Fermi level is computed."),
        (
            FER,
            "Lower FER for Polar Codes",
            "The frame error rate (FER) of codes is lowered.",
        ),
        (
            FER,
            "Gene Expression Recognition Sites",
            "We study gene expression and recognition sites of proteins.",
        ),
        (
            VLN,
            "VLN: Very Large Networks",
            "We train very large networks on many chips.",
        ),
    ],
)
def test_other_senses_of_the_words_are_dropped(paper, topic, title, abstract):
    verdict = one(topic, paper(title, abstract))
    assert not verdict.keep, verdict


def test_the_title_says_more_than_the_abstract_and_a_claim_more_than_a_mention(
    paper,
):
    title = one(TALKING, paper("Talking Head Synthesis", "A method."))
    claim = one(
        TALKING, paper("A Method", "We propose talking head synthesis.")
    )
    aside = one(
        TALKING,
        paper(
            "A Method",
            "Nothing is here. Talking heads exist. Something is there.",
        ),
    )
    mention = one(
        TALKING,
        paper(
            "A Method",
            "Nothing is here. It has uses such as talking heads. So it is.",
        ),
    )
    assert title.score > claim.score > aside.score > mention.score


def test_the_reason_is_said_in_words(paper):
    verdict = one(
        TALKING,
        paper("Talking Head Synthesis", "We also dance. We exploit lip sync."),
    )
    assert (
        describe_reasons(verdict.reasons)
        == "title: talking head; lip sync; −dance"
    )
    assert (
        describe_reasons(one(TALKING, paper("Bridges", "Concrete.")).reasons)
        == "nothing of the topic"
    )
    assert (
        describe_reasons(
            one(TALKING, paper("B", "Uses such as talking heads.")).reasons
        )
        == "only mentioned: talking head"
    )


def test_an_excluded_phrase_in_the_title_drops_a_paper(paper):
    topic = Topic("T", phrases=("talking head",), exclude=("survey",))
    assert one(topic, paper("Talking Heads")).keep
    praise = "We propose talking heads. We present talking heads. Our talking heads talk. Talking heads are here."
    assert not one(
        topic, paper("Talking Heads and Talking Heads: A Survey", praise)
    ).keep
    assert one(
        topic, paper("Talking Heads", f"{praise} A survey is cited.")
    ).keep


def test_the_threshold_of_the_topic_decides(paper):
    strict = Topic("T", phrases=("talking head",), threshold=0.99)
    assert not one(strict, paper("Talking Heads")).keep


def test_one_paper_and_none_can_be_judged(paper):
    assert judge_papers(TALKING, []) == []
    assert (
        len(
            judge_papers(
                Topic("sign language", configured=False),
                [paper("Sign Language Translation")],
            )
        )
        == 1
    )


def test_bare_words_work_without_any_other_paper(paper):
    topic = Topic("sign language translation", configured=False)
    assert one(
        topic,
        paper(
            "Translating Sign Languages",
            "We translate sign language videos into text.",
        ),
    ).keep
    assert not one(
        topic,
        paper(
            "Machine Translation",
            "We translate languages; words are a sign of meaning.",
        ),
    ).keep


def test_bare_words_are_found_under_other_names(paper):
    topic = Topic("neural radiance field", configured=False)
    assert one(
        topic,
        paper(
            "Faster NeRF",
            "We speed up the rendering of NeRFs. A radiance field is cached.",
        ),
    ).keep


def test_the_records_show_which_words_go_together(paper, background):
    """Papers that never say "zeugma parsing" but share the words of those that do."""
    proven = [
        paper(
            f"Zeugma Parsing by Yoking {number}",
            "We parse zeugma with yoke trees. Syllepsis treebanks are used.",
        )
        for number in range(8)
    ]
    other = paper(
        "Syllepsis Treebanks for Yoke Trees",
        "We build yoke trees from syllepsis treebanks. Zeugma helps.",
    )
    topic = Topic("zeugma parsing", configured=False)
    alone = one(topic, other)
    together = {
        verdict.paper_id: verdict
        for verdict in judge_papers(
            topic, [*proven, other], background=background
        )
    }
    assert not alone.keep
    assert together[other.id].score > alone.score
    assert "like others of the topic" in describe_reasons(
        together[other.id].reasons
    )


def test_likeness_alone_never_keeps_a_paper(paper, background):
    proven = [
        paper(f"Zeugma Parsing {number}", "We parse zeugma with yoke trees.")
        for number in range(8)
    ]
    without = paper("Yoke Trees", "Yoke trees are trees.")
    topic = Topic("zeugma parsing", configured=False)
    assert not judge_papers(topic, [*proven, without], background=background)[
        -1
    ].keep


def test_the_same_input_gives_the_same_verdicts_in_the_given_order(
    paper, background
):
    papers = [*background[:50], paper("Talking Heads")]
    first = judge_papers(TALKING, papers, background=background)
    assert first == judge_papers(TALKING, papers, background=background)
    assert [verdict.paper_id for verdict in first] == [one.id for one in papers]
    shuffled = random.Random(3).sample(papers, len(papers))
    again = judge_papers(TALKING, shuffled, background=background)
    assert sorted(again, key=str) == sorted(first, key=str)


def test_versions_of_one_paper_are_each_judged(paper):
    old, new = (
        paper("Talking Heads", id="2611.1", version=1),
        paper("Bridges", id="2611.1", version=2),
    )
    assert [verdict.keep for verdict in judge_papers(TALKING, [old, new])] == [
        True,
        False,
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.text(max_size=80),
    st.text(max_size=300),
    st.text(min_size=1, max_size=40),
)
def test_any_record_gets_a_score_between_0_and_1(title, abstract, name):
    record = read_record(
        {"id": "2611.00001", "title": title, "abstract": abstract}
    )
    for topic in (TALKING, Topic(name, configured=False)):
        verdict = one(topic, record)
        assert 0 <= verdict.score <= 1
        assert verdict.keep == (verdict.score >= topic.threshold)
        assert describe_reasons(verdict.reasons)


def test_boosted_authors_lift_the_uncertain_and_never_the_off_topic(paper):
    taste = Taste(boost_authors=("Jane Q. Doe",))
    unsure = paper(
        "A Method", "We use talking heads.", authors=("Jane Q. Doe",)
    )
    off = paper("Bridges", "Concrete.", authors=("J. Doe",))
    lifted = one(TALKING, unsure, taste=taste)
    assert lifted.score > one(TALKING, unsure).score
    assert "+Jane Q. Doe" in describe_reasons(lifted.reasons)
    assert not one(TALKING, off, taste=taste).keep


def test_muted_authors_are_dropped_and_it_is_said(paper):
    verdict = one(
        TALKING,
        paper("Talking Heads", authors=("José Pérez",)),
        taste=Taste(mute_authors=("Jose Perez",)),
    )
    assert not verdict.keep
    assert "−Jose Perez" in describe_reasons(verdict.reasons)


def test_institutions_count_once_the_pdf_is_read(paper):
    verdict = one(TALKING, paper("Talking Heads"))
    taste = Taste(mute_institutions=("Example University",))
    muted = with_institutions(
        verdict,
        ["Dept. of Art, Example University, Nowhere"],
        taste,
        TALKING.threshold,
    )
    assert not muted.keep
    assert "−Example University" in describe_reasons(muted.reasons)
    assert (
        with_institutions(verdict, ["Another Place"], taste, TALKING.threshold)
        == verdict
    )


def test_a_muted_institution_counts_although_an_excluded_phrase_begins_with_it(
    paper,
):
    topic = Topic("T", phrases=("talking head",), exclude=("Meta-learning",))
    verdict = one(
        topic,
        paper(
            "Talking Heads",
            "We animate talking heads. We compare with meta-learning.",
        ),
    )
    assert verdict.keep
    taste = Taste(mute_institutions=("Meta",))
    muted = with_institutions(verdict, ["Meta AI"], taste, topic.threshold)
    assert not muted.keep
    assert (
        with_institutions(muted, ["Meta AI"], taste, topic.threshold) == muted
    )
