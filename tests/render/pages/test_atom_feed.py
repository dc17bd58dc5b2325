"""Feeds are valid Atom, hold the whole review, and keep their ids."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from lxml import etree

from pipeline.render.pages.atom_feed import LIMIT, FeedSource, atom
from tests.render.papers import HOSTILE, ITEMS, entry, paper, post

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = FeedSource(
    "Papers",
    url="https://blog.example.org/",
    feed_url="https://blog.example.org/atom.xml",
)
# RFC 3339, section 5.6, as RFC 4287, section 3.3 takes it.
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
VOID = {"img", "br", "hr"}


def texts(element, name):
    return [child.text or "" for child in element.findall(ATOM + name)]


def faults(data):
    """What breaks a rule of RFC 4287; the section in brackets."""
    feed = etree.fromstring(data)
    entries = feed.findall(ATOM + "entry")
    found = [] if feed.tag == ATOM + "feed" else ["[4.1.1] root"]
    for element in (feed, *entries):
        found += [*required(element), *links(element), *people(element)]
        dates = texts(element, "updated") + texts(element, "published")
        found += [f"[3.3] {when}" for when in dates if not DATE.fullmatch(when)]
        found += [
            "[4.2.2.1] term"
            for c in element.findall(ATOM + "category")
            if not c.get("term")
        ]
    for element in entries:
        authors = element.findall(ATOM + "author") + feed.findall(
            ATOM + "author"
        )
        single = (
            max(
                len(element.findall(ATOM + name))
                for name in ("content", "summary", "published")
            )
            == 1
        )
        found += (
            [] if authors and single else ["[4.1.2] author, content, summary"]
        )
    ids = [found for element in entries for found in texts(element, "id")]
    found += ["[4.1.1] the same id twice"] if len(set(ids)) < len(ids) else []
    kinds = {
        child.get("type", "text")
        for child in feed.iter(
            ATOM + "content", ATOM + "title", ATOM + "summary"
        )
    }
    return (
        found
        + [f"[3.1.1] type {kind}" for kind in kinds - {"text", "html"}]
        + controls(feed)
    )


def required(element):
    once = {name: texts(element, name) for name in ("id", "title", "updated")}
    missing = [
        f"[4.1] one {name}"
        for name, found in once.items()
        if len(found) != 1 or not found[0].strip()
    ]
    return missing + [
        f"[4.2.6] {name}" for name in once["id"] if not urlsplit(name).scheme
    ]


def people(element):
    authors = element.findall(ATOM + "author")
    return [
        "[3.2.1] author's name"
        for author in authors
        if not any(texts(author, "name"))
    ]


def links(element):
    found, alternates = [], []
    for link in element.findall(ATOM + "link"):
        parts = urlsplit(link.get("href", ""))
        if parts.scheme not in ("http", "https") or not parts.netloc:
            found.append(f"[4.2.7.1] {link.get('href')}")
        if link.get("rel", "alternate") == "alternate":
            alternates.append((link.get("type"), link.get("hreflang")))
    return found + (
        ["[4.1.1] alternates"] if len(set(alternates)) < len(alternates) else []
    )


def controls(feed):
    text = "".join(feed.itertext())
    return (
        ["control characters"]
        if re.search(
            "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ufffe]",
            text,
        )
        else []
    )


class Page(HTMLParser):
    """Collects the tags and text of a piece of HTML, and whether every tag is closed."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.open, self.attributes, self.text = set(), [], [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        self.open += [] if tag in VOID else [tag]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def contents(data):
    return [
        Page(element.text)
        for element in etree.fromstring(data).iter(ATOM + "content")
    ]


def test_a_feed_breaks_no_rule():
    assert (
        faults(
            atom([post(), post(topic="Other", day=date(2026, 11, 19))], SITE)
        )
        == []
    )


def test_a_feed_without_posts_or_addresses_breaks_no_rule():
    assert faults(atom([], FeedSource("Papers"))) == []
    assert faults(atom([post()], FeedSource(""))) == []


@pytest.mark.parametrize(
    ("language", "heading"),
    [("zh", "研究背景"), ("en", "Background"), ("xx", "Background")],
)
def test_headings_are_in_the_language_of_the_posts(language, heading):
    (page,) = contents(atom([post()], replace(SITE, language=language)))
    assert heading in page.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text):
    hostile = paper(
        title=text,
        authors=(text, ""),
        abstract=text,
        comment=text,
        categories=(text, "cs.CV"),
    )
    one = entry(
        hostile,
        text,
        warnings=(text,),
        code_urls=(f"javascript:alert('{text}')",),
        project_urls=(f"https://a.org/{text}",),
    )
    data = atom(
        [post(one, topic=text)],
        replace(SITE, title=text, picture=lambda *_: text),
    )
    assert faults(data) == []
    (page,) = contents(data)
    assert page.open == []
    assert page.tags <= {
        "p",
        "a",
        "sup",
        "strong",
        "em",
        "ol",
        "ul",
        "li",
        "img",
    }
    assert {name for name, _ in page.attributes} <= {
        "href",
        "title",
        "alt",
        "src",
    }
    assert all(
        urlsplit(value).scheme == "https"
        for name, value in page.attributes
        if name in ("href", "src")
    )


