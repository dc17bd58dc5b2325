"""What a paper costs: tokens a call over the real papers of ../shared with its stand-in for a
model, times each price.

python bench/cost.py

The stand-in counts four characters as a token and one for each Chinese character; it fills the
review's schema with sentences of usual length. What a real model counts differs by its
tokenizer, what it writes by its manner.
"""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
TOPIC = '[topics."Everything"]\nphrases = ["model", "image", "video", "learning", "data"]\nthreshold = 0.0\n'


@contextmanager
def serving(tool: str, *words: str) -> Iterator[str]:
    """A server of ../shared/tools while the `with` lasts; its address."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    command = [
        sys.executable,
        str(SHARED / "tools" / tool),
        "--port",
        str(port),
        *words,
    ]
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        time.sleep(2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


def night(folder: Path) -> None:
    """One run over all papers that there are."""
    (folder / "config.toml").write_text(TOPIC, encoding="utf-8")
    records = str(SHARED / "arxiv" / "corpus_records.jsonl")
    with (
        serving(
            "arxiv_server.py", "--only-with-pdf", "--records", records
        ) as arxiv,
        serving("llm_server.py") as model,
    ):
        settings = {
            "ARXIV__API": f"{arxiv}/api/query",
            "ARXIV__SOURCES": '["api"]',
            "ARXIV__PDF": f"{arxiv}/pdf",
            "ARXIV__PDF_INTERVAL": "0",
            "MODEL__PROVIDER": "custom",
            "MODEL__BASE_URL": f"{model}/v1",
            "MODEL__NAME": "stand-in",
        }
        environ = os.environ | {
            f"SCREEN_{name}": value for name, value in settings.items()
        }
        words = [
            sys.executable,
            "-m",
            "pipeline",
            "--config",
            str(folder / "config.toml"),
            "--since",
            "2026-09-01",
        ]
        environ["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)
        subprocess.run(words, env=environ, cwd=folder, check=False)


def main() -> None:
    from pipeline.llm.providers import presets

    with tempfile.TemporaryDirectory() as name:
        night(Path(name))
        with closing(
            sqlite3.connect(Path(name) / "output" / "screen.db")
        ) as store:
            rows = store.execute(
                "SELECT paper_id, sum(input_tokens), sum(output_tokens) FROM calls GROUP BY paper_id"
            )
            papers = rows.fetchall()
            calls = store.execute("SELECT count(*) FROM calls").fetchone()[0]
    inputs, outputs = (
        sorted(row[1] for row in papers),
        sorted(row[2] for row in papers),
    )
    print(f"{len(papers)} papers, {calls} calls")
    means = []
    for kind, tokens in (("input", inputs), ("output", outputs)):
        means.append(sum(tokens) / len(tokens))
        print(
            f"{kind}: mean {means[-1]:,.0f}, from {tokens[0]:,} to {tokens[-1]:,} tokens a paper"
        )
    for provider, preset in presets().items():
        for model, known in preset.models.items():
            if known.price:
                cost = 1000 * known.price.cost(*map(round, means))
                print(
                    f"{provider:9} {model:22} {cost:7.2f} USD for 1,000 papers"
                )


if __name__ == "__main__":
    main()
