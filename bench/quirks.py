"""A review by each endpoint of ../shared/tools/llm_quirks.py: python bench/quirks.py [MODE …]

Prints for each mode the exit code that `arxiv-screen read` would end with, the calls, the form that
was remembered, how many words of TeX and control characters its texts hold, and the error.
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
import urllib.request
from contextlib import closing
from pathlib import Path
from socket import create_server
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.corpus import SHARED, papers
from pipeline.errors import ScreenError
from pipeline.llm import Endpoint, ModelClient
from pipeline.paper import Review
from pipeline.resources import PROMPTS
from pipeline.summarize.review.reviewer import review
from tests.llm.endpoint import PlainLedger

TOOL = SHARED / "tools" / "llm_quirks.py"


def modes() -> list[str]:
    """The names of all modes."""
    return re.findall(r"def m_(\w+)", TOOL.read_text(encoding="utf-8"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modes", nargs="*")
    parser.add_argument(
        "--kept",
        type=Path,
        default=Path(tempfile.gettempdir()) / "screen-documents",
    )
    options = parser.parse_args()
    case = next(papers(options.kept))[1:]
    with closing(create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, str(TOOL), str(port)])
    try:
        time.sleep(1)
        for mode in options.modes or modes():
            report(mode, f"http://127.0.0.1:{port}/{mode}", case)
    finally:
        server.kill()
        server.wait()


def report(mode: str, url: str, case: Any) -> None:
    """Review the paper by that mode, and print a line."""
    ledger = PlainLedger()
    base = f"{url}/" if mode == "no_v1" else f"{url}/v1"
    begun = time.perf_counter()
    result = asyncio.run(_review(base, ledger, case))
    seconds = time.perf_counter() - begun
    with urllib.request.urlopen(f"{url}/calls") as answer:
        calls = json.load(answer)
    known = [json.loads(value) for value in ledger.memory.values()]
    form = known[0]["form"] if known else "-"
    code = 0 if isinstance(result, Review) else result.exit_code
    text = (
        f"{result.advice[:230]}"
        if isinstance(result, ScreenError)
        else signs(result)
    )
    print(
        f"{mode:<20} exit {code}  {len(calls)} calls, {len(ledger.calls)} booked  {form:<12} {seconds:5.1f} s  {text}"
    )


def signs(told: Review) -> str:
    """What of TeX, control and half characters stands in a review."""
    text = repr(told)
    tex = sorted(set(re.findall(r"\\\\([a-zA-Z]+)", text)))
    bad = re.findall(r"\\x[01].|\\ud[89a-f]..|\\x0[bc]|\ufffd", text)
    return " ".join([*tex, *bad])


async def _review(
    url: str, ledger: PlainLedger, case: Any
) -> Review | ScreenError:
    endpoint = Endpoint(
        "custom", url, "quirk-1", key="sk-test-key-123", context=128_000
    )
    async with ModelClient(endpoint, ledger, timeout=4.0) as model:
        try:
            return await review(
                *case, model=model, language="zh", prompts=PROMPTS
            )
        except ScreenError as error:
            return error


if __name__ == "__main__":
    main()
