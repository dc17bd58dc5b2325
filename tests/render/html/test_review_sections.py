"""A review on its page: the items that are shown are numbered, and nothing stands twice in one."""

from __future__ import annotations

from pipeline.paper import Claim
from pipeline.render.html.review_sections import (
    find_statement,
    review_sections,
)
from tests.samples import review

CODE = Claim(
    "Code and models are available.", "Code and models", 1, aspect="code"
)
MODELS = Claim(CODE.text, CODE.quote, 1, aspect="weights")


def test_the_items_that_are_shown_are_numbered_without_gaps():
    sections = review_sections(review(past=(), significance=()))
    assert [one.number for one in sections if one.number] == [
        str(at) for at in range(1, len(sections) - 1)
    ]
    assert [one.key for one in sections if not one.number] == [
        "summary",
        "takeaways",
    ]


def test_a_sentence_on_code_and_models_stands_once():
    found = review(availability=(CODE, MODELS))
    (told,) = [
        one for one in review_sections(found) if one.key == "availability"
    ]
    assert [one.text for one in told.statements] == [CODE.text]
    assert told.statements[0].lead("en") == "code, weights"
    assert told.statements[0].lead("zh") == "代码, 权重"
    assert find_statement(found, told.statements[0].key) == told.statements[0]
