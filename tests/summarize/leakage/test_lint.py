"""Which lines of a Markdown file must not be published."""

from pipeline.summarize.leakage.lint import find_leftovers

POST = """---
title: Talking Head
---

> ⚠️ 以下总结由语言模型撰写
>
> 🔴 请注意：千万不要用于严肃的学术场景

# 2026-11-20 更新

## A Paper

它有效。
{line}
"""
LEAK = "> 请注意：由于未提供论文全文，无法完成总结。"


def test_the_notice_of_a_post_is_no_leftover():
    assert find_leftovers(POST.format(line="")) == []


def test_the_same_words_below_the_first_heading_are():
    assert [
        finding.line for finding in find_leftovers(POST.format(line=LEAK))
    ] == [14]


def test_so_are_they_in_a_file_that_is_no_post():
    assert [
        finding.line for finding in find_leftovers(f"{LEAK}\n\n# Heading\n")
    ] == [1]


def test_front_matter_is_looked_through_too():
    assert [
        finding.line
        for finding in find_leftovers(
            f"---\ndescription: {LEAK[2:]}\n---\n\n# Heading\n"
        )
    ] == [2]


def test_the_keys_of_front_matter_are_a_sites_and_its_values_are_looked_at():
    assert (
        find_leftovers(
            "---\ntitle: NeRF\ncategories: Paper\n---\n\n> Note\n\n# Day\n"
        )
        == []
    )
    found = find_leftovers(
        '---\ndescription: "希望以上回答能满足您的要求！"\n---\n\n# Day\n'
    )
    assert [one.line for one in found] == [2]


def test_front_matter_may_stand_behind_blank_lines_and_hold_lists():
    text = '\n---\ntitle: "Heads"\nauthor: Kim\ntags: ["Vision-Language Navigation", "Avatars"]\ncategories: Paper\n---\n'
    assert find_leftovers(text) == []
