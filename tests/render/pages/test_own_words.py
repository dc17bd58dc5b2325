"""The program's own lines are told from what a model wrote."""

import pytest

from pipeline.render.pages.own_words import is_own_line, without_own_words
from pipeline.render.sites.registry import FACES, render_post
from pipeline.summarize.leakage.lint import find_leftovers
from tests.render import sample_posts


@pytest.mark.parametrize("face", ["hexo", "vuepress", "markdown"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_post_of_a_model_has_nothing_to_complain_of(face, language):
    made = render_post(FACES[face], sample_posts.post(language=language))
    for text in made.files.values():
        post = text if isinstance(text, str) else text.decode()
        assert find_leftovers(post, without_own_words) == []


@pytest.mark.parametrize(
    "line",
    [
        "核实：作为一个语言模型，我无法核实这些陈述。",
        "Sure, here is the summary of the paper you asked for:",
        "As an AI language model, I cannot access the PDF.",
        "[PDF](https://example.org/x) Let me know if you need more.",
    ],
)
def test_a_leftover_is_no_line_of_ours(line):
    assert not is_own_line(line)
    assert find_leftovers(line, without_own_words)


def test_a_long_line_is_looked_at_in_a_moment():
    assert not is_own_line("核实：" * 400 + "x" * 400)


DETAILS = (
    '<details class="paper-quote"><summary>p3</summary> <q>{}</q> <a'
    ' href="https://arxiv.org/pdf/1v1#page=3">PDF p3</a></details>'
)
LINK = '<sup><a href="https://arxiv.org/pdf/1v1#page=3" title="{}">p3</a></sup>'


@pytest.mark.parametrize("quote", [DETAILS, LINK])
def test_each_statement_of_a_line_is_given_without_label_and_quote(quote):
    line = (
        f"    - (1) **研究背景**：灯在海上少见。{quote.format('Lamps are rare')}"
        f"盐会腐蚀灯。{quote.format('Salt eats lamps')} ◌"
    )
    assert without_own_words(line) == ("灯在海上少见。", "盐会腐蚀灯。")


@pytest.mark.parametrize("quote", [DETAILS, LINK])
def test_nothing_of_a_statement_is_taken_for_a_label(quote):
    text = "3D lamps are similar to those of high-quality boats: none rusts."
    line = f"9. **Limits**: {text}{quote.format('Lamps are rare')}"
    assert without_own_words(line) == (text,)


@pytest.mark.parametrize("quote", [DETAILS, LINK])
def test_what_is_not_stated_behind_a_quote_is_ours(quote):
    text = "The lamps are at our page."
    line = (
        f"10. **Availability**: code: {text}{quote.format('Lamps are rare')};"
        " data, compute: not stated"
    )
    assert without_own_words(line) == (text,)


def test_words_of_the_paper_beside_a_quote_are_no_leftover():
    said = DETAILS.format("Boats are rare in all harbours of the north.")
    line = f"1. For a longer discussion of lamps, please refer to Appendix K.{said}"
    assert find_leftovers(line, without_own_words) == []
    talk = f"1. 如果您还有其他问题，欢迎继续提问。{said}"
    assert find_leftovers(talk, without_own_words)


@pytest.mark.parametrize("quote", [DETAILS, LINK])
def test_a_statement_that_is_its_quote_is_the_papers(quote):
    said = quote.format("I show you that lamps are rare in harbours of")
    line = f"1. I show you that lamps are rare in harbours of the north.{said}"
    assert without_own_words(line) == ()


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("**读还是跳过**（模型的看法）：值得读。", "值得读。"),
        ("**Read it or skip it** (the model's opinion): Skip.", " Skip."),
        ("4. **Keywords**：灯；海", "灯；海"),
    ],
)
def test_what_stands_under_a_label_of_ours_is_given_without_it(line, text):
    assert without_own_words(line) == (text,)


def test_our_words_may_begin_a_sentence():
    assert without_own_words("Not stated.") == ()


def test_any_other_line_is_given_whole():
    line = "- (1) 方法：好的，以下是总结。"
    assert without_own_words(line) == (line,)


@pytest.mark.parametrize(
    "gap",
    [
        "（有 1 条未通过核对，已删去）",
        " (2 statements failed the checks and are not shown)",
    ],
)
def test_what_tells_of_a_gap_is_ours(gap):
    text = "The lamps are at our page."
    line = f"    - (1) **Method**:{gap}{text}{DETAILS.format('Lamps are rare')}"
    assert without_own_words(line) == (text,)
    assert without_own_words(f"{line}{gap}") == (text,)
    assert without_own_words(f"    - {gap}") == ()
