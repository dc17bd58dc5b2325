"""A server on loopback, and a clock that only sleeping moves."""

import pytest

from tests.arxiv_loopback import Clock, Server


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def server(clock):
    server = Server(clock)
    yield server
    server.close()
