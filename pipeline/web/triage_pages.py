"""The pages that show: tonight, papers and their passages, archive, trends, runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from pipeline.citations.formats import Format, format_references
from pipeline.cli.status import standing
from pipeline.paper import Paper
from pipeline.render.html.environment import STATIC
from pipeline.render.html.review_sections import Statement
from pipeline.render.html.trend_plots import plot_weeks
from pipeline.run.posting.archive_trends import trends_of
from pipeline.web.answer_maker import AnswerMaker, NotFound, server_links
from pipeline.web.archive_search import read_archive_query, search_archive
from pipeline.web.night_cards import (
    cards_of_night,
    choose_cards,
    chosen_night,
    nights_of,
    read_filter,
)
from pipeline.web.paper_lookup import page_of, picture_of, statement_of
from pipeline.web.passage_pictures import PassageCache

FORMATS: Mapping[str, tuple[Format, str]] = {
    "bibtex": ("bibtex", "application/x-bibtex"),
    "ris": ("ris", "application/x-research-info-systems"),
    "csl-json": ("csl-json", "application/vnd.citationstyles.csl+json"),
}


@dataclass(frozen=True)
class TriagePages:
    """Shows what the store holds."""

    answers: AnswerMaker
    passages: PassageCache

    def tonight(self, request: Request) -> Response:
        """Show the cards of a night."""
        wanted = read_filter(request.query_params)
        language = self.answers.language_of(request)
        with self.answers.store() as store:
            nights = nights_of(store)
            day = chosen_night(nights, wanted)
            cards = (
                cards_of_night(store, self.answers.config, day, language)
                if day
                else []
            )
        return self.answers.page(
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
        with self.answers.store() as store:
            found = self.answers.found(store, request)
            view = page_of(store, found)
            statement = statement_of(found, chosen)
        return self.answers.page(
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
            "image": server_links.passage(paper.id, statement.key),
            "close_up": server_links.close_up(paper.id, statement.key),
            "back": server_links.review(paper.id, statement.key),
        }

    def passage(self, request: Request) -> Response:
        """Draw the page of a statement with its quote marked, or the quote close up."""
        key = request.query_params.get("statement", "")
        with self.answers.store() as store:
            found = self.answers.found(store, request)
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
        with self.answers.store() as store:
            found = search_archive(
                store,
                self.answers.config,
                asked,
                self.answers.language_of(request),
            )
            topics = store.papers.topics()
        following = {**request.query_params, "page": str(asked.page + 1)}
        next_page = f"/archive?{urlencode(following)}" if found.has_more else ""
        return self.answers.page(
            request,
            "archive.html",
            here="archive",
            query=asked.words,
            filters=asdict(asked),
            topics=topics,
            cards=found.cards,
            english=found.english,
            next_page=next_page,
        )

    def trends(self, request: Request) -> Response:
        """Show what the archive holds in numbers."""
        with self.answers.store() as store:
            trends = trends_of(store, self.answers.now().date())
        return self.answers.page(
            request,
            "trends.html",
            here="trends",
            trends=trends,
            plot="/trends.svg",
        )

    def trends_plot(self, _: Request) -> Response:
        """Plot the papers of each week."""
        with self.answers.store() as store:
            trends = trends_of(store, self.answers.now().date())
        return Response(plot_weeks(trends, ""), media_type="image/svg+xml")

    def runs(self, request: Request) -> Response:
        """Show runs, what is pending, money spent."""
        return self.answers.page(
            request,
            "runs.html",
            here="runs",
            standing=standing(self.answers.config),
            local_time=self._local_time,
        )

    def _local_time(self, moment: str) -> str:
        """Give a moment in the zone of the configuration, else of this machine."""
        there = datetime.fromisoformat(moment).astimezone(
            self.answers.now().tzinfo
        )
        return f"{there:%Y-%m-%d %H:%M %Z}"

    def figure(self, request: Request) -> Response:
        """Send a picture of a paper."""
        values = request.path_params
        with self.answers.store() as store:
            path = picture_of(
                store,
                self.answers.config,
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
        with self.answers.store() as store:
            found = self.answers.found(store, request)
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
