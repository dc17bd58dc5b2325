"""References are read back by well-known parsers of each format, as they were meant."""

import json
import re
import warnings

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from pipeline.citations.formats import format_references, keys
from pipeline.citations.venues import Venue
from tests.render.papers import HOSTILE, paper


def at(
    kind="conference",
    full="Conference on Computer Vision & Pattern Recognition",
    note="",
):
    return Venue("CVPR", 2027, kind, full, note)


def nowhere(_):
    return None


def read_bibtex(text):
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    return [
        {
            "type": e.entry_type,
            "key": e.key,
            **{f.key: f.value for f in e.fields},
        }
        for e in library.entries
    ]


def test_a_preprint_in_bibtex():
    assert read_bibtex(format_references([paper()], "bibtex", nowhere)) == [
        {
            "type": "misc",
            "key": "berg2026talking",
            "title": "Talking Heads from {NeRF}",
            "author": "van der Berg, Jan and Zhang, Wei",
            "year": "2026",
            "eprint": "2611.00001",
            "archivePrefix": "arXiv",
            "primaryClass": "cs.CV",
            "doi": "10.48550/arXiv.2611.00001",
            "url": "https://arxiv.org/abs/2611.00001",
        }
    ]


@pytest.mark.parametrize(
    ("venue", "kind", "place", "name"),
    [
        (
            at(),
            "inproceedings",
            "booktitle",
            r"Conference on Computer Vision \& Pattern Recognition",
        ),
        (
            at(kind="workshop"),
            "inproceedings",
            "booktitle",
            r"Conference on Computer Vision \& Pattern Recognition Workshops",
        ),
        (
            at(kind="journal", full="Journal of Heads"),
            "article",
            "journal",
            "Journal of Heads",
        ),
    ],
)
def test_an_accepted_paper_names_its_venue_and_keeps_its_arxiv_fields(
    venue, kind, place, name
):
    (found,) = read_bibtex(
        format_references([paper(doi="10.1/x_y")], "bibtex", lambda _: venue)
    )
    assert (found["type"], found[place], found["year"]) == (kind, name, "2027")
    assert (found["note"], found["eprint"], found["doi"]) == (
        "Accepted",
        "2611.00001",
        "10.1/x_y",
    )


def test_the_note_says_what_the_record_says():
    stated = paper(journal_ref="J. Heads 3 (2027) 1-9")
    (found,) = read_bibtex(
        format_references(
            [stated], "bibtex", lambda _: at(kind="journal", note="Oral")
        )
    )
    assert found["note"] == "J. Heads 3 (2027) 1-9 (Oral)"


def test_the_venue_is_read_from_the_record():
    (found,) = read_bibtex(
        format_references(
            [paper(comment="Accepted by CVPR 2027 (Oral)")], "bibtex"
        )
    )
    assert (found["type"], found["year"], found["note"]) == (
        "inproceedings",
        "2027",
        "Accepted (Oral)",
    )


def test_groups_and_words_like_and_stay_whole():
    authors = (
        "ATLAS Collaboration",
        "Andy and Sons Team",
        "and Berg",
        "张三",
        "Martin King Jr.",
        r"Erwin Schr\"odinger",
    )
    (found,) = read_bibtex(
        format_references([paper(authors=authors)], "bibtex", nowhere)
    )
    middle = bibtexparser.middlewares
    library = bibtexparser.parse_string(
        format_references([paper(authors=authors)], "bibtex", nowhere),
        append_middleware=[middle.SeparateCoAuthors(), middle.SplitNameParts()],
    )
    names = library.entries[0]["author"]
    assert len(names) == len(authors)
    assert names[0].last == ["{ATLAS Collaboration}"]
    assert (names[3].last, names[3].first) == (["张"], ["三"])
    assert (names[4].last, names[4].jr, names[4].first) == (
        ["King"],
        ["Jr."],
        ["Martin"],
    )
    assert names[5].last == ["Schrödinger"]
    assert found["author"].startswith(
        "{ATLAS Collaboration} and {Andy and Sons Team} and "
    )


def test_keys_are_readable_and_unique():
    papers = [
        paper(),
        paper("2611.00002"),
        paper("2611.00003", title="The $x$ of Ümläuts"),
        paper("cs/0112017", authors=()),
    ]
    papers += [paper("2611.00005", authors=("张三",), title="关于")]
    assert keys(papers) == [
        "berg2026talking-a",
        "berg2026talking-b",
        "berg2026umlauts",
        "arxivcs01120172026talking",
        "arxiv2611000052026",
    ]
    many = keys([paper(f"2611.{n:05d}") for n in range(60)])
    assert len(set(many)) == 60


def test_a_paper_given_twice_is_cited_once():
    assert (
        len(
            read_bibtex(
                format_references(
                    [paper(), paper(version=2)], "bibtex", nowhere
                )
            )
        )
        == 1
    )


