"""Pages of a site keep hostile text text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import PurePosixPath

import pytest

from pipeline.paper import slug_of
from pipeline.render.html.cards import card_of
from pipeline.render.static_site.site_links import FileLinks
from pipeline.render.static_site.site_pages import SiteRenderer, sitemap
from pipeline.render.static_site.site_search import search_piece, week_of
from tests.render.reading import seen
from tests.render.sample_posts import DAY, entry, hostile_entries, paper


def records(piece: bytes) -> list[dict[str, str]]:
    text = piece.decode()
    start = text.index(",") + 1
    found: list[dict[str, str]] = json.loads(text[start : text.rindex(")")])
    return found


def test_hostile_papers_add_no_element_and_no_address() -> None:
    cards = [card_of(one, DAY, "zh") for one in hostile_entries(60)]
    (page,) = SiteRenderer("zh").night(DAY, cards).values()
    assert isinstance(page, str)
    for tag, held in seen(page.replace("\n", "")).tags:
        assert tag not in ("script", "iframe", "svg", "base", "object", "style")
        for name in ("href", "src"):
            assert (
                not str(held.get(name) or "")
                .lower()
                .startswith(("javascript", "data"))
            )


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "a\u2028b", '"\\']
)
def test_a_piece_of_the_index_is_one_call_whatever_titles_hold(
    text: str,
) -> None:
    one = entry(paper(title=f"Title {text}"))
    piece = search_piece("2026-W47", [(card_of(one, DAY, "zh"), one)])
    assert b"</" not in piece
    assert piece.decode().count("\n") == 1
    (record,) = records(piece)
    assert record["title"].startswith("Title")


def test_what_is_searched_is_folded_and_holds_title_summary_and_takeaways() -> (
    None
):
    one = entry(paper(title="Café Heads"))
    (record,) = records(search_piece("w", [(card_of(one, DAY, "zh"), one)]))
    assert "cafe heads" in record["head"]
    assert "唇形同步距离下降" in record["head"]
    assert "牙齿仍会闪烁" in record["text"]


def test_links_are_relative_and_old_ids_have_no_folder_of_their_own() -> None:
    links = FileLinks(PurePosixPath("papers/x.html"))
    assert links.paper("cs/0112017") == "./cs-0112017.html"
    assert links.page("tonight") == "../index.html"
    assert links.figure("cs/0112017", 2, "../../etc/figure-1.png") == (
        "../figures/cs-0112017-v2/figure-1.webp"
    )
    assert slug_of("cs/0112017") == "cs-0112017"


def test_weeks_and_a_sitemap_without_an_address() -> None:
    assert week_of(date(2026, 12, 31)) == "2026-W53"
    assert sitemap("", [DAY], ["2611.1"]) == {}
    assert sitemap("javascript:x", [DAY], []) == {}
