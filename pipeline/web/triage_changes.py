"""What a reader changes from the pages: ratings, read marks, papers to try again, the language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pipeline.citations.tex_as_text import tex_as_text
from pipeline.common.clean import clean_line
from pipeline.paper import Paper
from pipeline.render.html.environment import page_words, words_filler
from pipeline.store import Store
from pipeline.store.runs import Rated
from pipeline.web.answer_maker import AnswerMaker, NotFound, answer_rules
from pipeline.web.night_cards import (
    cards_of_night,
    choose_cards,
    chosen_night,
    nights_of,
    read_filter,
)


@dataclass(frozen=True)
class TriageChanges:
    """Writes to the store in short transactions, beside a night at work."""

    answers: AnswerMaker

    def rate(self, request: Request, form: Mapping[str, str]) -> Response:
        """Keep, skip, or take a rating back; the new order of the night for the script."""
        choice = form.get("rating", "")
        with self.answers.store() as store:
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
            _rate(store, paper, candidate.topic, choice, self.answers.now())
            order = self._order(request, store) if "order" in form else []
        if "application/json" in request.headers.get("accept", ""):
            say = words_filler(page_words(self.answers.language_of(request)))
            notice = say(
                f"notice_{choice}", title=clean_line(tex_as_text(paper.title))
            )
            return JSONResponse({"order": order, "message": notice})
        return self.answers.back(request)

    def _order(self, request: Request, store: Store) -> list[str]:
        """Ids and topics of the night's cards in their order now."""
        wanted = read_filter(request.query_params)
        day = chosen_night(nights_of(store), wanted)
        if day is None:
            return []
        cards = cards_of_night(
            store, self.answers.config, day, self.answers.language_of(request)
        )
        return [
            f"{card.paper_id}\n{card.topic}"
            for card in choose_cards(cards, wanted)
        ]

    def read(self, request: Request, form: Mapping[str, str]) -> Response:
        """Mark a paper as read or unread."""
        with self.answers.store() as store:
            paper = store.papers.get(form.get("id", ""))
            if paper is None:
                raise NotFound
            if form.get("read"):
                store.marks.mark(paper.id, self.answers.now())
            else:
                store.marks.unmark(paper.id)
        return self.answers.back(request)

    def retry(self, request: Request, form: Mapping[str, str]) -> Response:
        """Let the next run try a paper again."""
        with self.answers.store() as store:
            if store.results.failure(form.get("id", "")) is None:
                raise NotFound
            store.results.forgive(form["id"])
        return self.answers.back(request)

    def language(self, request: Request, form: Mapping[str, str]) -> Response:
        """Change the language of the pages."""
        answer = self.answers.back(request)
        if form.get("to") in answer_rules.languages:
            answer.set_cookie(
                answer_rules.language_cookie,
                form["to"],
                samesite="strict",
                max_age=31_536_000,
            )
        return answer


def _rate(
    store: Store, paper: Paper, topic: str, choice: str, at: datetime
) -> None:
    """Keep the reader's word on a paper, or take it back."""
    if choice == "clear":
        store.nights.unrate(paper.id, topic)
        return
    rating: Literal["keep", "skip"] = "keep" if choice == "keep" else "skip"
    store.nights.rate(Rated.of(paper, topic, rating, at))
