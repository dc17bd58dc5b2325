"""Quotes are found with their page in spite of slips, and only where the paper says so in one
piece.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.paper import Paragraph, Section
from pipeline.summarize.verify.evidence import gather_evidence
from pipeline.summarize.verify.quotes.folding import folded_letters
from pipeline.summarize.verify.short_forms import initials
from tests.summarize.papers import DOCUMENT, ENCODER, PAPER, RESULTS, saying

EVIDENCE = gather_evidence(PAPER, DOCUMENT)


@pytest.mark.parametrize(
    ("quote", "page"),
    [
        ("The features are then pooled over 512×512 windows", 2),
        (
            "the features are then pooled over 512 x 512 windows".replace(
                " x ", "×"
            ),
            2,
        ),
        ("so that faint lamps are kept. We train with a learning rate", 2),
        (
            "“A limitation is that the network does not ﬁnd lamps behind fog.”",
            4,
        ),
        ("trained on night photo-\ngraphs alone", 1),
        ("The user study with 40 participants conﬁrms that the boxes", 3),
        ("existing methods rely on bright images and fail in the dark", 1),
        ("existing methods rely on brigth images and fail in the dark", 1),
        (
            "Our method outperforms DayDet by 12.5% in accuraccy and is 2.5× faster",
            3,
        ),
        ("Table 1. Accuracy on NightLamp.", 3),
    ],
)
def test_a_quote_is_found_on_its_page(quote, page):
    assert EVIDENCE.find(quote) == page


@pytest.mark.parametrize(
    "quote",
    [
        "Our teacup consistently outperforms every umbrella on the moonlight benchmark by a wide margin.",
        "The features are then pooled over lamps behind fog so that boxes are better",
        "We encode each photograph so that faint lamps are kept",
        "Our method outperforms DayDet by 13.5% in accuracy and is 2.5× faster",
        "A limitation is that the network does find lamps behind fog",
        "that the network does find not lamps behind fog",
        "We have not shown that lamps can be found without any daylight image",
        "",
        "!!! ???",
    ],
)
def test_what_the_paper_does_not_say_in_one_piece_is_not_found(quote):
    assert EVIDENCE.find(quote) is None


def test_a_citation_may_be_left_out_of_a_quote():
    evidence = gather_evidence(
        PAPER,
        saying(
            "The lamps of Other et al. [12, 13] are brighter than those of any boat in the harbour."
        ),
    )
    assert (
        evidence.find(
            "The lamps of Other et al. are brighter than those of any boat in the harbour"
        )
        is not None
    )


def test_a_quote_may_run_from_one_paragraph_into_the_next():
    assert (
        EVIDENCE.find(
            "a learning rate of 1e-4 for 70K steps. 2.2 Decoder We decode the pooled features"
        )
        is not None
    )


def test_what_only_the_record_says_has_no_page():
    evidence = gather_evidence(PAPER, saying("More."))
    assert evidence.find("Ada Example Bo Sample cs.CV") is None
    assert evidence.holds(folded_letters("Ada"))


def test_chinese_text_is_found_too():
    evidence = gather_evidence(
        PAPER,
        saying(
            "本文提出一种在夜间照片中寻找灯笼的网络，并在三个数据集上验证。",
            page=3,
        ),
    )
    assert (
        evidence.find("在夜间照片中寻找灯笼的网络，并在三个数据集上验证") == 3
    )


@pytest.mark.parametrize(
    "name", ["resnet50", "resnet", "daydet", "nightlamp", "lanternnet", "70k"]
)
def test_a_word_of_the_paper_is_held(name):
    assert EVIDENCE.holds(name)


@pytest.mark.parametrize("name", ["lamp5", "net", "ight", "gan", "daydets2"])
def test_a_piece_of_a_word_is_not_a_word(name):
    assert not EVIDENCE.holds(name)


@settings(deadline=None)  # the machine may be busy
@given(st.integers(0, len(ENCODER) - 1), st.integers(30, 150))
def test_any_piece_of_a_paragraph_is_found(start, size):
    piece = ENCODER[start : start + size]
    if len(folded_letters(piece)) > 20:
        assert EVIDENCE.find(piece) is not None


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=200))
def test_any_text_can_be_looked_up(text):
    assert EVIDENCE.find(text) in (None, 1, 2, 3, 4)


@settings(deadline=None)  # the machine may be busy
@given(st.text(alphabet="abcdefghij klmnop", min_size=40, max_size=120))
def test_made_up_words_are_not_found(text):
    assert EVIDENCE.find(f"zz{text}zz") is None


def test_folding_ignores_hyphens_accents_width_and_case():
    assert folded_letters("Café-\nNaïve ﬁne １２") == folded_letters(
        "cafe naive FINE 12"
    )
    assert folded_letters("Lemaˆıtre Øresund Łódź") == folded_letters(
        "Lemaître Oresund Lodz"
    )
    assert folded_letters(RESULTS) != RESULTS


def test_initials_are_those_of_runs_of_words_without_small_ones():
    found = initials(["local", "density", "of", "the", "states"])
    assert {"lds", "ld", "ldots"} <= found
    assert "ls" not in found


def test_a_quote_behind_a_page_break_has_the_page_behind_it():
    text = "The first half of it stands here at the end. The second half of it stands there at the top."
    turned = Paragraph(text, 3, (text.index("The second"), 4))
    found = gather_evidence(
        PAPER, replace(DOCUMENT, sections=(Section("Method", 1, 3, (turned,)),))
    )
    assert found.find("The first half of it stands here") == 3
    assert found.find("The second half of it stands there") == 4
