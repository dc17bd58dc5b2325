"""Topics become questions that arXiv understands, and predicates that mean the same."""

import json
import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.demo.search import compiled
from pipeline.errors import ConfigError
from pipeline.fetch.query import QUERY_LIMIT, Window, matches, queries
from pipeline.paper import Paper, Topic

OCTOBER = Window.of_days(date(2026, 10, 1), date(2026, 10, 31))
HEADS = Topic(
    "Talking Head", ("talking head",), ("cs.CV", "cs.MM"), ("attention head",)
)

GRAMMAR = re.compile(
    r"""\s*(?:(?P<open>\()|(?P<close>\))|(?P<op>ANDNOT|AND|OR)\b|
    (?P<term>(?:ti|abs):"[^"()]+"|cat:[\w.*-]+|(?:submittedDate|lastUpdatedDate):\[\d{12}\ TO\ \d{12}\]))""",
    re.VERBOSE,
)


def _is_valid(query):
    """Terms and operators alternate, parentheses match, and nothing else is there."""
    depth, want_term, place = 0, True, 0
    while place < len(query):
        token = GRAMMAR.match(query, place)
        if not token:
            return False
        place = token.end()
        if token["open"]:
            if not want_term:
                return False
            depth += 1
        elif token["term"]:
            if not want_term:
                return False
            want_term = False
        elif want_term:
            return False
        elif token["close"]:
            depth -= 1
        else:
            want_term = True
    return depth == 0 and not want_term


def test_a_topic_asks_for_its_phrases_in_title_and_abstract():
    (query,) = queries(HEADS)
    for form in ("talking head", "talking-head", "talking heads", "talkinghead"):
        assert f'ti:"{form}"' in query
        assert f'abs:"{form}"' in query


def test_a_topic_asks_in_its_categories_and_window_without_its_exclusions():
    (query,) = queries(HEADS, OCTOBER)
    assert " AND (cat:cs.CV OR cat:cs.MM)" in query
    assert " AND submittedDate:[202610010000 TO 202610312359]" in query
    assert re.search(r' ANDNOT \(ti:"attention head" OR', query)


def test_new_versions_are_asked_for_by_their_own_date():
    window = Window(OCTOBER.since, OCTOBER.until, by="updated")
    assert "lastUpdatedDate:[202610010000 TO 202610312359]" in queries(HEADS, window)[0]


def test_days_of_a_time_zone_become_minutes_of_utc():
    window = Window.of_days(
        date(2026, 10, 2), date(2026, 10, 2), timezone(timedelta(hours=8))
    )
    assert str(window) == "submittedDate:[202610011600 TO 202610021559]"
    assert str(window.whole_days()) == "submittedDate:[202610010000 TO 202610022359]"


def test_a_window_holds_both_of_its_ends_to_the_minute():
    assert datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC) in OCTOBER
    assert datetime(2026, 11, 1, tzinfo=UTC) not in OCTOBER


def test_a_topic_without_phrases_asks_for_its_name():
    (query,) = queries(Topic("Virtual Human / Avatar"))
    assert 'abs:"virtual humans"' in query
    assert 'ti:"avatar"' in query
    assert "human / avatar" not in query


def test_bare_words_are_also_found_apart(paper):
    apart = paper(title="A head", abstract="It is talking.")
    assert matches(Topic("talking heads", configured=False))(apart)
    assert not matches(Topic("x", ("talking heads",)))(apart)
    assert " AND (" in queries(Topic("talking heads", configured=False))[0]


def test_the_words_of_a_long_phrase_may_stand_apart(paper):
    topic = Topic("x", ("speech-driven facial animation",))
    assert matches(topic)(paper(title="Speech-Driven 3D Facial Animations"))
    assert not matches(topic)(paper(title="Speech-Driven 3D Facial Expressions"))


@pytest.mark.parametrize(
    "title",
    [
        "A Talking Head",
        "TALKING-HEADS in the wild",
        "TalkingHead: a tool",
        "On talking\u2010head video",
        "Tàlking head",
    ],
)
def test_spelling_does_not_hide_a_paper(paper, title):
    assert matches(HEADS)(paper(title=title))


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Walking heads"},
        {"title": "A talking head", "categories": ("math.AG",)},
        {"title": "A talking head with an attention head"},
        {"title": "A talking head", "published": datetime(2026, 11, 1, tzinfo=UTC)},
    ],
)
def test_what_is_not_asked_for_does_not_match(paper, fields):
    assert not matches(HEADS, OCTOBER)(paper(**fields))


def test_an_exclusion_in_the_abstract_leaves_the_paper_to_screening(paper):
    assert matches(HEADS)(
        paper(title="A talking head", abstract="We prune an attention head.")
    )


def test_a_whole_archive_may_be_named(paper):
    topic = Topic("avatar", categories=("cs",))
    assert "(cat:cs OR cat:cs.*)" in queries(topic)[0]
    assert matches(topic)(paper(title="Avatars", categories=("cs.GR",)))


