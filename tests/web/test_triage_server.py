"""The server of the triage page, as somebody meets it who has just read its address."""

import socket

import uvicorn

from pipeline.web.triage_server import serve_forever


def test_it_takes_a_connection_as_soon_as_its_address_is_printed(
    config, monkeypatch
):
    reached = []

    def run(server, sockets):
        with socket.create_connection(sockets[0].getsockname(), timeout=5):
            reached.append(True)

    monkeypatch.setattr(uvicorn.Server, "run", run)
    serve_forever(config, "127.0.0.1", 0)
    assert reached == [True]
