"""Disks that fill up in the middle of a night, and the run after room was made: python
bench/full_disk.py [--papers 8]

Each disk is a small tmpfs, so it needs the right to mount; without it nothing is measured.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import workplace
from bench.workplace import Row

SIZES = ("300k", "600k", "1m", "1500k")
ROOM = "200m"


@contextlib.contextmanager
def disk(folder: Path, size: str) -> Iterator[None]:
    folder.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        check=True,
    )
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def measure(count: int) -> Iterator[Row]:
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            workplace.make_papers(folder, count, workplace.SMALL)
            with disk(folder / "out", size), workplace.arxiv(folder) as arxiv:
                config = workplace.configure(
                    folder,
                    arxiv,
                    output__dir='"out"',
                    arxiv__pdf_interval="0.0",
                )
                ran = workplace.run(config)
                said = ran.stderr.strip().splitlines()[-1]
                full = ran.code == 1 and (
                    "No space" in said or "disk is full" in said
                )
                yield (
                    f"{size}: exit code",
                    ran.code,
                    "1, saying so, or 0",
                    full or ran.code == 0,
                )
                first = ran.posted
                torn = sum(1 for _ in (folder / "out").rglob("*.part"))
                yield f"{size}: torn files", torn, "0", torn == 0
                subprocess.run(
                    [
                        "mount",
                        "-o",
                        f"remount,size={ROOM}",
                        str(folder / "out"),
                    ],
                    check=True,
                )
                ran = workplace.run(config)
                yield (
                    f"{size}: posted once there is room",
                    first + ran.posted,
                    f"= {count}",
                    first + ran.posted == count,
                )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--papers", type=int, default=8)
    args = parser.parse_args()
    if os.name != "posix" or os.geteuid():
        print("only root may mount a small disk; nothing is measured")
        return 0
    return workplace.show("Full disks", measure(args.papers))


if __name__ == "__main__":
    sys.exit(main())
