"""Reviews of real papers by an endpoint that misbehaves: python bench/faults.py [--papers 12]
[--fault NAME=P …]

Without --fault: once without faults, then each fault at 0.3, then all at 0.08; after each a
night without faults, in which only pending papers may be asked for.
What is looked for in the reviews is looked for here by other means than those of the checks.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.corpus import SHARED, papers
from pipeline.errors import ReviewIncomplete, ScreenError
from pipeline.llm import Endpoint, ModelClient
from pipeline.paper import Claim, Document, Paper, Review
from pipeline.resources import PROMPTS
from pipeline.summarize.review.reviewer import review
from tests.llm.endpoint import PlainLedger

FAULTS = (
    "429",
    "500",
    "hang",
    "truncate",
    "notjson",
    "placeholder",
    "refuse",
    "number",
    "misquote",
    "english",
    "empty",
    "schema",
)
LISTS = (
    "takeaways",
    "background",
    "past",
    "method",
    "performance",
    "methods",
    "significance",
    "innovation",
    "results",
    "workload",
)
Case = tuple[Paper, Document]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--kept",
        type=Path,
        default=Path(tempfile.gettempdir()) / "screen-documents",
    )
    parser.add_argument("--papers", type=int, default=12)
    parser.add_argument("--language", default="zh")
    parser.add_argument("--fault", nargs="*", default=None)
    parser.add_argument("--port", type=int, default=8471)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    cases = [(paper, document) for _, paper, document in papers(options.kept)][
        : options.papers
    ]
    rounds = [
        [],
        *([f"{name}=0.3"] for name in FAULTS),
        [f"{name}=0.08" for name in FAULTS],
    ]
    if options.fault is not None:
        rounds = [options.fault]
    print(
        f"{'faults':<18} {'whole':>5} {'pending':>7} {'calls':>5} {'bad':>4} {'seconds':>7}  why pending, what is bad"
    )
    for faults in rounds:
        run(cases, faults, options)


def run(
    cases: list[Case], faults: list[str], options: argparse.Namespace
) -> None:
    """One night with the faults and the next one without, on the same ledger."""
    ledger = PlainLedger()
    name = "all=0.08" if len(faults) > 1 else "".join(faults) or "none"
    for title, dealt in ((name, faults), ("  next night, none", [])):
        command = [
            sys.executable,
            SHARED / "tools" / "llm_server.py",
            "--port",
            str(options.port),
            "--hang",
            "6",
        ]
        command += ["--fault", *dealt] if dealt else []
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as server:
            try:
                assert server.stdout
                server.stdout.readline()
                report(title, cases, ledger, options)
            finally:
                server.kill()


def report(
    name: str,
    cases: list[Case],
    ledger: PlainLedger,
    options: argparse.Namespace,
) -> None:
    url = f"http://127.0.0.1:{options.port}"
    before, begun = calls(url), time.perf_counter()
    results = asyncio.run(
        review_all(cases, ledger, f"{url}/v1", options.language)
    )
    took = time.perf_counter() - begun
    whole = [result for result in results if isinstance(result, Review)]
    why = Counter(
        str(result)[:90] for result in results if not isinstance(result, Review)
    )
    bad = [
        f"{case[0].id} {fault}"
        for case, result in zip(cases, results, strict=True)
        if isinstance(result, Review)
        for fault in faults_of(result, *case, options.language)
    ]
    row = f"{name:<18} {len(whole):>5} {len(cases) - len(whole):>7} {calls(url) - before:>5} {len(bad):>4} {took:>7.1f}"
    print(
        row,
        dict(why) if options.verbose else dict(why.most_common(2)),
        bad[: 99 if options.verbose else 3],
        flush=True,
    )
    unexpected = [
        result
        for result in results
        if not isinstance(result, Review | ReviewIncomplete)
    ]
    for result in unexpected[:3]:
        print("   unexpected:", type(result).__name__, result)


async def review_all(
    cases: list[Case], ledger: PlainLedger, url: str, language: str
) -> list[Review | ScreenError]:
    endpoint = Endpoint("custom", url, "stand-in", key="test", context=128_000)
    waits = {
        "sleep": lambda seconds: asyncio.sleep(seconds / 100),
        "timeout": 4.0,
    }  # below --hang; a busy machine answers later than in a second
    async with ModelClient(endpoint, ledger, concurrency=4, **waits) as model:  # type: ignore[arg-type]

        async def one(paper: Paper, document: Document) -> Review | ScreenError:
            try:
                return await review(
                    paper,
                    document,
                    model=model,
                    language=language,
                    prompts=PROMPTS,
                )
            except ScreenError as error:
                return error

        return await asyncio.gather(*(one(*case) for case in cases))


def calls(url: str) -> int:
    with urllib.request.urlopen(f"{url}/stats") as answer:
        return int(json.load(answer)["calls"])


def claims_of(told: Review) -> Iterator[tuple[str, Claim]]:
    yield "summary", told.summary
    for name in LISTS:
        yield from (
            (f"{name}.{place}", claim)
            for place, claim in enumerate(getattr(told, name))
        )


def faults_of(
    told: Review, paper: Paper, document: Document, language: str
) -> Iterator[str]:
    """What must not be in a review: a leak, a quote or number that the paper lacks, English, an
    empty item.
    """
    leaks = {
        json.loads(line)["text"]
        for line in (SHARED / "replies" / "leaks.jsonl").open(encoding="utf-8")
    }
    text = letters(
        "".join(p.text for p in document.passages())
        + paper.title
        + paper.abstract
    )
    digits = set(re.findall(r"\d+(?:\.\d+)?", spelled(document, paper)))
    for name in ("title", "affiliation", "keywords", *LISTS):
        if not getattr(told, name) and not (
            name == "affiliation" and not document.first_affiliation
        ):
            yield f"{name} is empty"
    for place, claim in claims_of(told):
        if claim.text in leaks or "teacup" in claim.quote:
            yield f"{place}: leak {claim.text}"
        if len(claim.text) < 4 or (
            language == "zh"
            and not re.search(r"[\u4e00-\u9fff]{4}", claim.text)
        ):
            yield f"{place}: not Chinese or empty: {claim.text}"
        if claim.quote and letters(claim.quote) not in text:
            yield f"{place}: quote not found: {claim.quote}"
        for number in re.findall(
            r"(?<![A-Za-z\d.])\d+(?:\.\d+)?(?![\dA-Za-z])", claim.text
        ):
            if number not in digits:
                yield f"{place}: number {number} in {claim.text}"


def spelled(document: Document, paper: Paper) -> str:
    return (
        "\n".join(passage.text for passage in document.passages())
        + paper.title
        + paper.abstract
    )


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", text)).casefold()


if __name__ == "__main__":
    main()
