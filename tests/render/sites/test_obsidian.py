"""Notes of an Obsidian vault: properties, figures, links both ways."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import yaml

from pipeline.paper import Topic
from pipeline.render.sites.base import Rendered
from pipeline.render.sites.registry import FACES, render_post
from tests.render.reading import seen, visible
from tests.render.sample_posts import (
    DAY,
    entry,
    full,
    hostile_entries,
    paper,
    post,
    usual,
)

NOTE = PurePosixPath("arXiv/papers/2611.04217.md")
TOPIC = PurePosixPath("arXiv/topics/Talking-Head/2026-11-20 Talking-Head.md")


def text(rendered: Rendered, path: PurePosixPath) -> str:
    content = rendered.files[path]
    assert isinstance(content, bytes)
    return content.decode()


def properties(note: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(note.split("---\n")[1])
    return found


def test_each_paper_is_a_note_with_properties() -> None:
    rendered = render_post(FACES["obsidian"], full())
    assert len(rendered.files) == 5
    held = properties(text(rendered, NOTE))
    assert held["authors"] == ["Nora Invented", "Otto Madeup", "Pia Sample"]
    assert held["arxiv"] == "2611.04217v1"
    assert held["score"] == 0.93
    assert held["venue"] == "CVPR 2027 (Highlight)"
    assert held["tags"] == ["arxiv", "arxiv/Talking-Head"]
    assert held["date"] == DAY


def test_papers_and_topics_link_to_one_another() -> None:
    rendered = render_post(FACES["obsidian"], full())
    assert "](../../papers/2611.04217.md)" in text(rendered, TOPIC)
    assert "](../topics/Talking-Head/2026-11-20%20Talking-Head.md)" in text(
        rendered, NOTE
    )


def test_figures_lie_where_the_note_looks_for_them() -> None:
    rendered = render_post(FACES["obsidian"], post(entry()))
    shown = [
        str(held["src"])
        for tag, held in seen(text(rendered, NOTE)).tags
        if tag == "img"
    ]
    assert len(shown) == 4
    for source in shown:
        assert (
            PurePosixPath("arXiv", source.removeprefix("../"))
            in rendered.pictures
        )


def test_a_paper_that_another_topic_shows_is_written_once_and_linked_twice() -> (
    None
):
    again = replace(entry(), see="NeRF", see_file="NeRF")
    second = render_post(FACES["obsidian"], post(again))
    assert list(second.files) == [TOPIC]
    assert "](../../papers/2611.04217.md)" in text(second, TOPIC)
    before = post(*usual(), shown_before=frozenset({"2611.04217"}))
    assert NOTE not in render_post(FACES["obsidian"], before).files


def test_hostile_papers_stay_text_and_their_properties_one_value() -> None:
    rendered = render_post(
        FACES["obsidian"], post(*hostile_entries(60), topic=Topic("a/b [c] #d"))
    )
    for path in rendered.files:
        note = text(rendered, path)
        assert ".." not in path.parts
        body = note.split("---\n", 2)[2]
        assert not {tag for tag, _ in seen(body).tags} & {
            "script",
            "iframe",
            "svg",
        }
        assert "%%" not in body
        assert properties(note)["tags"][0] == "arxiv"


def test_two_percent_signs_begin_no_comment() -> None:
    rendered = render_post(
        FACES["obsidian"], post(entry(paper(title="From 5%% to 9%%")))
    )
    assert "From 5%% to 9%%" in visible(
        text(rendered, NOTE).split("---\n", 2)[2]
    )
