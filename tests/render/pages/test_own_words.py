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
