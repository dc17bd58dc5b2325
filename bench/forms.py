"""Reviews by endpoints that take less than the shipped ones: python bench/forms.py [--papers 8]

Each takes only some forms of a request, only so many fields of a review at once, or a small
context. What it writes is made from the schema and the paper by the stand-in of ../shared,
which itself answers without a schema nothing of use. Prints how many papers are whole, the
calls of a first night, and of a second one with other papers, when all is known.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import json
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.corpus import SHARED, papers
from bench.faults import Case, faults_of, review_all
from pipeline.paper import Review
from tests.llm.endpoint import (
    Answer,
    FakeEndpoint,
    PlainLedger,
    completion,
    refusal_of,
)

TOLD = "of this JSON Schema and nothing else:\n"
ALL = ("json_schema", "json_object", "text")
CASES: tuple[tuple[str, tuple[str, ...], int, int], ...] = (
    ("any form", ALL, 99, 128_000),
    ("json_object or text", ALL[1:], 99, 128_000),
    ("text only", ALL[2:], 99, 128_000),
    ("text, 10 fields at once", ALL[2:], 10, 128_000),
    ("text, 6 fields at once", ALL[2:], 6, 128_000),
    ("any form, 8,000 tokens", ALL, 99, 8_000),
    ("text, 6 fields, 6,000 tokens", ALL[2:], 6, 6_000),
)
"""What it is called, the forms and the number of fields that it takes, and tokens of its
context.
"""


def stand_in() -> Any:
    """The module of the stand-in for a model."""
    spec = importlib.util.spec_from_file_location(
        "stand_in", SHARED / "tools" / "llm_server.py"
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answering(
    tools: Any, forms: tuple[str, ...], fields: int, context: int
) -> Callable[[dict[str, Any]], Answer]:
    def answer(request: dict[str, Any]) -> Answer:
        texts = [message["content"] for message in request["messages"]]
        sent = tools.count("\n".join(texts))
        if sent > context:
            said = f"This model's maximum context length is {context} tokens. Your messages resulted in {sent} tokens."
            return refusal_of(400, said, "context_length_exceeded")
        shape = request.get("response_format", {})
        if shape.get("type", "text") not in forms:
            return refusal_of(
                400, f"response_format {shape['type']} is not supported"
            )
        schema = (
            shape["json_schema"]["schema"]
            if "json_schema" in shape
            else json.loads(texts[0].partition(TOLD)[2])
        )
        if len(schema["properties"]) > fields:
            return completion(
                "本文提出了一种方法，实验说明它有效。", prompt_tokens=sent
            )
        writer = tools.Writer(
            max(texts, key=len),
            zlib.crc32("\n".join(texts).encode()),
            english=False,
        )
        return completion(
            json.dumps(writer.fill(schema), ensure_ascii=False),
            prompt_tokens=sent,
        )

    return answer


def night(url: str, cases: list[Case], ledger: PlainLedger) -> list[Any]:
    return asyncio.run(review_all(cases, ledger, url, "zh"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--kept",
        type=Path,
        default=Path(tempfile.gettempdir()) / "screen-documents",
    )
    parser.add_argument("--papers", type=int, default=8)
    options = parser.parse_args()
    tools = stand_in()
    cases = [(paper, document) for _, paper, document in papers(options.kept)][
        : 2 * options.papers
    ]
    halves = cases[: options.papers], cases[options.papers :]
    print(
        f"{'endpoint':<30} {'whole':>7} {'calls':>6} {'second':>7} {'bad':>4}  remembered; why pending"
    )
    for name, forms, fields, context in CASES:
        ledger = PlainLedger()
        with FakeEndpoint(answering(tools, forms, fields, context)) as server:
            first = night(server.url, halves[0], ledger)
            calls = len(server.requests)
            results = [*first, *night(server.url, halves[1], ledger)]
            second = len(server.requests) - calls
        whole = [
            (one, case)
            for one, case in zip(results, cases, strict=True)
            if isinstance(one, Review)
        ]
        bad = sum(1 for one, case in whole for _ in faults_of(one, *case, "zh"))
        known = [json.loads(value) for value in ledger.memory.values()]
        traits = ", ".join(
            f"{key} {one[key]}"
            for one in known
            for key in ("form", "parts", "context")
        )
        why = {str(one)[:80] for one in results if not isinstance(one, Review)}
        print(
            f"{name:<30} {len(whole):>3}/{len(cases):<3} {calls:>6} {second:>7} {bad:>4}  {traits}; {why or ''}"
        )


if __name__ == "__main__":
    main()