def test_a_category_that_is_none_is_an_error_of_the_configuration():
    with pytest.raises(ConfigError, match=r'"cs CV"'):
        queries(Topic("x", categories=("cs CV",)))


@pytest.mark.parametrize(
    "name",
    [
        'say "hello"',
        "f(x) AND (y",
        "ti:abs:",
        "说话人头部生成",
        "a] TO [b",
        "C++ \\ %22 & #",
        "AND OR ANDNOT",
        "x" * 9000,
        "of the",
    ],
)
def test_hostile_names_give_valid_queries(name):
    for topic in (
        Topic(name, configured=False),
        Topic(name),
        Topic("t", phrases=(name,), exclude=(name,)),
    ):
        assert all(_is_valid(query) for query in queries(topic, OCTOBER))


@given(
    st.text(min_size=1).filter(lambda text: re.search(r"[^\W_]", text)),
    st.lists(st.text(), max_size=5),
    st.booleans(),
)
def test_any_topic_gives_valid_queries(name, phrases, configured):
    topic = Topic(
        name, tuple(phrases), ("cs.CV",), tuple(phrases), configured=configured
    )
    assert all(_is_valid(query) for query in queries(topic, OCTOBER))


def test_long_topics_are_asked_in_several_questions_under_the_limit():
    topic = Topic(
        "Many",
        tuple(f"phrase number {n} here" for n in range(200)),
        ("cs.CV",),
        ("bad luck",),
    )
    parts = queries(topic, OCTOBER)
    assert len(parts) > 1
    for query in parts:
        assert len(quote_plus(query)) <= QUERY_LIMIT
        assert _is_valid(query)
        assert "cat:cs.CV" in query
        assert "submittedDate" in query
    assert all(
        any(f'ti:"phrase number {n} here"' in query for query in parts)
        for n in range(200)
    )


def test_too_many_exclusions_do_not_crowd_out_the_question():
    topic = Topic("x", ("avatar",), exclude=tuple(f"exclusion {n}" for n in range(500)))
    (query,) = queries(topic)
    assert len(quote_plus(query)) <= QUERY_LIMIT
    assert _is_valid(query)


HEADS_AND_FACES = ["talking", "talk", "head", "heads", "face", "faces"]
WORDS = st.sampled_from(
    [
        *HEADS_AND_FACES,
        "avatars",
        "lip",
        "sync",
        "lipsync",
        "body",
        "bodies",
        "3D",
        "of",
        "the",
    ]
)
TITLES = st.lists(
    st.tuples(WORDS, st.sampled_from([" ", "-", ", ", ": "])), min_size=1, max_size=8
).map(lambda pairs: "".join(word + gap for word, gap in pairs))
PHRASES = st.lists(
    st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=3
).map(tuple)
CATEGORIES = st.lists(
    st.sampled_from(["cs", "cs.CV", "cs.GR", "math.*"]), max_size=2
).map(tuple)


@given(
    topic=st.builds(
        Topic,
        TITLES,
        PHRASES,
        CATEGORIES,
        st.lists(WORDS, max_size=1).map(tuple),
        configured=st.booleans(),
    ),
    title=TITLES,
    abstract=TITLES,
    category=st.sampled_from(["cs.CV", "cs.GR", "math.AG"]),
    day=st.sampled_from(
        [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1)]
    ),
)
def test_questions_and_predicate_mean_the_same(topic, title, abstract, category, day):
    """The demonstration's search engine reads the questions as arXiv does, and knows nothing of the predicate."""
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    record = {
        "title": title,
        "abstract": abstract,
        "categories": [category],
        "published": f"{moment:%Y-%m-%dT%H:%M:%SZ}",
    }
    known = Paper("2610.00001", 1, title, abstract, (), (category,), moment, moment)
    found = any(compiled(query)(record) for query in queries(topic, OCTOBER))
    assert matches(topic, OCTOBER)(known) == found


LABELS = Path("../shared/labels/talking-head.jsonl")


@pytest.mark.skipif(not LABELS.exists(), reason="needs the graded records")
def test_the_shipped_topic_asks_widely_enough(paper):
    """Of the papers a reader graded as on topic nearly all are asked for; screening cannot bring back the others."""
    from pipeline.config import load

    wanted = matches(load(environ={}).topic("Talking Head"))
    records = map(
        json.loads,
        Path("../shared/arxiv/records.jsonl").read_text("utf-8").splitlines(),
    )
    by_id = {record["id"].partition("v")[0]: record for record in records}
    graded = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    relevant = [by_id[label["id"]] for label in graded if label["grade"] == 2]
    found = [
        record
        for record in relevant
        if wanted(
            paper(
                title=record["title"],
                abstract=record["abstract"],
                categories=tuple(record["categories"]),
            )
        )
    ]
    assert len(found) >= 0.9 * len(relevant)