def test_what_is_shown_is_what_was_written():
    (page,) = contents(atom([post(entry(text="a < b & {{c}} $x_1$"))], SITE))
    assert page.text.count("a < b & {{c}} $x_1$") == len(ITEMS)


def test_an_entry_holds_the_whole_review_its_picture_and_its_pages():
    picture = "https://blog.example.org/images/f.png"
    accepted = post(
        entry(
            paper(comment="Accepted by CVPR 2027. Code: https://github.com/a/b")
        )
    )
    data = atom([accepted], replace(SITE, picture=lambda *_: picture))
    (page,) = contents(data)
    assert ("src", picture) in page.attributes
    assert ("href", "https://github.com/a/b") in page.attributes
    assert (
        "href",
        "https://arxiv.org/pdf/2611.00001v1#page=3",
    ) in page.attributes
    assert ("title", "They talk well.") in page.attributes
    for words in (
        "CVPR 2027",
        "会说话的头",
        "某大学",
        "头；话",
        "We make heads talk.",
    ):
        assert words in page.text
    (item,) = etree.fromstring(data).findall(ATOM + "entry")
    assert texts(item, "summary") == ["一句话。"]
    assert [
        a.findtext(ATOM + "name") for a in item.findall(ATOM + "author")
    ] == [
        "Jan van der Berg",
        "Wei Zhang",
    ]
    assert (
        item.find(ATOM + "link").get("href")
        == "https://arxiv.org/abs/2611.00001v1"
    )


def test_a_paper_of_two_topics_is_one_entry_with_both():
    (item,) = etree.fromstring(
        atom([post(), post(topic="NeRF")], SITE)
    ).findall(ATOM + "entry")
    assert [c.get("term") for c in item.findall(ATOM + "category")] == [
        "Talking Head",
        "NeRF",
        "cs.CV",
        "cs.GR",
    ]


def test_a_topic_has_a_feed_of_its_own():
    posts = [post(), post(entry(paper("2611.00002", "Other")), topic="NeRF")]
    feed = etree.fromstring(atom(posts, SITE, "NeRF"))
    assert [
        e.findtext(ATOM + "title") for e in feed.findall(ATOM + "entry")
    ] == ["Other"]
    ids = {
        etree.fromstring(atom(posts, SITE, topic)).findtext(ATOM + "id")
        for topic in ("", "NeRF", "Talking Head")
    }
    assert len(ids) == 3


def test_ids_stay_when_a_new_version_is_posted_and_when_rendered_again():
    old, new = post(), post(entry(paper(version=2)), day=date(2026, 11, 21))
    assert atom([old], SITE) == atom([old], SITE)
    one, other = (
        etree.fromstring(atom([old], SITE)),
        etree.fromstring(atom([new, old], SITE)),
    )
    assert one.findtext(ATOM + "id") == other.findtext(ATOM + "id")
    assert [e.findtext(ATOM + "id") for e in other.findall(ATOM + "entry")] == [
        "https://arxiv.org/abs/2611.00001"
    ]
    assert other.findtext(ATOM + "updated") > one.findtext(ATOM + "updated")


def test_the_newest_come_first_and_the_oldest_fall_out():
    posts = [
        post(
            *(entry(paper(f"2611.{day:02d}{n:03d}")) for n in range(30)),
            day=date(2026, 11, day),
        )
        for day in range(1, 6)
    ]
    when = texts_of(atom(posts, SITE), "updated")
    assert len(when) == LIMIT
    assert when == sorted(when, reverse=True)


def texts_of(data, name):
    return [
        entry.findtext(ATOM + name)
        for entry in etree.fromstring(data).findall(ATOM + "entry")
    ]


@pytest.mark.parametrize("zone", [None, UTC, timezone(timedelta(hours=8))])
def test_times_carry_a_zone(zone):
    data = atom(
        [post(written=datetime(2026, 11, 20, 6, 30, 1, 5, tzinfo=zone))], SITE
    )
    assert faults(data) == []
    assert texts_of(data, "updated")[0].startswith("2026-11-20T06:30:01")


def test_an_independent_reader_finds_nothing_wrong_and_every_part() -> None:
    """feedparser marks what is not well formed or not of its declared encoding."""
    feedparser = pytest.importorskip("feedparser")
    source = FeedSource(
        "Papers",
        url="https://me.example.org/",
        feed_url="https://me.example.org/feed.xml",
        picture=lambda _paper, figure: f"https://me.example.org/{figure.file}",
        page=lambda one: f"https://me.example.org/papers/{one.id}.html",
    )
    hostile = [
        entry(paper(f"2611.{at:05d}", title=words))
        for at, words in enumerate(HOSTILE)
    ]
    found = feedparser.parse(atom([post(*hostile)], source))
    assert not found.bozo
    assert {(link["rel"], link["href"]) for link in found.feed.links} == {
        ("alternate", "https://me.example.org/"),
        ("self", "https://me.example.org/feed.xml"),
    }
    assert len(found.entries) == len(HOSTILE)
    for one in found.entries:
        assert one.link.startswith("https://me.example.org/papers/")
        assert one.summary
        assert "https://me.example.org/figure-2.png" in one.content[0].value
