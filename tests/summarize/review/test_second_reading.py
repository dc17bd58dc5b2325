"""Statements go to the second reader in few calls, and answers of any shape are read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.llm.tokens import estimate_tokens
from pipeline.summarize.review.second_reading import (
    SupportQuestion,
    answer_schema,
    question_batches,
    questions_text,
    read_answers,
    second_reading_rules,
)
from pipeline.summarize.verify.quotes.passage_text import ShownLine

QUESTIONS = [
    SupportQuestion(
        f"takeaways.{number}",
        f"Statement {number}.",
        (
            ShownLine(number // 2, -1, "4 Results"),
            ShownLine(number // 2, number, f"Sentence {number}."),
            ShownLine(number // 2, 9, f"Passage {number // 2}."),
        ),
    )
    for number in range(6)
]


def test_a_passage_of_several_statements_is_sent_once():
    text = questions_text(QUESTIONS)
    assert text.count("Passage 0.") == 1
    assert "s2 [P1]: Statement 1." in text
    assert "s3 [P2]: Statement 2." in text


def test_sentences_of_one_paragraph_are_one_passage_with_its_gaps():
    text = questions_text(QUESTIONS[:3], "A title")
    assert text.startswith("A title\n\n# 4 Results\n\nP1: Sentence 0.\n")
    assert "Sentence 1.\n…\nPassage 0." in text
    assert text.count("# 4 Results") == 1


def test_a_long_review_goes_in_two():
    long = [
        SupportQuestion(
            str(at), "One thing.", (ShownLine(at, 0, "word " * 900 + str(at)),)
        )
        for at in range(6)
    ]
    groups = list(question_batches(long))
    assert [one for group in groups for one in group] == long
    assert len(groups) > 1
    assert all(
        estimate_tokens(questions_text(group))
        < 1.2 * second_reading_rules.call_tokens
        for group in groups
    )


def test_supported_is_the_first_answer_of_the_schema():
    form = answer_schema(3)
    assert form["required"] == ["s1", "s2", "s3"]
    assert form["$defs"]["Support"]["enum"][0] == "supported"


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=12),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.text(max_size=3), inner)
        ),
    )
)
def test_no_reply_is_too_strange_to_be_read(reply):
    assert set(read_answers(reply, QUESTIONS).values()) <= {
        "supported",
        "contradicted",
        "not said",
    }


def test_an_unknown_word_is_no_answer():
    told = read_answers(
        {"s1": "supported", "s2": "maybe", "s9": "supported"}, QUESTIONS
    )
    assert told == {"takeaways.0": "supported"}
