"""Hostile text shows the same words wherever it is printed, and does nothing else."""

from __future__ import annotations

import html as stdlib_html
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.clean import clean_line
from pipeline.render.markup import escape
from pipeline.render.markup.formulas import pieces
from pipeline.render.sites.registry import FACES
from tests.render.reading import seen, tags, visible
from tests.render.sample_posts import HOSTILE

MARKUP = st.sampled_from(
    list("\\*_`[](){}<>#+-=.!|~^$&@:;'\"/%\n 01ab\u4e2d\u3002\u200b\u202e\x00")
)
TEXTS = st.one_of(
    st.text(max_size=60), st.text(MARKUP, max_size=40), st.sampled_from(HOSTILE)
)
PLACES = {
    "a paragraph": ("{}", {"p"}),
    "a heading": ("## {}", {"h2"}),
    "a list": ("- {}", {"ul", "li"}),
    "a quote": ("> {}", {"blockquote", "p"}),
    "bold text": ("x **{}** y", {"p", "strong"}),
    "a link": ("[{}](#x)", {"p", "a"}),
    "a table": (
        "| a | b |\n| --- | --- |\n| {} | z |",
        {"table", "thead", "tbody", "tr", "th", "td"},
    ),
}


def expected(text: str, *, tex: object = None) -> str:
    """The words a reader should see: cleaned, formulas in the delimiters of the face."""
    delimiters = {"inline": "$", "display": "$$"}
    made = (
        piece.text
        if piece.kind in ("words", "stray")
        else delimiters[piece.kind] + piece.text + delimiters[piece.kind]
        for piece in pieces(clean_line(text))
    )
    return " ".join("".join(made).split())


@pytest.mark.parametrize("place", PLACES)
@given(text=TEXTS)
def test_text_in_a_hexo_post_reads_as_it_was_written(
    place: str, text: str
) -> None:
    pattern, around = PLACES[place]
    markdown = pattern.replace("{}", FACES["hexo"].text(text))
    beside = {"a table": ("ab", "z"), "bold text": ("x", "y")}.get(
        place, ("", "")
    )
    shown = "".join(visible(markdown).split())
    if text.strip() and expected(text):
        assert shown == "".join([beside[0], *expected(text).split(), beside[1]])
        assert tags(markdown) <= around | {"span"}


@pytest.mark.parametrize("face", FACES)
@given(text=TEXTS)
def test_text_makes_no_element_but_our_own_in_any_face(
    face: str, text: str
) -> None:
    assert tags("x " + FACES[face].text(text)) <= {"p", "span", "code"}
    assert tags("## x " + FACES[face].heading(text)) <= {
        "h2",
        "span",
        "code",
        "a",
    }


@given(text=TEXTS)
def test_no_template_engine_finds_a_tag_of_its_own(text: str) -> None:
    for engine in ("{{", "{%", "{#"):
        assert engine not in FACES["hexo"].text(text)
        assert engine not in escape.html(text)
        assert engine not in escape.attribute(text)


@given(text=TEXTS)
def test_vue_finds_no_interpolation_in_what_markdown_makes_of_a_page(
    text: str,
) -> None:
    from markdown_it import MarkdownIt

    assert "{{" not in MarkdownIt("commonmark").render(
        "x " + FACES["vuepress"].text(text)
    )


@given(text=st.text(max_size=80))
def test_html_and_attributes_read_back_as_the_cleaned_text(text: str) -> None:
    assert stdlib_html.unescape(escape.html(text)) == clean_line(text)
    made = seen(f'<p title="{escape.attribute(text)}">x</p>').tags
    assert made == [("p", {"title": clean_line(text)})]


@given(text=st.text(max_size=80))
def test_cleaned_text_is_one_line_of_visible_characters(text: str) -> None:
    shown = clean_line(text)
    assert shown == clean_line(shown)
    assert not re.search(
        r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]",
        shown,
    )
    shown.encode()


@given(text=st.text(st.characters(categories=["L", "N", "P"]), max_size=60))
def test_letters_digits_and_punctuation_survive_cleaning(text: str) -> None:
    fillers = "\u115f\u1160\u3164\uffa0"
    kept = unicodedata.normalize("NFC", text)
    assert clean_line(text) == "".join(
        character for character in kept if character not in fillers
    )


@pytest.mark.parametrize(
    "text",
    [
        "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    ],
)
def test_joiners_stay_where_a_script_or_an_emoji_needs_them(text: str) -> None:
    assert clean_line(text) == text


def test_a_joiner_between_latin_letters_goes() -> None:
    assert clean_line("pay\u200cpal") == "paypal"


@given(
    st.one_of(
        st.text(max_size=60),
        TEXTS.map("https://x.example/".__add__),
        TEXTS.map("javascript:".__add__),
    )
)
def test_a_link_is_http_or_nothing_and_stays_inside_its_place(
    address: str,
) -> None:
    made = escape.url(address)
    assert not made or re.match(r"(?i)https?://", made)
    assert not re.search(r"[\s\"'<>()\\{}`|*_\[\]]", made.replace("_", ""))
    if made:
        assert [tag for tag, _ in seen(f"[x]({made})").tags] == ["p", "a"]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        " data:text/html,x",
        "//x.example",
        "https:/x",
        "vbscript:x",
        "http://[",
        "",
    ],
)
def test_other_schemes_give_no_link(address: str) -> None:
    assert escape.url(address) == ""


def test_a_link_keeps_its_query_and_its_escapes() -> None:
    assert (
        escape.url("https://x.example/a%20b?c=d&e=f(g)#page=3")
        == "https://x.example/a%20b?c=d&amp;e=f%28g%29#page=3"
    )


def test_ordinary_prose_stays_readable_in_the_source() -> None:
    prose = "State-of-the-art results (12.4% better): three cases, A/B and C; 31 fps."
    assert FACES["hexo"].text(prose) == prose


ADDRESSES = [
    "https://github.com/some-one/a_b_c",
    "http://www.x.example.org/~user/page.html?a=b&c=d%20e#part-2",
    "https://x.example:8080/",
    "www.example.com",
    "github.com/some_one/code",
]


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "pattern",
    [
        "Code: {}.",
        "(see {}), and more",
        "代码公开于 {}。",
        "见（{}）",
        "见{}和{}",
    ],
)
def test_an_address_in_text_stays_as_it_is(face, address, pattern):
    shown = FACES[face].text(pattern.replace("{}", address))
    assert address in shown
    assert "\\:" not in shown
    assert "\\." not in shown
    assert tags(shown) <= {"p"}


@given(tail=TEXTS)
def test_what_stands_beside_an_address_reads_as_it_was_written(
    tail: str,
) -> None:
    text = f"x https://x.example/a_b{tail}"
    shown = "".join(visible(FACES["hexo"].text(text)).split())
    assert shown == "".join(expected(text).split())
    assert tags(FACES["hexo"].text(text)) <= {"p", "span"}


def test_a_time_stays_readable_in_the_source() -> None:
    assert FACES["hexo"].text("in 0:25 and 1:30:00 h") == (
        "in 0:25 and 1\\:30:00 h"
    )
