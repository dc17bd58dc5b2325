"""Typeset made-up tables whose every cell is known: python bench/tables/typeset_tables.py OUT [--count 400] [--only tuning]

Writes OUT/table-0000.tex, .pdf, .json and .marks (places) for each sample, and OUT/tuning.jsonl (even numbers) and
OUT/kept.jsonl (odd numbers), one table a line: file (the PDF's stem), label, stub (columns that name the rows), rows
of cells with text, rowspan, colspan and head; besides split, kind, template, traits, caption, page (from 1), pages
and bbox (points, origin top left; null where a table goes on over pages).

Text is what is printed: math as its letters, bold and colours unsaid, lines of a cell joined by a space. A label of a
group spans its rows, also where it stands in the first of them; a head over several columns spans them; a blank cell
above a head stays a cell of its own. The head that a long table repeats on its next pages is told once.
A sample whose PDF is there already is not typeset again.

Needs pdflatex: Debian's texlive-latex-extra, texlive-publishers, texlive-fonts-recommended and lmodern.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.tables import floats, marks, samples
from bench.tables.floats import Typeset
from bench.tables.samples import Sample

ROMAN = (
    "",
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
)
COMPILE_SECONDS = 60
SPLITS = ("tuning", "kept")


def compile_tex(path: Path, *, times: int) -> None:
    """Run pdflatex beside a file and drop what it leaves.

    Raises:
        RuntimeError: There is no PDF, or it has an error; with the end of the log.
    """
    command = [
        "pdflatex",
        "-interaction=nonstopmode",
        "-halt-on-error",
        path.name,
    ]
    for _ in range(times):
        done = subprocess.run(
            command,
            cwd=path.parent,
            env={
                **os.environ,
                "SOURCE_DATE_EPOCH": "0",
            },  # the same PDF each time
            capture_output=True,
            timeout=COMPILE_SECONDS,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(
                f"{path}: {done.stdout.decode(errors='replace')[-1500:]}"
            )
    for ending in (".aux", ".log", ".out", "Notes.bib", ".spl"):
        path.with_name(path.stem + ending).unlink(missing_ok=True)


def truth_of(
    sample: Sample, number: int, one: Typeset, seen: list[marks.Mark]
) -> dict[str, Any]:
    """Tell everything that is known of a table."""
    label = sample.first_number + number
    turned = sample.place == floats.SIDEWAYS
    where = marks.place_of(seen, number, turned=turned)
    return {
        "file": sample.name,
        "label": ROMAN[label] if sample.template.roman else str(label),
        "stub": one.grid.stub,
        "rows": one.grid.truth(),
        "split": SPLITS[sample.index % 2],
        "kind": one.content.kind,
        "template": sample.template.name,
        "traits": one.traits(sample.place),
        "caption": one.caption,
        "page": where.pages[0],
        "pages": where.pages,
        "bbox": where.bbox,
    }


def typeset(sample: Sample, folder: Path) -> list[dict[str, Any]]:
    """Write, compile and describe one sample; one whose PDF is there already is only described."""
    tex = folder / f"{sample.name}.tex"
    measured = tex.with_suffix(".marks")
    known = (
        tex.exists()
        and tex.read_text(encoding="utf-8") == sample.source
        and tex.with_suffix(".pdf").exists()
    )
    if not known:
        tex.with_suffix(".pdf").unlink(missing_ok=True)
        tex.write_text(sample.source, encoding="utf-8")
        compile_tex(tex, times=3 if sample.place == floats.LONG else 1)
    seen = marks.read_marks(measured)
    truth = [
        truth_of(sample, number, one, seen)
        for number, one in enumerate(sample.tables)
    ]
    write_lines(tex.with_suffix(".json"), truth)
    return truth


def write_lines(path: Path, entries: list[dict[str, Any]]) -> None:
    path.write_text(
        "".join(
            json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries
        ),
        encoding="utf-8",
    )


def typeset_all(
    folder: Path, seed: int, indices: range
) -> Iterator[dict[str, Any]]:
    folder.mkdir(parents=True, exist_ok=True)
    for index in indices:
        yield from typeset(samples.make_sample(seed, index), folder)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--count", type=int, default=400, help="documents, both splits together"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=SPLITS)
    args = parser.parse_args()
    first, step = (SPLITS.index(args.only), 2) if args.only else (0, 1)
    truth = list(
        typeset_all(args.out, args.seed, range(first, args.count, step))
    )
    for split in SPLITS:
        chosen = [entry for entry in truth if entry["split"] == split]
        if chosen:
            write_lines(args.out / f"{split}.jsonl", chosen)
    for field in ("split", "kind", "template"):
        counts = collections.Counter(entry[field] for entry in truth)
        print(
            f"{field}: "
            + ", ".join(
                f"{name} {count}" for name, count in counts.most_common()
            )
        )
    traits = collections.Counter(
        trait for entry in truth for trait in entry["traits"]
    )
    print(
        "traits: "
        + ", ".join(f"{name} {count}" for name, count in traits.most_common())
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
