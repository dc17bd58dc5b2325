"""`python -m pipeline.extract PAPER.pdf [DIR]`: what a PDF holds, as JSON; with DIR its pictures are written there."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pipeline.extract.document import read_pdf
from pipeline.extract.report import as_json


def main(arguments: list[str]) -> None:
    """Read one PDF in this process and print its report."""
    path, *rest = map(Path, arguments)
    reading = read_pdf(path, draw=bool(rest))
    for folder in rest:
        folder.mkdir(parents=True, exist_ok=True)
        for name, picture in reading.pictures.items():
            (folder / name).write_bytes(picture)
    json.dump(as_json(reading.document), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main(sys.argv[1:])
