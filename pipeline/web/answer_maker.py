"""What every answer of the triage page needs: the store, the language, errors as pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
)

from pipeline.config import Config
from pipeline.errors import ScreenError
from pipeline.render.html.environment import page_words, render_html
from pipeline.store import Store
from pipeline.web.guard import Access, is_same
from pipeline.web.links import ServerLinks
from pipeline.web.paper_lookup import FoundPaper, find_paper

server_links = ServerLinks()


@dataclass(frozen=True, slots=True)
class AnswerRules:
    """What pages are there, in which languages, and how long a form may be."""

    pages: tuple[str, ...] = ("tonight", "archive", "trends", "runs")
    languages: tuple[str, ...] = ("zh", "en")
    language_cookie: str = "screen-language"
    form_limit: int = 20_000
    """Bytes of a form; ours hold a few hundred."""


answer_rules = AnswerRules()


class NotFound(Exception):
    """There is nothing at this address."""


@dataclass(frozen=True)
class AnswerMaker:
    """Makes answers over one output folder. Each request opens the store for itself."""

    config: Config
    access: Access
    now: Callable[[], datetime]

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Open the store for one request; a night may be at work on it."""
        store = Store.open(self.config.out, create=False)
        try:
            yield store
        finally:
            store.close()

    def found(self, store: Store, request: Request) -> FoundPaper:
        """Find the paper of the address."""
        found = find_paper(store, self.config, request.path_params["paper_id"])
        if found is None:
            raise NotFound
        return found

    def page(
        self, request: Request, template: str, status: int = 200, **values: Any
    ) -> Response:
        """Fill a page with what all pages need."""
        text = render_html(
            template,
            self.language_of(request),
            server_links,
            **{
                "query": "",
                "token": self.access.token,
                "pages": answer_rules.pages,
                **values,
            },
        )
        return HTMLResponse(text, status, headers={"Cache-Control": "no-store"})

    def message(
        self, request: Request, status: int, heading: str, text: str = ""
    ) -> Response:
        """Say what cannot be shown: a word of the pages, and a text or the word's own."""
        words = page_words(self.language_of(request))
        message = text or words[f"{heading}_more"]
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse({"message": message}, status)
        return self.page(
            request,
            "message.html",
            status,
            here="",
            heading=words[heading],
            message=message,
        )

    def language_of(self, request: Request) -> str:
        """The language that the reader chose, else that of the configuration."""
        chosen = request.cookies.get(answer_rules.language_cookie, "")
        return (
            chosen
            if chosen in answer_rules.languages
            else self.config.output.language
        )

    def back(self, request: Request) -> Response:
        """Lead back to the page that the form stood on."""
        parts = urlsplit(request.headers.get("referer", ""))
        there = (
            parts.path
            if parts.path.startswith("/") and parts.path[1:2] != "/"
            else "/"
        )
        return RedirectResponse(
            f"{there}?{parts.query}" if parts.query else there, 303
        )

    def show(
        self, make: Callable[[Request], Response]
    ) -> Callable[[Request], Response]:
        """Wrap a page: errors become a page of one line. Runs in a thread."""

        def answer(request: Request) -> Response:
            try:
                return make(request)
            except NotFound:
                return self.message(request, 404, "not_found")
            except ScreenError as error:
                return self.message(request, 503, "error", error.advice)

        return answer

    def change(
        self, make: Callable[[Request, Mapping[str, str]], Response]
    ) -> Callable[[Request], Any]:
        """Wrap a change: its form carries the token."""

        async def answer(request: Request) -> Response:
            form = await _form(request)
            if form is None or not is_same(
                form.get("token", ""), self.access.token
            ):
                return self.message(request, 403, "stale")

            def changed(asked: Request) -> Response:
                return make(asked, form)

            return await run_in_threadpool(self.show(changed), request)

        return answer


async def _form(request: Request) -> dict[str, str] | None:
    """The fields of a form; None for what is too long or none."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > answer_rules.form_limit:
            return None
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[-1] for name, values in fields.items()}
