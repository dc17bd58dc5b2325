"""Judge records offline, as `screen judge` does: a JSON line each with id, score, keep, why.

python bench/judge_records.py --topic "Talking Head" --records ../shared/arxiv/records.jsonl [--bare]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.config import load
from pipeline.paper import Topic
from pipeline.screen.rank import judge
from pipeline.screen.records import read_record


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--topic", required=True)
    parser.add_argument("--records", type=Path, required=True)
    parser.add_argument("--bare", action="store_true", help="use the words of the name only")
    args = parser.parse_args()
    topic = Topic(args.topic, configured=False) if args.bare else load().topic(args.topic)
    with args.records.open(encoding="utf-8") as lines:
        papers = [read_record(json.loads(line)) for line in lines]
    for verdict in judge(topic, papers):
        print(json.dumps({"id": verdict.paper_id, "score": verdict.score, "keep": verdict.keep, "why": verdict.why}))


if __name__ == "__main__":
    main()
