"""Routes of the triage page and their answers. Each request opens the store for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route

from pipeline.citations.formats import Format, format_references
from pipeline.citations.tex_as_text import tex_as_text
from pipeline.cli.status import standing
from pipeline.common.clean import clean_line
from pipeline.config import Config
from pipeline.errors import ScreenError
from pipeline.paper import Paper
from pipeline.render.html.environment import (
    STATIC,
    page_words,
    render_html,
    words_filler,
)
from pipeline.render.html.review_sections import Statement
from pipeline.render.html.trend_plots import plot_weeks
from pipeline.run.posting.archive_trends import trends_of
from pipeline.store import Store
from pipeline.store.runs import Rated
from pipeline.web.archive_search import PAGE, read_archive_query, search_archive
from pipeline.web.guard import Access, Guard, is_same
from pipeline.web.links import ServerLinks
from pipeline.web.night_cards import (
    cards_of_night,
    choose_cards,
    nights_of,
    read_filter,
)
from pipeline.web.paper_lookup import (
    find_paper,
    page_of,
    picture_of,
    statement_of,
)
from pipeline.web.passage_pictures import PassageCache


@dataclass(frozen=True, slots=True)
class AppRules:
    """Limits and patterns of app."""

    pages: tuple[str, ...] = ("tonight", "archive", "trends", "runs")
    languages: tuple[str, ...] = ("zh", "en")
    language_cookie: str = "screen-language"
    form_limit: int = 20_000
    """Bytes of a form; ours hold a few hundred."""


_rules = AppRules()


LINKS = ServerLinks()
FORMATS: Mapping[str, tuple[Format, str]] = {
    "bibtex": ("bibtex", "application/x-bibtex"),
    "ris": ("ris", "application/x-research-info-systems"),
    "csl-json": ("csl-json", "application/vnd.citationstyles.csl+json"),
}


class NotFound(Exception):
    """There is nothing at this address."""


@dataclass(frozen=True)
class TriageSite:
    """The pages over one output folder."""

    config: Config
    access: Access
    now: Callable[[], datetime]
    passages: PassageCache

    def app(self) -> Starlette:
        """Make the application."""
        routes = [
            Route("/", self._answer(self.tonight)),
            Route("/paper/{paper_id:path}", self._answer(self.paper)),
            Route("/archive", self._answer(self.archive)),
            Route("/trends", self._answer(self.trends)),
            Route("/trends.svg", self._answer(self.trends_plot)),
            Route("/runs", self._answer(self.runs)),
            Route("/passage/{paper_id:path}", self._answer(self.passage)),
            Route(
                "/figure/{paper_id:path}/{version:int}/{file}",
                self._answer(self.figure),
            ),
            Route("/cite/{form}/{paper_id:path}", self._answer(self.citation)),
            Route("/static/{name}", self._answer(self.static)),
            Route("/rate", self._change(self.rate), methods=["POST"]),
            Route("/read", self._change(self.read), methods=["POST"]),
            Route("/retry", self._change(self.retry), methods=["POST"]),
            Route("/language", self._change(self.language), methods=["POST"]),
            Route("/{rest:path}", self._answer(self.nothing)),
        ]
        return Starlette(
            routes=routes, middleware=[Middleware(Guard, access=self.access)]
        )

    def tonight(self, request: Request) -> Response:
        """Show the cards of a night."""
        wanted, language = (
            read_filter(request.query_params),
            self.language_of(request),
        )
        with self.store() as store:
            nights = nights_of(store)
            day = next((one for one in nights if str(one) == wanted.date), None)
            day = day or next(iter(nights), None)
            cards = (
                cards_of_night(store, self.config, day, language) if day else []
            )
        return self.page(
            request,
            "tonight.html",
            here="tonight",
            heading=str(day or ""),
            nights=[str(one) for one in nights],
            topics=sorted({card.topic for card in cards}),
            filters={**asdict(wanted), "date": str(day or "")},
            cards=choose_cards(cards, wanted),
        )

    def paper(self, request: Request) -> Response:
        """Show a paper, with the passage of the chosen statement beside its review."""
        chosen = request.query_params.get("statement", "")
        with self.store() as store:
            found = self.found(store, request)
            view = page_of(store, found)
            statement = statement_of(found, chosen)
        return self.page(
            request,
            "paper.html",
            here="",
            view=view,
            chosen=chosen,
            passage=self._passage_view(found.paper, statement),
        )

    def _passage_view(
        self, paper: Paper, statement: Statement | None
    ) -> Mapping[str, Any] | None:
        if statement is None:
            return None
        return {
            "page": statement.page,
            "quote": statement.quote,
            "image": LINKS.passage(paper.id, statement.key),
            "close_up": LINKS.close_up(paper.id, statement.key),
            "back": LINKS.review(paper.id, statement.key),
        }

    def passage(self, request: Request) -> Response:
        """Draw the page of a statement with its quote marked, or the quote close up."""
        key = request.query_params.get("statement", "")
        with self.store() as store:
            found = self.found(store, request)
        statement = statement_of(found, key)
        if statement is None:
            raise NotFound
        drawn = self.passages.draw(found.paper, statement)
        png = (
            drawn.close_up if "close-up" in request.query_params else drawn.page
        )
        if not png:
            raise NotFound
        return Response(
            png,
            media_type="image/png",
            headers={"Cache-Control": "private, max-age=86400"},
        )

    def archive(self, request: Request) -> Response:
        """Search everything kept or posted."""
        asked = read_archive_query(request.query_params)
        with self.store() as store:
            cards, more = search_archive(
                store, self.config, asked, self.language_of(request)
            )
            topics = store.papers.topics()
        following = {**request.query_params, "page": str(asked.page + 1)}
        return self.page(
            request,
            "archive.html",
            here="archive",
            query=asked.words,
            filters=asdict(asked),
            topics=topics,
            cards=cards,
            next_page=f"/archive?{urlencode(following)}"
            if more and PAGE
            else "",
        )

    def trends(self, request: Request) -> Response:
        """Show what the archive holds in numbers."""
        with self.store() as store:
            trends = trends_of(store, self.now().date())
        return self.page(
            request,
            "trends.html",
            here="trends",
            trends=trends,
            plot="/trends.svg",
        )

    def trends_plot(self, _: Request) -> Response:
        """Plot the papers of each week."""
        with self.store() as store:
            trends = trends_of(store, self.now().date())
        return Response(plot_weeks(trends, ""), media_type="image/svg+xml")

    def runs(self, request: Request) -> Response:
        """Show runs, what is pending, money spent."""
        return self.page(
            request,
            "runs.html",
            here="runs",
            standing=standing(self.config),
            local_time=self._local_time,
        )

    def _local_time(self, moment: str) -> str:
        """Give a moment in the zone of the configuration, else of this machine."""
        there = datetime.fromisoformat(moment).astimezone(self.now().tzinfo)
        return f"{there:%Y-%m-%d %H:%M %Z}"

    def figure(self, request: Request) -> Response:
        """Send a picture of a paper."""
        values = request.path_params
        with self.store() as store:
            path = picture_of(
                store,
                self.config,
                values["paper_id"],
                values["version"],
                values["file"],
            )
        if path is None:
            raise NotFound
        return FileResponse(
            path, headers={"Cache-Control": "private, max-age=86400"}
        )

    def citation(self, request: Request) -> Response:
        """Send a reference to a paper."""
        form = FORMATS.get(request.path_params["form"])
        if form is None:
            raise NotFound
        with self.store() as store:
            found = self.found(store, request)
        return Response(
            format_references([found.paper], form[0]), media_type=form[1]
        )

    def static(self, request: Request) -> Response:
        """Send a style sheet or script of the program."""
        name = request.path_params["name"]
        if name not in {path.name for path in STATIC.iterdir()}:
            raise NotFound
        return FileResponse(STATIC / name)

    def nothing(self, _: Request) -> Response:
        """Answer an address that leads nowhere."""
        raise NotFound

    def rate(self, request: Request, form: Mapping[str, str]) -> Response:
        """Keep, skip, or take a rating back; the new order of the night for the script."""
        choice = form.get("rating", "")
        with self.store() as store:
            paper = store.papers.get(form.get("id", ""))
            candidate = (
                store.papers.candidate(paper.id, form.get("topic", ""))
                if paper
                else None
            )
            if (
                paper is None
                or candidate is None
                or choice not in ("keep", "skip", "clear")
            ):
                raise NotFound
            _rate(store, paper, candidate.topic, choice, self.now())
            order = self._order(request, store) if "order" in form else []
        if "application/json" in request.headers.get("accept", ""):
            say = words_filler(page_words(self.language_of(request)))
            notice = say(
                f"notice_{choice}", title=clean_line(tex_as_text(paper.title))
            )
            return JSONResponse({"order": order, "message": notice})
        return self.back(request)

    def _order(self, request: Request, store: Store) -> list[str]:
        """Ids and topics of the night's cards in their order now."""
        wanted, nights = read_filter(request.query_params), nights_of(store)
        day = next((one for one in nights if str(one) == wanted.date), None)
        day = day or next(iter(nights), None)
        if day is None:
            return []
        cards = cards_of_night(
            store, self.config, day, self.language_of(request)
        )
        return [
            f"{card.paper_id}\n{card.topic}"
            for card in choose_cards(cards, wanted)
        ]

    def read(self, request: Request, form: Mapping[str, str]) -> Response:
        """Mark a paper as read or unread."""
        with self.store() as store:
            paper = store.papers.get(form.get("id", ""))
            if paper is None:
                raise NotFound
            if form.get("read"):
                store.marks.mark(paper.id, self.now())
            else:
                store.marks.unmark(paper.id)
        return self.back(request)

    def retry(self, request: Request, form: Mapping[str, str]) -> Response:
        """Let the next run try a paper again."""
        with self.store() as store:
            if store.results.failure(form.get("id", "")) is None:
                raise NotFound
            store.results.forgive(form["id"])
        return self.back(request)

    def language(self, request: Request, form: Mapping[str, str]) -> Response:
        """Change the language of the pages."""
        answer = self.back(request)
        if form.get("to") in _rules.languages:
            answer.set_cookie(
                _rules.language_cookie,
                form["to"],
                samesite="strict",
                max_age=31_536_000,
            )
        return answer

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Open the store for one request; a night may be at work on it."""
        store = Store.open(self.config.out, create=False)
        try:
            yield store
        finally:
            store.close()

    def found(self, store: Store, request: Request) -> Any:
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
            LINKS,
            **{
                "query": "",
                "token": self.access.token,
                "pages": _rules.pages,
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
        chosen = request.cookies.get(_rules.language_cookie, "")
        return (
            chosen
            if chosen in _rules.languages
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

    def _answer(
        self, show: Callable[[Request], Response]
    ) -> Callable[[Request], Response]:
        """Wrap a page: errors become a page of one line. Runs in a thread."""

        def answer(request: Request) -> Response:
            try:
                return show(request)
            except NotFound:
                return self.message(request, 404, "not_found")
            except ScreenError as error:
                return self.message(request, 503, "error", error.advice)

        return answer

    def _change(
        self, change: Callable[[Request, Mapping[str, str]], Response]
    ) -> Callable[[Request], Any]:
        """Wrap a change: its form carries the token."""

        async def answer(request: Request) -> Response:
            form = await _form(request)
            if form is None or not is_same(
                form.get("token", ""), self.access.token
            ):
                return self.message(request, 403, "stale")

            def changed(asked: Request) -> Response:
                return change(asked, form)

            return await _in_thread(self._answer(changed), request)

        return answer


def _rate(
    store: Store, paper: Paper, topic: str, choice: str, at: datetime
) -> None:
    """Keep the reader's word on a paper, or take it back."""
    if choice == "clear":
        store.nights.unrate(paper.id, topic)
        return
    rating: Literal["keep", "skip"] = "keep" if choice == "keep" else "skip"
    store.nights.rate(
        Rated(paper.id, topic, rating, at, paper.title, paper.abstract)
    )


async def _in_thread(
    work: Callable[[Request], Response], request: Request
) -> Response:
    from starlette.concurrency import run_in_threadpool

    return await run_in_threadpool(work, request)


async def _form(request: Request) -> dict[str, str] | None:
    """The fields of a form; None for what is too long or none."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _rules.form_limit:
            return None
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[-1] for name, values in fields.items()}
