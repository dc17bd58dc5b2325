"""Time and tokens of packing: python bench/packing.py [--kept FOLDER]. Prints a row a paper and
the worst of all; then how much of what readers quoted is sent.

`over` is what a request has beyond the paper's own text, in tokens of four characters (one for
a CJK character); the limit is 1,500.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.corpus import papers
from pipeline.config import Model
from pipeline.llm import estimate_tokens
from pipeline.paper import Document, Paper
from pipeline.resources import PROMPTS
from pipeline.summarize.review.draft import schema
from pipeline.summarize.review.paper_context import pack_paper
from pipeline.summarize.review.prompts import load_prompts, review_messages
from pipeline.summarize.verify.quotes.folding import folded_letters

ROOM = Model().paper_tokens
CLAIMS = Path(__file__).resolve().parent / "claims"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--kept",
        type=Path,
        default=Path(tempfile.gettempdir()) / "screen-documents",
    )
    parser.add_argument("--language", default="zh")
    options = parser.parse_args()
    prompts = load_prompts(PROMPTS, options.language)
    shape = json.dumps(schema(), separators=(",", ":"))
    print(
        f"{'paper':<40} {'own':>7} {'sent':>7} {'over':>6} {'estimate':>8} {'ms':>6} {'ms, 8k':>6}"
    )
    worst = [0.0, 0.0]
    for file, paper, document in papers(options.kept):
        own = count(
            "\n".join(passage.text for passage in document.passages())
            + paper.title
            + paper.abstract
        )
        begun = time.perf_counter()
        text = "\n".join(
            message["content"]
            for message in review_messages(
                prompts, pack_paper(paper, document, ROOM)
            )
        )
        middle = time.perf_counter()
        pack_paper(paper, document, 5_000)
        took = (middle - begun) * 1000, (time.perf_counter() - middle) * 1000
        sent = count(text + shape)
        print(
            f"{file:<40} {own:>7} {sent:>7} {sent - own:>6} {estimate_tokens(text):>8} {took[0]:>6.1f} {took[1]:>6.1f}"
        )
        worst = [max(worst[0], sent - own), max(worst[1], *took)]
    print(
        f"worst: {worst[0]:.0f} tokens over, {worst[1]:.1f} ms; fixed part {count(prompts.review + shape)} tokens"
    )
    read = {
        file: (paper, document)
        for file, paper, document in papers(options.kept)
    }
    for name in ("tuning", "kept"):
        for room in (6_300, 7_400, 12_000):
            share = quoted_share(name, read, room)
            print(f"{name}, {room} tokens: {share:.3f} of the quotes are sent")


def quoted_share(
    name: str, read: Mapping[str, tuple[Paper, Document]], room: int
) -> float:
    """Of the quotes of the true statements of a set, the share that stands in what is sent."""
    lines = (CLAIMS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    claims = [claim for claim in map(json.loads, lines) if claim["true"]]
    sent = {
        file: folded_letters(pack_paper(*read[file], room))
        for file in {claim["paper"] for claim in claims}
    }
    found = [
        _stands_in(claim["quote"], sent[claim["paper"]]) for claim in claims
    ]
    return sum(found) / len(found)


def _stands_in(quote: str, text: str) -> bool:
    """Whether most of a quote does: the checks allow for a slip."""
    letters = folded_letters(quote)
    return letters[:60] in text or letters[-60:] in text


def count(text: str) -> int:
    """Tokens: one for a CJK character, one for four others."""
    wide = len(re.findall(r"[\u3040-\u30ff\u3400-\u9fff]", text))
    return wide + (len(text) - wide + 3) // 4


if __name__ == "__main__":
    main()
