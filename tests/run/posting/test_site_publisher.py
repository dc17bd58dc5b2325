"""The face `site`: pages that lead to one another from any folder, and only what changed is written."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest


class Links(HTMLParser):
    """Collects what a page leads to and shows."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.found += [
            held[name] for name in ("href", "src", "action") if held.get(name)
        ]
        if held.get("name") == "search-piece":
            self.found.append(held["content"])


def links_of(page: Path) -> list[str]:
    reader = Links()
    reader.feed(page.read_text("utf-8"))
    return [link for link in reader.found if not link.startswith("#")]


@pytest.fixture
def site(place):
    place.keys["output.faces"] = ["site"]
    place.arxiv.add(1, 2)
    assert place.run()[0] == 0
    return place.out / "site"


def test_every_page_leads_only_to_files_of_the_site_or_to_the_web(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) == 6  # first page, archive, trends, a night, two papers
    for page in pages:
        for link in links_of(page):
            if urlsplit(link).scheme == "https":
                continue
            assert not link.startswith("/"), link
            target = page.parent / unquote(urlsplit(link).path)
            assert target.resolve().is_file(), (page.name, link)


def test_no_page_has_a_script_or_style_inside_or_from_elsewhere(site):
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        assert not re.search(
            r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", text
        )
        for source in re.findall(r'src="([^"]+)"', text):
            assert source.startswith(".")


def test_the_method_figure_is_small_and_the_first_page_light(site):
    figures = list(site.rglob("*.webp"))
    assert len(figures) == 2
    assert all(figure.stat().st_size <= 30_000 for figure in figures)
    weight = (site / "index.html").stat().st_size
    weight += (site / "static" / "site.css").stat().st_size
    assert weight + sum(figure.stat().st_size for figure in figures) <= 300_000


def test_a_second_run_writes_nothing_and_a_new_night_only_what_it_changes(
    place, site
):
    def times() -> dict[str, int]:
        return {
            str(path.relative_to(site)): path.stat().st_mtime_ns
            for path in site.rglob("*")
            if path.is_file()
        }

    before = times()
    place.run()
    assert times() == before
    place.nights(1)
    place.arxiv.add(3)
    assert place.run()[0] == 0
    after = times()
    changed = {name for name, time in after.items() if before.get(name) != time}
    old = [
        name
        for name in changed
        if name in before and name.startswith(("papers/", "nights/"))
    ]
    assert old == []
    assert "index.html" in changed


def test_a_night_whose_page_is_missing_is_made_again(place, site):
    (night,) = (site / "nights").iterdir()
    night.unlink()
    place.nights(1)
    place.arxiv.add(3)
    place.run()
    assert night.is_file()


def test_the_feed_and_the_sitemap_name_the_site_where_its_address_is_known(
    place,
):
    place.keys["output.faces"] = ["site"]
    place.keys["site.url"] = "https://me.example.org/papers/"
    place.arxiv.add(1)
    place.run()
    feed = (place.out / "site" / "feed.xml").read_text("utf-8")
    assert 'href="https://me.example.org/papers/feed.xml" rel="self"' in feed
    assert "https://me.example.org/papers/figures/" in feed
    sitemap = (place.out / "site" / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://me.example.org/papers/index.html</loc>" in sitemap
    for place_of in re.findall(
        r"<loc>https://me\.example\.org/papers/([^<]+)", sitemap
    ):
        assert (place.out / "site" / place_of).is_file()


def test_all_pictures_in_full_size_where_asked(place):
    place.keys["output.faces"] = ["site"]
    place.keys["site.pictures"] = "all"
    place.arxiv.add(1)
    place.run()
    site = place.out / "site"
    (page,) = (site / "papers").glob("*.html")
    shown = [link for link in links_of(page) if link.endswith(".png")]
    assert shown
    assert all((page.parent / link).is_file() for link in shown)
