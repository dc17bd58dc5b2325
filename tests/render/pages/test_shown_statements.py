"""What was left out of a list is told at its place, and what is said twice is said once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.paper import Account, Claim, Entry, TableLag
from pipeline.render.pages.shown_statements import omissions
from pipeline.render.pages.single import no_verdict, review_text
from tests.samples import document, paper, review

STEPS = tuple(Claim(f"Step {name}.", "", 3) for name in "abc")


def left_out(*paths: str, **changes: object):
    account = Account("rules", 14, len(paths), omitted=paths)
    return review(account=account, methods=STEPS, **changes)


def text_of(found, language="zh"):
    entry = Entry(paper(), no_verdict, document(), found)
    return review_text(entry, language)


def test_each_gap_is_counted_before_what_follows_it():
    found = left_out("methods.0", "methods.2", "methods.3", "methods.6")
    assert omissions(found, "methods") == {0: 1, 1: 2, 3: 1}
    assert omissions(found, "results") == {}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", "（有 1 条未通过核对，已删去）"),
        ("en", "(1 statement failed the checks and is not shown)"),
    ],
)
def test_a_step_that_was_left_out_is_told_between_the_others(language, told):
    shown = text_of(left_out("methods.1"), language)
    lines = [line.strip() for line in shown.splitlines()]
    first = next(at for at, line in enumerate(lines) if "Step a" in line)
    assert told in lines[first + 1]
    assert lines[first + 2].startswith("- (2) Step b")


def test_a_statement_left_out_of_a_paragraph_is_told_in_it():
    found = left_out("past.1", past=(Claim("早先的方法慢。"), Claim("也贵。")))
    assert "早先的方法慢。（有 1 条未通过核对，已删去）也贵。" in text_of(found)


def test_what_was_left_out_is_not_called_unstated():
    found = left_out("limits.0", "limits.1", "availability.0")
    shown = text_of(found)
    assert "**局限**：（有 2 条未通过核对，已删去）" in shown
    assert "**可用性**：（有 1 条未通过核对，已删去）" in shown
    assert "未说明" not in shown


def test_without_gaps_nothing_is_told():
    found = replace(left_out("takeaways.1"), methods=STEPS)
    assert "（有" not in text_of(found)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_opinion_shows_the_pages_of_its_facts(language):
    shown = text_of(review(cue="It is new.", cue_pages=(3, 8)), language)
    (line,) = (one for one in shown.splitlines() if "It is new." in one)
    for page in (3, 8):
        assert f'v1#page={page}">p{page}</a></sup>' in line


LAG = TableLag("2", 7, "INSTA LPIPS", "0.075", "0.071", "OtherNet")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", "表 2 中未居首：INSTA LPIPS 0.075（OtherNet 0.071）。"),
        ("en", "Not the best of table 2: INSTA LPIPS 0.075 (OtherNet 0.071)."),
    ],
)
def test_where_the_method_is_not_the_best_is_told_with_its_page(language, told):
    shown = text_of(review(lags=(LAG,)), language)
    (line,) = (one for one in shown.splitlines() if told in one)
    assert line.strip().startswith("- (3) **")
    assert 'v1#page=7">p7</a></sup>' in line


def test_it_is_told_where_the_item_holds_nothing_else():
    found = review(lags=(LAG,), results=())
    (line,) = (one for one in text_of(found).splitlines() if "未居首" in one)
    assert "无" not in line


def test_of_many_columns_four_are_told():
    many = tuple(replace(LAG, column=f"C{at}") for at in range(6))
    shown = text_of(review(lags=many))
    assert "C3 0.075" in shown
    assert "C4 0.075" not in shown
    assert "另有 2 列" in shown


def test_what_a_statement_tells_is_not_told_again():
    said = Claim("LPIPS 为 0.075，不如 OtherNet 的 0.071。", "", 7)
    assert "未居首" not in text_of(review(lags=(LAG,), results=(said,)))