def test_a_preprint_in_ris():
    (found,) = rispy.loads(format_references([paper()], "ris", nowhere))
    assert found["type_of_reference"] == "UNPB"
    assert found["authors"] == ["van der Berg, Jan", "Zhang, Wei"]
    assert found["title"] == "Talking Heads from NeRF"
    assert (found["year"], found["date"], found["doi"]) == (
        "2026",
        "2026/11/03",
        "10.48550/arXiv.2611.00001",
    )
    assert found["urls"] == ["https://arxiv.org/abs/2611.00001"]
    assert found["keywords"] == ["cs.CV", "cs.GR"]
    assert found["accession_number"] == "arXiv:2611.00001"


def test_an_accepted_paper_in_ris():
    found = rispy.loads(
        format_references(
            [paper(), paper("2611.00002", authors=("Martin King Jr.",))],
            "ris",
            lambda _: at(),
        )
    )
    assert [record["type_of_reference"] for record in found] == ["CONF", "CONF"]
    assert (
        found[0]["secondary_title"]
        == "Conference on Computer Vision & Pattern Recognition"
    )
    assert found[0]["year"] == "2027"
    assert found[1]["authors"] == ["King, Martin, Jr."]


# The part of the CSL-JSON schema, version 1.0.2, that these items use.
CSL_TYPES = {"article", "article-journal", "paper-conference"}
CSL_TEXT = {
    "id",
    "type",
    "title",
    "container-title",
    "publisher",
    "genre",
    "number",
    "abstract",
    "DOI",
    "URL",
    "note",
}
CSL_NAME = {"family", "given", "non-dropping-particle", "suffix", "literal"}


def read_csl(text):
    items = json.loads(text)
    for item in items:
        assert item["type"] in CSL_TYPES
        assert set(item) <= CSL_TEXT | {"author", "issued"}
        assert all(isinstance(item[name], str) for name in CSL_TEXT & set(item))
        assert all(
            set(name) <= CSL_NAME
            and all(isinstance(v, str) for v in name.values())
            for name in item.get("author", [])
        )
        (parts,) = item["issued"]["date-parts"]
        assert 1 <= len(parts) <= 3
        assert all(isinstance(part, int) for part in parts)
    assert len({item["id"] for item in items}) == len(items)
    return items


def test_a_preprint_in_csl_json():
    (item,) = read_csl(format_references([paper()], "csl-json", nowhere))
    assert item == {
        "id": "berg2026talking",
        "type": "article",
        "title": "Talking Heads from NeRF",
        "author": [
            {
                "family": "Berg",
                "given": "Jan",
                "non-dropping-particle": "van der",
            },
            {"family": "Zhang", "given": "Wei"},
        ],
        "issued": {"date-parts": [[2026, 11, 3]]},
        "publisher": "arXiv",
        "genre": "preprint",
        "number": "arXiv:2611.00001",
        "abstract": "We make heads talk. They talk well.",
        "DOI": "10.48550/arXiv.2611.00001",
        "URL": "https://arxiv.org/abs/2611.00001",
        "note": "arXiv:2611.00001 [cs.CV]",
    }


def test_csl_json_is_read_by_a_citation_processor():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from citeproc.source.json import CiteProcJSON

        source = CiteProcJSON(
            json.loads(
                format_references(
                    [paper(), paper("2611.00002")], "csl-json", lambda _: at()
                )
            )
        )
    entry = source["berg2026talking-a"]
    assert (
        str(entry.container_title)
        == "Conference on Computer Vision & Pattern Recognition"
    )
    assert entry.issued.year == 2027
    assert [name.family for name in entry.author] == ["Berg", "Zhang"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("venue", [None, at(full="{x} & \\y", note="%")])
def test_hostile_text_breaks_no_format(text, venue):
    hostile = paper(
        title=text,
        authors=(text, "Wei Zhang"),
        abstract=text,
        doi=text,
        journal_ref=text,
        categories=(text,),
    )
    both = [hostile, paper("2611.00002")]
    assert [
        e["eprint"]
        for e in read_bibtex(format_references(both, "bibtex", lambda _: venue))
    ] == ["2611.00001", "2611.00002"]
    records = rispy.loads(format_references(both, "ris", lambda _: venue))
    assert [record["accession_number"] for record in records] == [
        "arXiv:2611.00001",
        "arXiv:2611.00002",
    ]
    assert (
        len(read_csl(format_references(both, "csl-json", lambda _: venue))) == 2
    )
    written = format_references(both, "bibtex", lambda _: venue)
    assert "\\input{" not in written
    assert "\\write18" not in written


@given(
    st.lists(
        st.tuples(st.text(max_size=50), st.text(max_size=30)),
        min_size=1,
        max_size=4,
    )
)
def test_any_text_is_read_back_entry_by_entry(facts):
    papers = [
        paper(f"2611.{n:05d}", title=title, authors=(author,))
        for n, (title, author) in enumerate(facts)
    ]
    assert len(
        read_bibtex(format_references(papers, "bibtex", nowhere))
    ) == len(papers)
    assert len(rispy.loads(format_references(papers, "ris", nowhere))) == len(
        papers
    )
    assert len(read_csl(format_references(papers, "csl-json", nowhere))) == len(
        papers
    )
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys(papers))
