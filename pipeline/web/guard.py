"""What a browser may ask of the server, and what its pages may load.

A page of another site can make a browser send requests here, under this address (a form) or, by
DNS rebinding, under its own name. So the Host must be ours, a change must come from our own
origin and carry the token of this start, and pages load nothing from elsewhere.
Who is turned away has no language here yet: he is told in both.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class GuardRules:
    """What a browser may do without a token, and what it may load."""

    safe: frozenset[str] = frozenset({"GET", "HEAD"})
    cookie: str = "screen-token"
    policy: str = (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


_rules = GuardRules()


HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": _rules.policy,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in."""

    hosts: frozenset[str]
    """Values of the Host header that are ours, with the port."""
    token: str
    """Of this start; every change carries it."""
    open_to_all: bool = True
    """False on an address that others reach: reading needs the token too."""


class Guard:
    """Middleware that turns away what is not ours and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._access = app, access

    async def __call__(
        self, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer, or pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refusal(scope)
        await (refused or self._app)(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self._access.hosts:
            return PlainTextResponse(
                "This name is not the server's. 这个名称不属于本服务器。", 421
            )
        if scope["method"] not in _rules.safe and not self._is_own_origin(
            headers
        ):
            return PlainTextResponse(
                "Changes come from the server's own pages. 改动只能来自本服务器的页面。",
                403,
            )
        if self._access.open_to_all or scope["path"].startswith("/static/"):
            return None
        return self._refuse_stranger(scope, headers)

    def _refuse_stranger(
        self, scope: Scope, headers: Headers
    ) -> ASGIApp | None:
        """Ask for the token: in the link the first time, then in a cookie."""
        cookies = SimpleCookie(headers.get("cookie", ""))
        if _rules.cookie in cookies and is_same(
            cookies[_rules.cookie].value, self._access.token
        ):
            return None
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if not is_same(query.get("token", [""])[0], self._access.token):
            return PlainTextResponse(
                "Open the link that the server printed. 请打开服务器打印出的链接。",
                403,
            )
        entered = RedirectResponse(scope["path"], 303)
        entered.set_cookie(
            _rules.cookie, self._access.token, httponly=True, samesite="strict"
        )
        return entered

    def _is_own_origin(self, headers: Headers) -> bool:
        """Tell whether a change was sent by a page of this server."""
        origin = headers.get("origin") or headers.get("referer", "")
        parts = urlsplit(origin)
        is_web = parts.scheme in ("http", "https")
        return is_web and parts.netloc.lower() in self._access.hosts


def is_same(one: str, other: str) -> bool:
    """Compare secrets in a time that tells nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return sending
