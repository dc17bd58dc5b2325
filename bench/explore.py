"""Run the property tests with random examples, many more than the tests do.

    python bench/explore.py [TESTS …] [--seed 7] [--rounds 3]

The tests themselves take the same examples every time. Here each round takes new ones and prints
its seed; what is found becomes a test. Ends with the first failing round, exit 1.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    arguments = parse_arguments()
    seed = arguments.seed
    for number in range(arguments.rounds):
        print(f"round {number + 1}: --seed {seed + number}", flush=True)
        if explore(arguments.tests, seed + number):
            sys.exit(1)


def explore(tests: list[str], seed: int) -> int:
    """Run pytest over the property tests with one seed; its exit code."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-m",
        "hypothesis",
        f"--hypothesis-seed={seed}",
    ]
    environment = os.environ | {"SCREEN_TEST_PROFILE": "exploring"}
    return subprocess.run(
        [*command, *tests], cwd=ROOT, env=environment, check=False
    ).returncode


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tests", nargs="*", default=["tests"])
    parser.add_argument(
        "--seed", type=int, default=random.SystemRandom().randrange(10**6)
    )
    parser.add_argument("--rounds", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
