"""Memory of the driver over one run of many papers: python bench/memory.py [--papers 2000]
[--pdfs FOLDER]

Small PDFs of the demonstration, or those of a folder, under made-up ids, without a model; the
peak is the kernel's own count (VmHWM).
Flat: the driver holds no more at the last paper than at the 200th; the posts are written after
that.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import workplace
from bench.workplace import Row

LOOK = 0.25
"""Seconds between two looks."""
LIMIT, SETTLED = 300.0, 200
"""MB, and papers until everything is loaded."""
GROWTH = 1.1


def memory(pid: int, name: str) -> float:
    """MB of one line of /proc/PID/status; 0 once the process has gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next(
        (
            int(line.split()[1]) / 1000
            for line in lines
            if line.startswith(name)
        ),
        0.0,
    )


def reviewed(log: Path) -> int:
    return log.read_text().count(" review done ") if log.is_file() else 0


def watch(
    run: subprocess.Popen[bytes], log: Path
) -> tuple[float, list[tuple[int, float]]]:
    """The peak, and (papers reviewed, MB held) all along."""
    peak, held = 0.0, []
    while run.poll() is None:
        peak = max(peak, memory(run.pid, "VmHWM"))
        held.append((reviewed(log), memory(run.pid, "VmRSS")))
        time.sleep(LOOK)
    return peak, held


def measure(count: int, pdfs: Path) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workplace.make_papers(folder, count, pdfs)
        with workplace.arxiv(folder) as arxiv:
            config = workplace.configure(
                folder,
                arxiv,
                arxiv__pdf_interval="0.0",
                output__dir='"out"',
                run__keep="20",
                run__log='"night.log"',
            )
            begin = time.monotonic()
            run = subprocess.Popen(
                workplace.command(config), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env=workplace.environment(), cwd=folder,
            )  # fmt: skip
            peak, held = watch(run, folder / "out" / "night.log")
            yield (
                "papers reviewed",
                held[-1][0],
                f"= {count}",
                held[-1][0] == count,
            )
            yield "exit code", run.returncode, "0", run.returncode == 0
            yield "wall time, s", time.monotonic() - begin, "", True
            at_work = [
                (papers, size) for papers, size in held if papers < count
            ]
            last = max(papers for papers, _ in at_work)
            for mark in sorted({1, min(SETTLED, last), count // 2, last}):
                size = next(
                    (size for papers, size in at_work if papers >= mark), 0.0
                )
                yield f"held at paper {mark}, MB", size, "", True
            settled = next(
                (
                    size
                    for papers, size in at_work
                    if papers >= min(SETTLED, count // 2)
                ),
                0.0,
            )
            grown = max(size for papers, size in at_work) / settled
            yield (
                "growth from the 200th paper to the last",
                grown,
                f"<= {GROWTH}",
                grown <= GROWTH or count <= SETTLED,
            )
            yield (
                "peak with posting, MB",
                peak,
                f"<= {LIMIT:.0f}",
                peak <= LIMIT,
            )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--papers", type=int, default=2000)
    parser.add_argument("--pdfs", type=Path, default=workplace.SMALL)
    args = parser.parse_args()
    title = (
        f"Memory of the driver over {args.papers} papers of {args.pdfs.name}"
    )
    return workplace.show(title, measure(args.papers, args.pdfs.resolve()))


if __name__ == "__main__":
    sys.exit(main())
