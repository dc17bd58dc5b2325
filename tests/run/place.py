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
from pipeline.config import load
from pipeline.demo import server as demo
from pipeline.demo.search import compiled
from pipeline.extract.worker import pool
from pipeline.run import composition
from pipeline.run import entry as tonight_module
from pipeline.run.entry import Request, tonight
from pipeline.run.shutdown import Halt
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
        self.server = Server(Clock())
        self.server.answer = self.answer

    def add(self, *numbers, pdf=1, **changes):
        """Papers of last night."""
        for number in numbers:
            moment = NIGHT - timedelta(hours=6, minutes=number)
            one = paper(number, published=moment, updated=moment)
            self.put(
                replace(one, title=f"Talking Head Study of Kind {number}", **changes),
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
        start, size = int(query.get("start", 0)), int(query.get("max_results", 10))
        return demo._document(
            len(found), start, "".join(map(entry, found[start : start + size]))
        )

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


def entry(one):
    return demo._entry(fields(one)).replace(f"{one.id}v1<", f"{one.versioned_id}<")


def oai_record(one):
    authors = "".join(
        f"<author><keyname>{escape(name.rpartition(' ')[2])}</keyname>"
        f"<forenames>{escape(name.rpartition(' ')[0])}</forenames></author>"
        for name in one.authors
    )
    updated = f"<updated>{one.updated:%Y-%m-%d}</updated>" if one.version > 1 else ""
    return (
        f"<record><header><identifier>oai:arXiv.org:{one.id}</identifier><datestamp>{one.updated:%Y-%m-%d}</datestamp>"
        f'</header><metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{one.id}</id>'
        f"<created>{one.published:%Y-%m-%d}</created>{updated}<authors>{authors}</authors>"
        f"<title>{escape(one.title)}</title><categories>{' '.join(one.categories)}</categories>"
        f"<comments>{escape(one.comment)}</comments><abstract>{escape(one.abstract)}</abstract>"
        "</arXiv></metadata></record>"
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
            "arxiv.oai": "",
            "arxiv.interval": 0.001,
            "arxiv.pdf_interval": 0.0,
            "arxiv.patience": 0.001,
            "arxiv.timeout": 5.0,
            "model.provider": "extractive",
            "output.dir": str(folder / "out"),
            "output.language": "en",
            "run.timezone": "UTC",
            f"topics.{TOPIC}": {"phrases": ["talking head"], "categories": ["cs.CV"]},
        }
        monkeypatch.setattr(rate_limit, "MARGIN", 0.0)
        self.digests = []
        monkeypatch.setattr(
            tonight_module,
            "send_digest",
            lambda settings, report: self.digests.append(report),
        )
        monkeypatch.setattr(tonight_module, "clock", lambda config: lambda: self.now)
        monkeypatch.setattr(
            composition.pool, "read", lambda pdf, **limits: reading_of(pdf)
        )
        monkeypatch.setattr(composition.pool, "close", lambda: None)
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
        code = tonight(self.config(), Request(**request), as_json=True)
        self.said = self._capsys.readouterr()
        return code, json.loads(self.said.out) if self.said.out else {}

    def hasten(self, monkeypatch):
        """Waits for a service, between its tries, take no time."""

        async def asleep(halt, seconds):
            await asyncio.sleep(0)

        monkeypatch.setattr(Halt, "sleep", lambda halt, seconds: None)
        monkeypatch.setattr(Halt, "asleep", asleep)

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
