"""The measures of ../shared on real papers, records and lines, against limits somewhat below
what is reached.

python .ci/corpus.py       `screen` must be on the PATH; where ../shared is absent there is
nothing to measure
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[2] / "shared"
TOPICS = {"Talking Head": "talking-head", "Virtual Human / Avatar": "avatar"}

EXTRACTION = {
    "figure.f1": 0.97,
    "table.f1": 0.97,
    "algorithm.f1": 0.8,
    "figure.caption": 0.98,
    "table.caption": 0.98,
    "headings_f1": 0.97,
    "framework": 0.92,
    "title": 0.96,
    "affiliation": 0.96,
    "code": 0.96,
}
SCREENING = {"recall": 0.95, "precision": 0.97, "auc": 0.98}
LEFTOVERS = {"recall": 0.97}
FALSE_ALARMS = 0.02


def measure(tool: str, *words: str) -> dict[str, Any]:
    """What a measure prints: one JSON object, last."""
    command = [sys.executable, str(SHARED / "tools" / tool), *words]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True
    )
    last = done.stdout.strip().splitlines()[-1]
    print(last)
    found: dict[str, Any] = json.loads(last)
    return found


def below(
    found: dict[str, Any], limits: dict[str, float], what: str
) -> Iterator[str]:
    """Figures that fall short."""
    for key, limit in limits.items():
        value: Any = found
        for step in key.split("."):
            value = value[step]
        if value < limit:
            yield f"{what}: {key} is {value}, below {limit}"


def shortfalls() -> Iterator[str]:
    found = measure("score_extraction.py")
    yield from below(found, EXTRACTION, "extraction")
    if found["failed"]:
        yield f"extraction: {found['failed']} papers failed"
    for topic, name in TOPICS.items():
        labels = SHARED / "labels"
        words = [
            "--labels",
            str(labels / f"{name}.jsonl"),
            "--unlabelled",
            str(labels / f"{name}.ungraded.txt"),
        ]
        yield from below(
            measure("score_screening.py", "--topic", topic, *words),
            SCREENING,
            topic,
        )
    found = measure("score_lint.py")
    yield from below(found, LEFTOVERS, "lint")
    if found["false_alarm"] > FALSE_ALARMS:
        yield f"lint: false_alarm is {found['false_alarm']}, above {FALSE_ALARMS}"


def main() -> int:
    if not SHARED.is_dir():
        print("skipped: there is no ../shared here")
        return 0
    short = list(shortfalls())
    print("\n".join(short) or "all above their limits")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
