"""The program as a user meets it: words in, exit code and two streams out."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from pipeline.cli import main
from pipeline.demo import server

PDF = Path(server.HERE) / "papers" / "0000.00001.pdf"
RECORDS = Path(server.HERE) / "records.jsonl"


@dataclass(frozen=True)
class Said:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def lines(self):
        return self.out.splitlines()

    @property
    def json(self):
        return [json.loads(line) for line in self.lines]


def some_paper(night):
    """The id of a paper of that night."""
    return min(
        folder.name for folder in (night / "papers").iterdir()
    ).partition("-v")[0]


class Program:
    """`arxiv-screen`, run in this process."""

    def __init__(self, monkeypatch, capfd):
        self._monkeypatch, self._capfd = monkeypatch, capfd

    def __call__(self, *words, called="arxiv-screen"):
        self._monkeypatch.setattr(sys, "argv", [called, *map(str, words)])
        self._capfd.readouterr()
        code = 0
        try:
            main.main()
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = self._capfd.readouterr()
        return Said(code, out, err)
