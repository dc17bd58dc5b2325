"""A whole night with faults on both servers, and the clean one after it.

    python bench/bad_night.py [--papers 60] [--arxiv 0.15] [--model 0.1] [--patience 900]
    [--slow 20] [--seed 0]

Each of arXiv's seven faults and each of the model's eleven has that probability: at 0.15 one
answer in seven of the search API is good, and that one is slow. Listings come in pages of PAGE
records; while one of the feed, the search API and OAI-PMH is left alone, the next is asked. The night must
end by itself, lose nothing and leave no leftover; the clean one must complete it. Exit 1 when
something does not hold.
"""

from __future__ import annotations

import argparse
import re
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import workplace
from bench.workplace import Row

PAGE = 20
"""Records a page, so that a night of sixty has several and any of them may fail."""


def faults(names: tuple[str, ...], probability: float) -> list[str]:
    return [f"{name}={probability}" for name in names]


def measure(args: argparse.Namespace) -> Iterator[Row]:
    count = args.papers
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workplace.make_papers(folder, count, workplace.SMALL)
        keys = {
            "output__dir": '"out"',
            "arxiv__patience": str(args.patience),
            "arxiv__page_size": str(PAGE),
            "arxiv__pdf_interval": "0.2",
        }
        bad = faults(workplace.ARXIV_FAULTS, args.arxiv)
        worse = faults(workplace.MODEL_FAULTS, args.model)
        with (
            workplace.arxiv(
                folder,
                "--rate",
                3,
                "--slow",
                args.slow,
                "--seed",
                args.seed,
                "--fault",
                *bad,
            ) as arxiv,
            workplace.server(
                "llm_server.py",
                "--latency",
                0.3,
                "--seed",
                args.seed,
                "--fault",
                *worse,
            ) as model,
        ):
            ran = workplace.run(
                workplace.configure(folder, arxiv, model, **keys)
            )
            counts = workplace.stats(arxiv)["counts"]
            yield (
                "seconds until it ended by itself",
                ran.seconds,
                "",
                ran.code in {0, 1, 3},
            )
            yield "exit code", ran.code, "0, 1 or 3", ran.code in {0, 1, 3}
            yield from (
                (f"  arXiv answered {what}", number, "", True)
                for what, number in sorted(counts.items())
            )
            yield "  model calls", workplace.stats(model)["calls"], "", True
            yield "posted", ran.posted, "", True
            yield "pending with a reason", ran.pending, "", True
            yield from workplace.politeness(arxiv)
        yield (
            "leftovers in the output",
            leftovers(folder / "out"),
            "0",
            leftovers(folder / "out") == 0,
        )
        with (
            workplace.arxiv(folder, "--rate", 3) as arxiv,
            workplace.server("llm_server.py") as model,
        ):
            config = workplace.configure(folder, arxiv, model, **keys)
            ran = workplace.run(config)
            yield "clean night, s", ran.seconds, "", True
            if ran.code:
                ran = workplace.run(config, "retry")
            done = posted(folder / "out")
            yield "posted in the end", done, f"= {count}", done == count
            yield (
                "posted twice",
                twice(folder / "out"),
                "0",
                twice(folder / "out") == 0,
            )
            yield "exit code in the end", ran.code, "0", ran.code == 0
            yield from workplace.politeness(arxiv)


def leftovers(out: Path) -> int:
    return sum(1 for _ in out.rglob("*.part"))


def twice(out: Path) -> int:
    """Papers that stand more than once in the posts."""
    shown = Counter(
        name
        for post in out.rglob("*.md")
        for name in re.findall(
            r"^## .*(Study \d+)$", post.read_text(), re.MULTILINE
        )
    )
    return sum(count - 1 for count in shown.values())


def posted(out: Path) -> int:
    store = sqlite3.connect(out / "screen.db")
    count: int = store.execute(
        "SELECT count(*) FROM candidates WHERE stage = 'posted'"
    ).fetchone()[0]
    store.close()
    return count


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--papers", type=int, default=60)
    parser.add_argument(
        "--arxiv",
        type=float,
        default=0.15,
        help="probability of each of arXiv's faults",
    )
    parser.add_argument(
        "--model",
        type=float,
        default=0.1,
        help="probability of each of the model's faults",
    )
    parser.add_argument(
        "--patience", type=float, default=2700.0, help="as [arxiv] patience"
    )
    parser.add_argument(
        "--slow",
        type=float,
        default=20.0,
        help="seconds before a slow answer of arXiv",
    )
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    title = f"A night of {args.papers} papers with faults of {args.arxiv} and {args.model} each"
    return workplace.show(title, measure(args))


if __name__ == "__main__":
    sys.exit(main())
