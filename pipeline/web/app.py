"""The application of the triage page: which address is answered by what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from pipeline.config import Config
from pipeline.web.answer_maker import AnswerMaker
from pipeline.web.guard import Access, Guard
from pipeline.web.passage_pictures import PassageCache
from pipeline.web.triage_changes import TriageChanges
from pipeline.web.triage_pages import TriagePages


@dataclass(frozen=True)
class TriageSite:
    """The pages over one output folder."""

    config: Config
    access: Access
    now: Callable[[], datetime]
    passages: PassageCache

    def app(self) -> Starlette:
        """Make the application."""
        guard = Middleware(Guard, access=self.access)
        return Starlette(routes=self._routes(), middleware=[guard])

    def _routes(self) -> list[Route]:
        answers = AnswerMaker(self.config, self.access, self.now)
        pages = TriagePages(answers, self.passages)
        changes = TriageChanges(answers)
        shown = {
            "/": pages.tonight,
            "/paper/{paper_id:path}": pages.paper,
            "/archive": pages.archive,
            "/trends": pages.trends,
            "/trends.svg": pages.trends_plot,
            "/runs": pages.runs,
            "/passage/{paper_id:path}": pages.passage,
            "/figure/{paper_id:path}/{version:int}/{file}": pages.figure,
            "/cite/{form}/{paper_id:path}": pages.citation,
            "/static/{name}": pages.static,
        }
        changed = {
            "/rate": changes.rate,
            "/read": changes.read,
            "/retry": changes.retry,
            "/language": changes.language,
        }
        return [
            *(Route(at, answers.show(one)) for at, one in shown.items()),
            *(
                Route(at, answers.change(one), methods=["POST"])
                for at, one in changed.items()
            ),
            Route("/{rest:path}", answers.show(pages.nothing)),
        ]
