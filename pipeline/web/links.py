"""Addresses of the server's pages. Ids of before 2007 hold a slash, which stays."""

from __future__ import annotations

from urllib.parse import quote, urlencode


class ServerLinks:
    """Absolute paths on this server."""

    def static(self, name: str) -> str:
        """A style sheet or script."""
        return f"/static/{quote(name)}"

    def page(self, name: str) -> str:
        """A page by its name."""
        return "/" if name == "tonight" else f"/{name}"

    def paper(self, paper_id: str) -> str:
        """The page of a paper."""
        return f"/paper/{quote(paper_id)}"

    def statement(self, paper_id: str, key: str) -> str:
        """The page of a paper with the passage of a statement beside it."""
        return f"{self.paper(paper_id)}?{_named(key)}#statement-{quote(key)}"

    def review(self, paper_id: str, key: str) -> str:
        """The page of a paper at a statement, no passage beside it."""
        return f"{self.paper(paper_id)}#statement-{quote(key)}"

    def figure(self, paper_id: str, version: int, file: str) -> str:
        """A picture of a paper."""
        return f"/figure/{quote(paper_id)}/{version}/{quote(file)}"

    def passage(self, paper_id: str, key: str) -> str:
        """The page of the PDF with the quote of a statement marked."""
        return f"/passage/{quote(paper_id)}?{_named(key)}"

    def close_up(self, paper_id: str, key: str) -> str:
        """The quote of a statement as it stands on its page, and little around it."""
        return f"{self.passage(paper_id, key)}&close-up=1"

    def citation(self, paper_id: str, form: str) -> str:
        """A reference to a paper in a format."""
        return f"/cite/{quote(form)}/{quote(paper_id)}"


def _named(key: str) -> str:
    return urlencode({"statement": key})
