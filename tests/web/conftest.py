"""The pages over the output folder of a demonstration night, asked without a network."""

from datetime import UTC, datetime

import pytest

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from pipeline.config_file import load
from pipeline.extract.worker import pool
from pipeline.store import Store
from pipeline.web.app import TriageSite
from pipeline.web.guard import Access
from pipeline.web.passage_pictures import PassageCache

TOKEN = "a-token-of-this-start"
HOST = "127.0.0.1:8765"
NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)


@pytest.fixture
def config(night, alone):
    found = load(
        environ={}, set_={"output.dir": str(night), "output.language": "en"}
    )
    yield found
    pool.close()


@pytest.fixture
def store(config):
    opened = Store.open(config.out)
    yield opened
    opened.close()


@pytest.fixture
def site(config):
    access = Access(frozenset({HOST}), TOKEN)
    return TriageSite(config, access, lambda: NOW, PassageCache(config))


@pytest.fixture
def client(site):
    return TestClient(
        site.app(),
        base_url=f"http://{HOST}",
        headers={"Origin": f"http://{HOST}"},
    )


@pytest.fixture
def change(client):
    """Send a form of the page."""

    def send(path, **fields):
        return client.post(
            path, data={"token": TOKEN, **fields}, follow_redirects=False
        )

    return send
