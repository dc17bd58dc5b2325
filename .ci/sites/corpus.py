"""Put posts of real papers into fresh sites, as two nights of `screen` leave them, and see that
it does no harm there.

python .ci/sites/corpus.py FOLDER    makes FOLDER/hexo/corpus, FOLDER/vuepress/corpus, adds to
FOLDER/expected.json

Does nothing where ../shared, with the papers and a local arXiv and model, is not there.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import fill

sys.path.insert(0, str(fill.ROOT / "bench"))

from workplace import SHARED, environment, server

from pipeline.config_file import load
from pipeline.render.sites.registry import FACES
from pipeline.run.posting.assemble_post import assemble
from pipeline.store import Store

RECORDS = SHARED / "arxiv" / "corpus_records.jsonl"
WITH_MODEL = (
    "Talking Head",
    "Facial Expression Recognition",
    "NeRF",
    "Diffusion Models",
)
"""Reviewed by the model; the other topics are reviewed without one."""
OWN = (
    "_posts/mine.md",
    "_posts/Paper/mine.md",
    "images/mine.png",
    "papers/mine/index.md",
    "paper/mine.md",
)
"""Files of the site's owner, close to where posts go."""


def digests(folder: Path) -> dict[str, str]:
    """Every file, hidden ones too, with the digest of its bytes."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in found
    }


def variables(folder: Path, arxiv: str, model: str) -> dict[str, str]:
    """The environment of a run into these sites."""
    return environment(
        SCREEN_ARXIV__API=f"{arxiv}/api/query",
        SCREEN_ARXIV__PDF=f"{arxiv}/pdf",
        SCREEN_ARXIV__OAI=f"{arxiv}/oai",
        SCREEN_ARXIV__FEED=f"{arxiv}/atom",
        SCREEN_ARXIV__PDF_INTERVAL="0.1",
        SCREEN_MODEL__BASE_URL=f"{model}/v1",
        SCREEN_MODEL__NAME="stand-in",
        SCREEN_SCREEN__REPEAT="full",  # each page must show its papers whole
        SCREEN_OUTPUT__DIR=str(folder / "corpus"),
        SCREEN_OUTPUT__FACES='["hexo", "vuepress", "markdown", "feed", "index"]',
        SCREEN_HEXO__SOURCE=str(folder / "hexo" / "corpus"),
        SCREEN_VUEPRESS__SOURCE=str(folder / "vuepress" / "corpus"),
    )


def screen(*arguments: str, code: int = 0, **values: str) -> None:
    """Run the program; it must end with this code."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        env=values,
        cwd=fill.ROOT,
        stdout=subprocess.PIPE,
        check=False,
    )
    assert done.returncode == code, (
        f"screen {arguments} ended with {done.returncode}"
    )


def fresh(sources: Sequence[Path]) -> None:
    """Sites with nothing but files of their owner."""
    for source in sources:
        shutil.rmtree(source, ignore_errors=True)
        for name in OWN:
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_text("Mine.\n", encoding="utf-8")


def rerender(sources: Sequence[Path], environ: dict[str, str]) -> None:
    """Rendering again changes no byte; what was edited by hand stays, until it is forced."""
    before = [digests(source) for source in sources]
    screen("render", **environ)
    assert [digests(source) for source in sources] == before, (
        "the second rendering is not the first"
    )
    edited = next(sources[0].glob("_posts/Paper/*/NeRF.md"))
    theirs = edited.read_bytes()
    edited.write_bytes(theirs + b"\nA note of ours.\n")
    screen("render", code=1, **environ)
    assert edited.read_bytes().endswith(b"A note of ours.\n"), (
        "an edited post was overwritten"
    )
    screen("render", "--force", **environ)
    assert [digests(source) for source in sources] == before, (
        "--force did not bring the post back"
    )


def expect(folder: Path, environ: dict[str, str]) -> int:
    """Say what each page must show; how many papers that is."""
    expected = json.loads(
        (folder / "expected.json").read_text(encoding="utf-8")
    )
    store, config = (
        Store.open(folder / "corpus", create=False),
        load(environ=environ),
    )
    posts = [
        assemble(store, config, topic, day) for day, topic in store.posts.all()
    ]  # entries are read when looked at
    for name in ("hexo", "vuepress"):
        for post in posts:
            path = FACES[name].post_path(post.file_name, post.date)
            expected[f"{name}-corpus:{fill.address(name, path, post)}"] = (
                fill.expected(post)
            )
    (folder / "expected.json").write_text(
        json.dumps(expected, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    papers = sum(len(post.entries) for post in posts)
    store.close()
    return papers


def main(folder: Path) -> None:
    """Runs with and without a model into fresh sites."""
    if not RECORDS.exists():
        print(f"no {RECORDS}: only posts of our own making")
        return
    sources = [folder / "hexo" / "corpus", folder / "vuepress" / "corpus"]
    shutil.rmtree(folder / "corpus", ignore_errors=True)
    fresh(sources)
    with (
        server(
            "arxiv_server.py", "--only-with-pdf", "--records", RECORDS
        ) as arxiv,
        server("llm_server.py") as model,
    ):
        environ = variables(folder, arxiv, model)
        topics = [word for topic in WITH_MODEL for word in ("--topic", topic)]
        screen(
            *topics,
            "--since",
            "2026-10-01",
            **environ | {"SCREEN_MODEL__PROVIDER": "custom"},
        )
        screen(
            "--since",
            "2026-10-01",
            **environ | {"SCREEN_MODEL__PROVIDER": "extractive"},
        )
    rerender(sources, environ)
    for source in sources:
        for name in OWN:
            assert (source / name).read_text(encoding="utf-8") == "Mine.\n", (
                f"{source / name} is not as it was"
            )
    print(
        f"{expect(folder, environ)} reviews of real papers in posts",
        file=sys.stderr,
    )


if __name__ == "__main__":
    os.nice(5)
    main(Path(sys.argv[1]).resolve())
