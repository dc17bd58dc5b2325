"""Nobody but this server's own pages changes anything or reads under another name."""

import pytest
from starlette.testclient import TestClient

from pipeline.web.app import TriageSite
from pipeline.web.guard import Access
from pipeline.web.passage_pictures import PassageCache
from tests.web.conftest import HOST, NOW, TOKEN

RATING = {
    "token": TOKEN,
    "id": "0011.30002",
    "topic": "Talking Head",
    "rating": "keep",
}


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:8765"]
)
def test_a_name_that_is_not_ours_gets_nothing(client, host):
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert "card" not in answer.text


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "", "http://127.0.0.1:9"]
)
def test_a_form_of_another_site_changes_nothing(client, store, origin):
    answer = client.post("/rate", data=RATING, headers={"Origin": origin})
    assert answer.status_code == 403
    assert list(store.nights.ratings()) == []


@pytest.mark.parametrize("token", ["", "of-an-earlier-start"])
def test_a_form_without_the_token_of_this_start_changes_nothing(
    client, store, token
):
    assert (
        client.post("/rate", data={**RATING, "token": token}).status_code == 403
    )
    assert list(store.nights.ratings()) == []


def test_reading_is_no_way_to_change(client, store):
    assert client.get("/rate", params=RATING).status_code in (404, 405)
    assert list(store.nights.ratings()) == []


def test_pages_load_nothing_from_elsewhere_and_run_no_inline_code(client):
    answer = client.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "onclick" not in answer.text
    assert "style=" not in answer.text


def test_on_an_open_address_reading_needs_the_link(config):
    access = Access(frozenset({HOST}), TOKEN, open_to_all=False)
    site = TriageSite(config, access, lambda: NOW, PassageCache(config))
    stranger = TestClient(site.app(), base_url=f"http://{HOST}")
    assert stranger.get("/").status_code == 403
    assert stranger.get("/?token=wrong").status_code == 403
    entered = stranger.get(f"/?token={TOKEN}")
    assert entered.status_code == 200
    assert "token=" not in str(entered.url)
    assert stranger.get("/archive").status_code == 200


def test_a_form_too_long_is_refused(client):
    assert (
        client.post("/rate", data={**RATING, "more": "x" * 30_000}).status_code
        == 403
    )
