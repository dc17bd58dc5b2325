"""Made-up papers, reviews and posts, for tests."""

from datetime import UTC, date, datetime

from pipeline.paper import (
    Claim,
    Document,
    Entry,
    Figure,
    Paper,
    Post,
    Review,
    Topic,
    Verdict,
)
from pipeline.render.markup.filenames import portable

ITEMS = ["takeaways", "background", "past", "method", "performance", "methods"]
ITEMS += ["significance", "innovation", "results", "workload"]


def paper(
    number="2611.00001",
    title="Talking Heads from NeRF",
    authors=("Jan van der Berg", "Wei Zhang"),
    **values,
):
    facts = {
        "version": 1,
        "abstract": "We make heads talk. They talk well.",
        "categories": ("cs.CV", "cs.GR"),
        "published": datetime(2026, 11, 3, 18, 0, tzinfo=UTC),
        "updated": datetime(2026, 11, 4, 18, 0, tzinfo=UTC),
    }
    return Paper(
        id=number, title=title, authors=tuple(authors), **{**facts, **values}
    )


def review(text="好。", **values):
    claims = {
        name: (Claim(text, "They talk well.", 3), Claim("第二。"))
        for name in ITEMS
    }
    facts = {
        "title": "会说话的头",
        "affiliation": "某大学",
        "keywords": ("头", "话"),
        "summary": Claim("一句话。"),
    }
    return Review("2611.00001", 1, "zh", "m", **{**claims, **facts, **values})


def entry(of=None, text="好。", **values):
    of = of or paper()
    figure = Figure(
        "figure", "2", 3, (0, 0, 1, 1), f"Figure 2. {text}", "figure-2.png"
    )
    document = Document(
        9,
        of.title,
        of.abstract,
        "en",
        figures=(figure,),
        framework="2",
        **values,
    )
    return Entry(
        of, Verdict(of.id, "Talking Head", 0.9, True), document, review(text)
    )


def post(*entries, topic="Talking Head", day=date(2026, 11, 20), written=None):
    written = written or datetime(
        day.year, day.month, day.day, 6, 30, 1, 5, tzinfo=UTC
    )
    entries = entries or (entry(),)
    return Post(
        Topic(topic), day, written, portable(topic), "zh", tuple(entries)
    )


HOSTILE = [
    "{{ 7*7 }} {% raw %} ${x}",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "]]> --> <!-- <![CDATA[ &amp; &nope; <?php",
    "\x00\x07\x1b[31mred\ufffe\ud800",
    "\u202eevil\u200b\u2066",
    "a \"quoted\" & 'apostrophe' <b>",
    "\\input{/etc/passwd} \\write18{ls} % comment {",
    "}{ unbalanced }} { $x^2$ and $ alone",
    "line\none\r\nTY  - JOUR\nER  - \n",
    "T" * 500,
]
