"""A night's world on loopback: an arXiv that serves what a test puts into it and fails as it is
told, and a folder.

PDFs are read by the real reader, each file once a test session.
"""

import asyncio
import json
import re
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from urllib.parse import unquote
from xml.sax.saxutils import escape

from pipeline.common import rate_limit
from pipeline.config_file import load
from pipeline.demo import server as demo
from pipeline.demo.search import compiled
from pipeline.extract.worker import pool
from pipeline.run import entry
from pipeline.run.entry import RunRequest, run_screening
from pipeline.run.services import pdf_reader
from pipeline.run.shutdown import StopSignal
from pipeline.store import Store
from tests.arxiv_loopback import Answer, Clock, Server
from tests.samples import NIGHT, paper

PDFS = Path(demo.HERE) / "papers"
TOPIC, OTHER = "Talking Head", "Lip Motion"
really_read = pool.read


@cache
def reading_of(pdf):
    return really_read(pdf, timeout=60, memory=2000, draw=True)


class SmallArxiv:
    """Records and PDFs by id; `fault(request)` may answer in place of the truth."""

    def __init__(self):
        self.records, self.pdfs, self.fault = {}, {}, lambda request: None
        self.day, self.announced = NIGHT.date(), []
        self.server = Server(Clock())
        self.server.answer = self.answer

    def add(self, *numbers, pdf=1, **changes):
        """Papers of last night."""
        for number in numbers:
            moment = NIGHT - timedelta(hours=6, minutes=number)
            one = paper(number, published=moment, updated=moment)
            self.put(
                replace(
                    one, title=f"Talking Head Study of Kind {number}", **changes
                ),
                pdf,
            )

    def put(self, one, pdf=1):
        self.records[one.id] = one
        if pdf:
            self.pdfs[one.id] = PDFS / f"0000.0000{pdf}.pdf"

    def asked(self, kind):
        """Paths asked for, of one kind: "api", "pdf", "oai"."""
        return [
            request.path
            for request in self.server.requests
            if request.path.startswith(f"/{kind}")
        ]

    def answer(self, request):
        if found := self.fault(request):
            return found
        if request.path == "/api/query":
            return Answer(body=self.feed(request.query).encode())
        if request.path == "/oai":
            return Answer(body=self.harvest(request.query).encode())
        if request.path.startswith("/atom/"):
            return self.announcement(request)
        name = re.sub(r"v\d+$", "", unquote(request.path).removeprefix("/pdf/"))
        return (
            Answer(body=self.pdfs[name].read_bytes())
            if name in self.pdfs
            else Answer(404, b"<html>none</html>")
        )

    def feed(self, query):
        if ids := query.get("id_list"):
            found = [
                self.records[one]
                for one in re.sub(r"v\d+", "", ids).split(",")
                if one in self.records
            ]
        else:
            holds = compiled(query.get("search_query", ""))
            found = [one for one in self.records.values() if holds(fields(one))]
        found.sort(key=lambda one: (one.published, one.id))
        start, size = (
            int(query.get("start", 0)),
            int(query.get("max_results", 10)),
        )
        return demo._document(
            len(found),
            start,
            "".join(map(api_entry, found[start : start + size])),
        )

    def announcement(self, request):
        """What was announced on `day`, as its papers were put there by `announce`."""
        named = unquote(request.path.removeprefix("/atom/")).split("+")
        entries = "".join(
            announcement_entry(one, self.day, kind)
            for one, kind in self.announced
            if any(
                term in named or term.partition(".")[0] in named
                for term in one.categories
            )
        )
        etag = f'"{self.day}-{hash(entries)}"'
        if request.headers.get("If-None-Match") == etag:
            return Answer(304, headers={"ETag": etag})
        body = (
            '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<updated>{self.day}T05:00:19+00:00</updated>{entries}</feed>"
        )
        return Answer(body=body.encode(), headers={"ETag": etag})

    def announce(self, day, *papers):
        """Let the feed be of this day, with these papers and why they are announced."""
        self.day, self.announced = day, list(papers)

    def harvest(self, query):
        low, high = query.get("from", ""), query.get("until", "9999")
        found = [
            one
            for one in self.records.values()
            if low <= f"{one.updated:%Y-%m-%d}" <= high
        ]
        body = "".join(map(oai_record, found))
        listed = (
            f"<ListRecords>{body}</ListRecords>"
            if body
            else '<error code="noRecordsMatch">none</error>'
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">'
            f"<responseDate>2026-11-20T00:00:00Z</responseDate>{listed}</OAI-PMH>"
        )


