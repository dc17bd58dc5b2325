"""How long 1,000 stored papers take in all faces, pictures included; a second run must write nothing.

    python bench/render.py [PAPERS]          limit: 30 s for 1,000 papers (exit 1 when slower)

Papers are like real ones: abstracts of 200 words with formulas, eight figures of 60 kB each, forty statements;
half of the nights of hostile text.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "render")]

import sample_posts as samples

from pipeline.paper import Claim, Entry, Figure, Post
from pipeline.render.face import Night
from pipeline.render.faces import FACES, render, render_archive, render_night
from pipeline.render.writing import write

LIMIT = 30.0
A_NIGHT = 20
FIGURES = 8


class Ledger(set[tuple[str, str]]):
    def wrote(self, path: str, sha256: str) -> bool:
        return (path, sha256) in self

    def note(self, path: str, sha256: str) -> None:
        self.add((path, sha256))


def entry(number: int) -> Entry:
    of = samples.paper(f"2611.{number:05d}", abstract=samples.paper().abstract * 4)
    figures = tuple(
        Figure("figure", str(label), label, samples.BOX, samples.figures()[1].caption * 2, f"figure-{label}.png")
        for label in range(1, FIGURES + 1)
    )
    made = samples.entry(of, 1 - number % 100 / 100, doc=samples.document(of, figures=figures))
    steps = tuple(Claim(claim.text * 2, claim.quote, claim.page) for claim in made.review.methods * 4)
    return replace(made, review=replace(made.review, methods=steps))


def posts(count: int) -> list[Post]:
    nights = []
    for night in range(count // A_NIGHT):
        numbers = range(night * A_NIGHT, (night + 1) * A_NIGHT)
        entries = [entry(number) for number in numbers]
        if night % 2:
            attacks = samples.hostile_entries(A_NIGHT)
            papers = [replace(a.paper, id=e.paper.id) for a, e in zip(attacks, entries, strict=True)]
            entries = [
                replace(a, paper=p, document=e.document) for a, p, e in zip(attacks, papers, entries, strict=True)
            ]
        nights.append(samples.post(*entries, date=samples.DAY - timedelta(days=night)))
    return nights


def draw(folder: Path, made: list[Post]) -> None:
    picture = samples.drawing("video") + os.urandom(55_000)
    for post in made:
        for one in post.entries:
            place = folder / "papers" / f"{one.paper.slug}-v{one.paper.version}"
            place.mkdir(parents=True)
            for figure in one.document.figures:
                (place / figure.file).write_bytes(picture)


def main(count: int) -> int:
    made = posts(count)
    nights = [Night(post.date, post.written, ((post.topic.name, len(post.entries)),)) for post in made]
    total = 0.0
    with tempfile.TemporaryDirectory() as temporary:
        folder, ledger = Path(temporary), Ledger()
        draw(folder, made)
        print(f"{'face':<10} {'render s':>9} {'write s':>9} {'again s':>9} {'files':>7}")
        for name, face in FACES.items():
            start = time.perf_counter()
            rendered = [render(face, post) for post in made]
            rendered += [render_night(face, post.date, [post]) for post in made]
            rendered.append(render_archive(face, nights, "zh"))
            middle = time.perf_counter()
            written = sum(len(write(one, folder / name, pictures=folder, ledger=ledger)[0]) for one in rendered)
            end = time.perf_counter()
            again = sum(len(write(one, folder / name, pictures=folder, ledger=ledger)[0]) for one in rendered)
            last = time.perf_counter()
            print(f"{name:<10} {middle - start:>9.2f} {end - middle:>9.2f} {last - end:>9.2f} {written:>7}")
            if again:
                print(f"{name}: the second run wrote {again} files")
                return 1
            total += end - start
    print(f"{count} papers in all faces: {total:.1f} s (limit {LIMIT:.0f} s for 1,000)")
    return int(total > LIMIT * count / 1000)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
