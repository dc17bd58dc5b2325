"""A night is sorted, papers are read beside their passages, the archive is searched."""

import io
import re

import pytest
from PIL import Image

from tests.web.conftest import TOKEN

TOPIC = "Talking Head"


def ids(client, query=""):
    return re.findall(
        r'class="card[^"]*"[^>]*data-id="([^"]+)"', client.get(f"/{query}").text
    )


def test_tonight_shows_a_card_for_every_paper_of_the_night(client, store):
    posted = {
        one.paper_id for one in store.papers.judged() if one.stage == "posted"
    }
    assert set(ids(client)) == posted
    assert len(ids(client)) == 4


def test_keeping_and_skipping_are_ratings_and_move_what_is_left(
    client, change, store
):
    before = ids(client)
    assert (
        change("/rate", id=before[0], topic=TOPIC, rating="keep").status_code
        == 303
    )
    assert (
        change("/rate", id=before[1], topic=TOPIC, rating="skip").status_code
        == 303
    )
    given = {one.paper_id: one.rating for one in store.nights.ratings()}
    assert given == {before[0]: "keep", before[1]: "skip"}
    assert set(ids(client)[-2:]) == set(before[:2])
    change("/rate", id=before[0], topic=TOPIC, rating="clear")
    assert [one.paper_id for one in store.nights.ratings()] == [before[1]]


def test_tonight_tells_what_is_sorted_and_what_is_left(client, change):
    change("/rate", id=ids(client)[0], topic=TOPIC, rating="keep")
    tally = re.search(r'id="tally"[^>]*>([^<]*)<', client.get("/").text)
    assert re.findall(r"\d+", tally[1]) == ["1", "0", "3"]


def test_the_page_of_a_paper_begins_with_the_figure_of_its_card(client):
    first = ids(client)[0]
    figure = re.search(r'/figure[^"]+', client.get("/").text)[0]
    page = client.get(f"/paper/{first}").text
    assert re.search(rf'class="lead"[^>]*><img src="{figure}"', page)


def test_the_script_is_told_the_new_order(client):
    first = ids(client)[0]
    answer = rate_by_script(client, first, "skip", order="1")
    assert answer["order"][-1] == f"{first}\n{TOPIC}"


def rate_by_script(client, paper, rating, **more):
    fields = {"token": TOKEN, "id": paper, "topic": TOPIC, "rating": rating}
    asked = {"Accept": "application/json"}
    return client.post("/rate", data=fields | more, headers=asked).json()


@pytest.mark.parametrize(
    ("language", "rating", "said"),
    [
        ("en", "keep", "Kept: "),
        ("en", "clear", "Rating removed: "),
        ("zh", "skip", "已跳过："),
        ("zh", "clear", "已撤销："),
    ],
)
def test_a_rating_is_answered_in_the_language_of_the_page(
    client, language, rating, said
):
    first = ids(client)[0]
    client.cookies.set("screen-language", language)
    answer = rate_by_script(client, first, rating)
    assert answer["message"].startswith(said)
    assert answer["order"] == []


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?score=1", 0),
        ("?code=1", 4),
        ("?venue=1", 0),
        ("?topic=None", 0),
        ("?score=x", 4),
    ],
)
def test_filters_leave_out_what_they_say(client, query, count):
    assert len(ids(client, query)) == count


def test_read_marks_are_kept_and_filtered(client, change):
    first = ids(client)[0]
    change("/read", id=first, read="1")
    assert first not in ids(client, "?unread=1")
    change("/read", id=first, read="")
    assert first in ids(client, "?unread=1")


def test_a_statement_shows_its_passage_and_the_page_has_the_quote_marked(
    client,
):
    paper = ids(client)[0]
    key = re.search(
        r"statement=(takeaways-\d)", client.get(f"/paper/{paper}").text
    )[1]
    shown = client.get(f"/paper/{paper}?statement={key}").text
    assert "<blockquote>" in shown
    picture = client.get(f"/passage/{paper}?statement={key}")
    assert picture.headers["content-type"] == "image/png"
    image = Image.open(io.BytesIO(picture.content)).convert("RGB")
    colours: list = image.getcolors(1 << 20) or []
    yellow = sum(
        count for count, (red, _, blue) in colours if red > 200 and blue < 160
    )
    assert yellow > 500


def test_a_statement_leads_to_itself_and_its_passage_stands_below_it(client):
    """On wide screens the style sheet puts the passage beside it; on a phone it follows."""
    paper = ids(client)[0]
    link = re.search(
        r'href="([^"]+statement=takeaways-1#[^"]+)"',
        client.get(f"/paper/{paper}").text,
    )[1]
    target = link.partition("#")[2]
    shown = client.get(link).text
    statement = shown.partition(f'<li id="{target}" class="chosen">')[2]
    inside = statement.partition("</li>")[0]
    assert inside.count('class="passage"') == 1
    assert shown.count('class="passage"') == 1
    assert f'href="/paper/{paper}#{target}"' in inside


def test_a_quote_is_shown_close_up_where_it_stands_on_its_page(
    client, store, config
):
    paper = ids(client)[0]
    address = f"/passage/{paper}?statement=takeaways-1"
    whole = Image.open(io.BytesIO(client.get(address).content))
    near = Image.open(io.BytesIO(client.get(f"{address}&close-up=1").content))
    assert near.width < whole.width
    assert near.height < whole.height / 2


