"""The server of the triage page: its port, its token, the demonstration."""

from __future__ import annotations

import secrets
import socket
import sys

from pipeline.common.dates import clock
from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.store import Store
from pipeline.translation import gettext as _
from pipeline.web.app import TriageSite
from pipeline.web.guard import Access
from pipeline.web.passage_pictures import PassageCache

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def serve_forever(config: Config, host: str, port: int) -> None:
    """Serve the pages until a signal ends it; the address is printed once it answers.

    Raises:
        StoreError: nothing has been screened yet, or the store cannot be read.
        UsageError: the port is in use, or the address is not this machine's.
    """
    import uvicorn

    Store.open(config.out, create=False).close()
    listener = _listen(host, port)
    port = listener.getsockname()[1]
    access = access_to(host, port)
    site = TriageSite(config, access, clock(config), PassageCache(config))
    secret = "" if access.open_to_all else f"?token={access.token}"
    sys.stdout.write(f"http://{_in_address(host)}:{port}/{secret}\n")
    sys.stdout.flush()
    settings = uvicorn.Config(
        site.app(), log_level="warning", server_header=False, lifespan="off"
    )
    uvicorn.Server(settings).run(sockets=[listener])


def access_to(host: str, port: int) -> Access:
    """Give who may come in: on loopback everybody on this machine, elsewhere who has the link."""
    names = LOOPBACK if host in LOOPBACK else {host}
    hosts = frozenset(f"{_in_address(name)}:{port}" for name in names)
    return Access(
        hosts, secrets.token_urlsafe(24), open_to_all=host in LOOPBACK
    )


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # who reads the address may ask at once
    except (OSError, OverflowError) as error:
        listener.close()
        raise UsageError(
            _(
                "Port {port} of {host} cannot be used: {error}.",
                port=port,
                host=host,
                error=error,
            ),
            step=_("Name another with --port; 0 takes any that is free."),
        ) from error
    return listener
