"""A reader at the triage page while nights run and are killed beside it."""

from __future__ import annotations

import contextlib
import random
import re
import sqlite3
import subprocess
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench import workplace

PAUSE = 0.15
"""Seconds between two things that the reader does."""
PAGES = ("/", "/archive", "/runs")


@dataclass
class PageReader:
    """Rates papers at random and opens pages; remembers what the server has confirmed."""

    base: str
    papers: Sequence[str]
    draw: random.Random
    confirmed: dict[str, str] = field(default_factory=dict)
    """The last rating of each paper that was answered with success."""
    unsure: set[str] = field(default_factory=set)
    """Papers whose last rating got no answer."""
    answers: Counter[int] = field(default_factory=Counter)
    """By status."""
    _ended: threading.Event = field(default_factory=threading.Event)

    def work(self) -> None:
        """Go on until `end`."""
        while not self._ended.wait(PAUSE):
            if self.draw.random() < 0.2:
                self._open(self.draw.choice(PAGES))
            else:
                self._rate(self.draw.choice(self.papers))

    def end(self) -> None:
        """Stop."""
        self._ended.set()

    def lost(self, out: Path) -> list[str]:
        """Name the ratings that were confirmed and do not stand in the store."""
        with contextlib.closing(sqlite3.connect(out / "screen.db")) as store:
            rows = store.execute("SELECT paper_id, rating FROM ratings")
            kept = dict(rows.fetchall())
        return [
            f"{paper_id} {rating}"
            for paper_id, rating in self.confirmed.items()
            if paper_id not in self.unsure and kept.get(paper_id) != rating
        ]

    def _rate(self, paper_id: str) -> None:
        shown = self._open(f"/paper/{paper_id}")
        token = re.search(r'name="token" value="([^"]+)"', shown)
        if token is None:  # not judged yet
            return
        rating = self.draw.choice(("keep", "skip"))
        fields = {
            "id": paper_id,
            "topic": workplace.TOPIC,
            "rating": rating,
            "token": token[1],
        }
        self.unsure.add(paper_id)
        status, _ = self._ask("/rate", urllib.parse.urlencode(fields))
        if status == 200:
            self.confirmed[paper_id] = rating
            self.unsure.discard(paper_id)

    def _open(self, page: str) -> str:
        return self._ask(page)[1]

    def _ask(self, page: str, form: str = "") -> tuple[int, str]:
        request = urllib.request.Request(
            f"{self.base}{page}",
            data=form.encode() if form else None,
            headers={"Origin": self.base, "Accept": "application/json"},
        )
        if not form:
            request.remove_header("Accept")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status, text = answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            status, text = error.code, ""
        self.answers[status] += 1
        return status, text


@contextlib.contextmanager
def reading(
    config: Path, papers: Sequence[str], draw: random.Random
) -> Iterator[PageReader]:
    """Serve the triage page and read it while the `with` lasts; the store must be there."""
    command = [*workplace.command(config, "serve"), "--port", "0"]
    server = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=config.parent,
        env=workplace.environment(),
    )
    assert server.stdout is not None
    try:
        base = server.stdout.readline().strip().rstrip("/")
        reader = PageReader(base, papers, draw)
        thread = threading.Thread(target=reader.work)
        thread.start()
        try:
            yield reader
        finally:
            reader.end()
            thread.join()
    finally:
        server.terminate()
        server.wait()