def announcement_entry(one, day, kind):
    terms = "".join(f'<category term="{term}"/>' for term in one.categories)
    return (
        f"<entry><id>oai:arXiv.org:{one.versioned_id}</id><title>{escape(one.title)}</title>"
        f"<summary>arXiv:{one.versioned_id} Announce Type: {kind} \nAbstract: {escape(one.abstract)}</summary>"
        f"{terms}<published>{day}T00:00:00-05:00</published>"
        f"<arxiv:announce_type>{kind}</arxiv:announce_type>"
        f"<dc:creator>{escape(', '.join(one.authors))}</dc:creator></entry>"
    )


def fields(one):
    return {
        "id": one.id,
        "title": one.title,
        "abstract": one.abstract,
        "authors": list(one.authors),
        "categories": list(one.categories),
        "published": f"{one.published:%Y-%m-%dT%H:%M:%SZ}",
        "updated": f"{one.updated:%Y-%m-%dT%H:%M:%SZ}",
        "comment": one.comment,
    }


def api_entry(one):
    return demo._entry(fields(one)).replace(
        f"{one.id}v1<", f"{one.versioned_id}<"
    )


def oai_record(one):
    versions = "".join(
        f'<version version="v{number}"><date>{moment:%a, %d %b %Y %H:%M:%S} GMT</date></version>'
        for number, moment in ((1, one.published), (one.version, one.updated))
    )
    return (
        f"<record><header><identifier>oai:arXiv.org:{one.id}</identifier><datestamp>{one.updated:%Y-%m-%d}</datestamp>"
        f'</header><metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>{one.id}</id>{versions}'
        f"<authors>{escape(', '.join(one.authors))}</authors>"
        f"<title>{escape(one.title)}</title><categories>{' '.join(one.categories)}</categories>"
        f"<comments>{escape(one.comment)}</comments><abstract>{escape(one.abstract)}</abstract>"
        "</arXivRaw></metadata></record>"
    )


class Place:
    """Runs of the whole program over this world, at a time that a test moves."""

    def __init__(self, folder, monkeypatch, capsys):
        self.arxiv, self.now, self.folder, self._capsys = (
            SmallArxiv(),
            NIGHT,
            folder,
            capsys,
        )
        self.keys = {
            "arxiv.api": f"{self.arxiv.server.url}/api/query",
            "arxiv.pdf": f"{self.arxiv.server.url}/pdf",
            "arxiv.oai": f"{self.arxiv.server.url}/oai",
            "arxiv.feed": f"{self.arxiv.server.url}/atom",
            "arxiv.sources": ["api"],
            "arxiv.interval": 0.001,
            "arxiv.pdf_interval": 0.0,
            "arxiv.patience": 0.001,
            "arxiv.timeout": 5.0,
            "model.provider": "extractive",
            "output.dir": str(folder / "out"),
            "output.language": "en",
            "run.timezone": "UTC",
            f"topics.{TOPIC}": {
                "phrases": ["talking head"],
                "categories": ["cs.CV"],
            },
        }
        monkeypatch.setattr(rate_limit, "MARGIN", 0.0)
        self.digests = []
        monkeypatch.setattr(
            entry,
            "send_digest",
            lambda settings, report: self.digests.append(report),
        )
        monkeypatch.setattr(entry, "clock", lambda config: lambda: self.now)
        monkeypatch.setattr(
            pdf_reader.pool, "read", lambda pdf, **limits: reading_of(pdf)
        )
        monkeypatch.setattr(pdf_reader.pool, "close", lambda: None)
        self.file = folder / "config.toml"
        self.file.write_text("")

    @property
    def out(self):
        return self.folder / "out"

    def config(self):
        return load(self.file, environ={}, set_=self.keys)

    def run(self, **request):
        """A run; its exit code and its report."""
        self._capsys.readouterr()
        code = run_screening(self.config(), RunRequest(**request), as_json=True)
        self.said = self._capsys.readouterr()
        return code, json.loads(self.said.out) if self.said.out else {}

    def hasten(self, monkeypatch):
        """Waits for a service, between its tries, take no time."""

        async def asleep(signal, seconds):
            await asyncio.sleep(0)

        monkeypatch.setattr(StopSignal, "sleep", lambda signal, seconds: None)
        monkeypatch.setattr(StopSignal, "asleep", asleep)

    def nights(self, count):
        """Let time pass."""
        self.now += timedelta(days=count)

    def store(self):
        return Store.open(self.out, create=False)

    def posts(self):
        """Every post by its path."""
        return {
            path.relative_to(self.out): path.read_bytes()
            for path in sorted(self.out.rglob("*.md"))
        }

    def text(self):
        """All posts as one text."""
        return b"\n".join(self.posts().values()).decode()

    def files(self):
        """Every file below the output folder but the database, the log and notes of times."""
        return {
            path.relative_to(self.out): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file()
            and not path.name.startswith(("screen.", ".arxiv", ".oai"))
        }

    def close(self):
        with suppress(OSError):
            self.arxiv.server.close()