def test_a_quote_that_is_not_on_its_page_has_no_close_up(client, store):
    paper = ids(client)[0]
    store.database.write(
        "UPDATE reviews SET review = json_set(review, '$.takeaways[1].quote', ?)"
        " WHERE paper_id = ?",
        "no page says this",
        paper,
    )
    address = f"/passage/{paper}?statement=takeaways-1"
    assert client.get(address).status_code == 200
    assert client.get(f"{address}&close-up=1").status_code == 404


def test_runs_are_told_in_the_language_of_the_page_and_the_zone_of_the_reader(
    client, store
):
    shown = client.get("/runs").text
    assert re.search(
        r'<time datetime="[^"]+T[^"]+">\d{4}-\d\d-\d\d \d\d:\d\d UTC</time>',
        shown,
    )
    client.cookies.set("screen-language", "zh")
    shown = client.get("/runs").text
    assert "<td>完成</td>" in shown
    assert "done" not in shown


def test_an_address_that_leads_nowhere_offers_a_search(client):
    for language, heading in (("en", "Nothing here"), ("zh", "这里什么也没有")):
        client.cookies.set("screen-language", language)
        shown = client.get("/nope").text
        assert f"<h1>{heading}</h1>" in shown
        assert 'action="/archive"' in shown


def test_a_page_of_an_earlier_start_is_refused_in_its_language(client):
    client.cookies.set("screen-language", "zh")
    answer = client.post("/rate", data={"token": "old"})
    assert answer.status_code == 403
    assert "请重新载入" in answer.text


def test_chinese_words_that_no_paper_holds_are_looked_for_in_english(client):
    page = client.get("/archive?q=说话人脸").text
    assert "“talking head”" in page
    assert ids(client, "archive?q=说话人脸") == ids(
        client, "archive?q=talking+head"
    )
    assert ids(client, "archive?q=红烧肉") == []


def test_the_archive_is_searched_and_filtered(client, config):
    every = ids(client)
    assert set(ids(client, "archive")) == set(every)
    found = ids(client, "archive?q=blinks")
    assert 0 < len(found) < len(every)
    assert ids(client, "archive?q=blinks&topic=Other") == []
    assert ids(client, "archive?q=blinks&since=2099-01-01") == []
    assert ids(client, "archive?institution=Nowhere+Polytechnic")
    assert ids(client, "archive?author=%25") == []
    assert ids(client, "archive?q=%22+OR+NEAR(") == []


@pytest.mark.parametrize(
    "path", ["/archive", "/trends", "/runs", "/?date=2000-01-01"]
)
def test_every_page_answers_in_both_languages(client, change, path):
    assert client.get(path).status_code == 200
    client.cookies.set("screen-language", "zh")
    assert 'lang="zh"' in client.get(path).text


def test_the_plot_of_the_trends_is_svg_without_script(client):
    svg = client.get("/trends.svg")
    assert svg.headers["content-type"] == "image/svg+xml"
    assert b"<script" not in svg.content


def test_papers_are_counted_in_whole_numbers(client):
    words = re.findall(
        r"<text[^>]*>([^<]*)</text>", client.get("/trends.svg").text
    )
    assert "1" in words
    assert not [word for word in words if "." in word]


@pytest.mark.parametrize(
    "path",
    [
        "/nope",
        "/paper/2101.00001",
        "/paper/../../etc/passwd",
        "/figure/0011.30002/1/..%2f..%2fscreen.db",
        "/figure/0011.30002/9/figure-1.png",
        "/static/..%2fenvironment.py",
        "/passage/0011.30002?statement=nope",
        "/cite/docx/0011.30002",
    ],
)
def test_what_is_not_there_is_a_page_of_one_line(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


def test_every_card_carries_a_reference_and_every_paper_its_meta_tags(client):
    for path in ("/", "/archive"):
        shown = client.get(path).text
        assert shown.count('class="Z3988"') == len(ids(client))
    paper = ids(client)[0]
    shown = client.get(f"/paper/{paper}").text
    assert f'<meta name="citation_arxiv_id" content="{paper}">' in shown


def test_references_are_sent_in_each_format(client):
    paper = ids(client)[0]
    assert client.get(f"/cite/bibtex/{paper}").text.startswith("@")
    assert client.get(f"/cite/ris/{paper}").text.startswith("TY  - ")
    assert client.get(f"/cite/csl-json/{paper}").json()[0]["type"] == "article"


def test_hostile_titles_stay_text(client, store):
    paper = ids(client)[0]
    record = '<script>alert(1)</script>"'
    store.database.write(
        "UPDATE records SET record = json_set(record, '$.title', ?) WHERE paper_id = ?",
        record,
        paper,
    )
    for path in ("/", f"/paper/{paper}", "/archive"):
        assert "<script>alert" not in client.get(path).text


def test_a_paper_can_be_tried_again(client, change, store):
    from datetime import UTC, datetime

    from pipeline.errors import PaperError

    paper = ids(client)[0]
    store.results.fail(
        paper, "read", PaperError("torn"), datetime(2026, 11, 3, tzinfo=UTC), 5
    )
    assert change("/retry", id=paper).status_code == 303
    assert store.results.failure(paper) is None
    assert change("/retry", id=paper).status_code == 404
