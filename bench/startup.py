"""How long the program takes to be of use, next to an interpreter that does nothing.

python bench/startup.py [--rounds 21]

Each round runs all commands once, one after the other, so that other work on the machine falls
on all alike. The time is the processor's, for the same reason. Exit 1 when `arxiv-screen --help`
takes more than 8 times `python -c pass`, or judging the records of ../shared (where they are)
more than 3 seconds.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
from pathlib import Path

MOST_HELP = 8.0
"""Times `python -c pass`."""
MOST_JUDGING = 3.0
"""Seconds for 1,944 records."""
PYTHON = sys.executable
PROJECT = Path(__file__).resolve().parent.parent
RECORDS = PROJECT.parent / "shared" / "arxiv" / "records.jsonl"
SCREEN = [
    PYTHON,
    "-c",
    "import sys; sys.argv[0] = 'screen'; from pipeline.cli.main import main; main()",
]
COMMANDS = {
    "python -c pass": [PYTHON, "-c", "pass"],
    "screen --help": [*SCREEN, "--help"],
    "screen --version": [*SCREEN, "--version"],
    "screen topics": [*SCREEN, "topics"],
    "screen extract PDF": [
        *SCREEN,
        "extract",
        str(PROJECT / "pipeline/demo/papers/0000.00001.pdf"),
    ],
}


def seconds(command: list[str]) -> float:
    """Processor time of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, cwd=PROJECT, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rounds", type=int, default=21)
    rounds = parser.parse_args().rounds
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for turn in range(rounds):
        for name, command in COMMANDS.items():
            if turn < 3 or name in ("python -c pass", "screen --help"):
                taken[name].append(seconds(command))
    bare = statistics.median(taken["python -c pass"])
    for name, times in taken.items():
        print(
            f"{name:20} {statistics.median(times) * 1000:7.1f} ms  {statistics.median(times) / bare:6.1f} x"
        )
    late = statistics.median(taken["screen --help"]) > MOST_HELP * bare
    if RECORDS.exists():
        judging = seconds(
            [
                *SCREEN,
                "judge",
                "--topic",
                "Talking Head",
                "--records",
                str(RECORDS),
            ]
        )
        print(f"{'screen judge':20} {judging * 1000:7.1f} ms  1,944 records")
        late |= judging > MOST_JUDGING
    return int(late)


if __name__ == "__main__":
    sys.exit(main())
