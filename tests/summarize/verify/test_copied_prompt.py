"""What the prompt says is no statement about a paper."""

from dataclasses import replace

import pytest

from pipeline.resources import PROMPTS
from pipeline.summarize.review.draft import Draft, DraftStatement
from pipeline.summarize.review.prompts import load_prompts
from pipeline.summarize.verify.checks import check
from pipeline.summarize.verify.copied_prompt import copied_sentence
from pipeline.summarize.verify.evidence import gather_evidence
from tests.summarize.papers import DOCUMENT, ENCODER, PAPER

EVIDENCE = gather_evidence(PAPER, DOCUMENT)


def told(language):
    return load_prompts(PROMPTS, language).told


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "先选定 quote，再据它写 text。"),
        ("zh", "值得读。人名、机构、方法、数据集只写论文中出现的。"),
        ("en", "Choose the quote first, then write the text from it: say only"),
        ("en", "Worth it. Rather few statements than filler."),
    ],
)
def test_a_sentence_of_the_prompt_is_found_in_any_text(language, text):
    assert copied_sentence(text, told(language), EVIDENCE)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "值得读：离散编码的做法新，且有用户研究。"),
        ("zh", "研究背景与动机"),
        ("en", "Worth reading for the central idea and why it works at night."),
    ],
)
def test_words_that_the_prompt_has_too_are_no_copy(language, text):
    assert not copied_sentence(text, told(language), EVIDENCE)


def test_a_paper_on_prompts_may_say_the_same():
    sentence = "Rather few statements than filler."
    own = gather_evidence(replace(PAPER, abstract=sentence), DOCUMENT)
    assert not copied_sentence(sentence, told("en"), own)


@pytest.mark.parametrize("field", ["cue", "methods"])
def test_a_copied_sentence_is_a_leftover(field):
    text = "Choose the quote first, then write the text from it."
    value = (
        text
        if field == "cue"
        else (DraftStatement(text=text, quote=ENCODER[:100]),)
    )
    draft = Draft().model_copy(update={field: value})
    found = check(draft, EVIDENCE, "en", (field,), told("en"))
    assert "leftover" in {one.check for one in found}
