"""A whole night with faults on both servers, and the clean one after it.

    python bench/bad_night.py [--papers 20] [--arxiv 0.15] [--model 0.1] [--patience 900]

Each of arXiv's seven faults and each of the model's eleven has that probability. The night must end by itself, lose
nothing and leave no leftover; the clean one must complete it. Exit 1 when something does not hold.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import workplace
from workplace import Row


def faults(names: tuple[str, ...], probability: float) -> list[str]:
    return [f"{name}={probability}" for name in names]


def measure(count: int, arxiv_faults: float, model_faults: float, patience: float) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workplace.make_papers(folder, count, workplace.SMALL)
        keys = {"output__dir": '"out"', "arxiv__patience": str(patience), "arxiv__pdf_interval": "0.2"}
        bad = faults(workplace.ARXIV_FAULTS, arxiv_faults)
        worse = faults(workplace.MODEL_FAULTS, model_faults)
        with (
            workplace.arxiv(folder, "--rate", 3, "--slow", 20, "--fault", *bad) as arxiv,
            workplace.server("llm_server.py", "--latency", 0.3, "--fault", *worse) as model,
        ):
            ran = workplace.run(workplace.configure(folder, arxiv, model, **keys))
            counts = workplace.stats(arxiv)["counts"]
            yield "seconds until it ended by itself", ran.seconds, "", ran.code in {0, 1, 3}
            yield "exit code", ran.code, "0, 1 or 3", ran.code in {0, 1, 3}
            yield from ((f"  arXiv answered {what}", number, "", True) for what, number in sorted(counts.items()))
            yield "  model calls", workplace.stats(model)["calls"], "", True
            yield "posted", ran.posted, "", True
            yield "pending with a reason", ran.pending, "", True
            yield from workplace.politeness(arxiv)
        yield "leftovers in the output", leftovers(folder / "out"), "0", leftovers(folder / "out") == 0
        with workplace.arxiv(folder, "--rate", 3) as arxiv, workplace.server("llm_server.py") as model:
            config = workplace.configure(folder, arxiv, model, **keys)
            ran = workplace.run(config)
            yield "clean night, s", ran.seconds, "", True
            if ran.code:
                ran = workplace.run(config, "retry")
            done = posted(folder / "out")
            yield "posted in the end", done, f"= {count}", done == count
            yield "exit code in the end", ran.code, "0", ran.code == 0
            yield from workplace.politeness(arxiv)


def leftovers(out: Path) -> int:
    return sum(1 for _ in out.rglob("*.part"))


def posted(out: Path) -> int:
    store = sqlite3.connect(out / "screen.db")
    count: int = store.execute("SELECT count(*) FROM candidates WHERE stage = 'posted'").fetchone()[0]
    store.close()
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=20)
    parser.add_argument("--arxiv", type=float, default=0.15, help="probability of each of arXiv's faults")
    parser.add_argument("--model", type=float, default=0.1, help="probability of each of the model's faults")
    parser.add_argument("--patience", type=float, default=900.0, help="as [arxiv] patience")
    args = parser.parse_args()
    title = f"A night of {args.papers} papers with faults of {args.arxiv} and {args.model} each"
    return not workplace.show(title, measure(args.papers, args.arxiv, args.model, args.patience))


if __name__ == "__main__":
    sys.exit(main())
