"""Put posts into fresh sites: usual ones, sixty hostile papers, and papers of a corpus where
there is one.

python .ci/sites/fill.py FOLDER      makes FOLDER/hexo/source, FOLDER/vuepress/docs and
FOLDER/expected.json
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "render")]

import sample_posts as samples

from pipeline.anonymous_manuscript import named_people
from pipeline.citations.tex_as_text import readable_paper
from pipeline.common.clean import clean_line
from pipeline.paper import Entry, Post, Topic
from pipeline.render.markup.formulas import pieces
from pipeline.render.pages.view_models import anchor
from pipeline.render.pages.writer import write
from pipeline.render.sites.base import Night
from pipeline.render.sites.hexo import settings_of
from pipeline.render.sites.registry import (
    FACES,
    render_archive,
    render_night,
    render_post,
)


class Ledger(set[tuple[str, str]]):
    """What was written, for this run only."""

    def wrote(self, path: str, sha256: str) -> bool:
        return (path, sha256) in self

    def note(self, files: Iterable[tuple[str, str]]) -> None:
        self.update(files)


def posts() -> list[Post]:
    """Every kind of post there is, each on a night of its own but for the first two."""
    hostile = samples.hostile_entries(60)
    english = samples.full()
    made = [
        samples.full(),
        samples.post(
            *samples.usual()[:2], topic=Topic("Virtual Human / Avatar")
        ),
        samples.post(
            *english.entries,
            language="en",
            date=samples.DAY - timedelta(days=1),
        ),
    ]
    for index in range(0, 60, 20):
        day = samples.DAY - timedelta(days=30 + index)
        made.append(
            samples.post(
                *hostile[index : index + 20],
                topic=Topic(f"Hostile {index}"),
                date=day,
            )
        )
    return made


def expected(post: Post) -> list[dict[str, object]]:
    """What the page must show of each paper, in pieces between formulas, and how many pictures
    and formulas.
    """
    return [
        {
            "anchor": anchor(entry.paper),
            "title": words(entry.paper.title),
            "texts": [
                words(text)
                for text in (
                    entry.paper.abstract,
                    entry.paper.comment,
                    *named_people(entry.paper.authors),
                    entry.review.summary.text,
                    *(claim.text for claim in entry.review.methods),
                    *(
                        figure.caption
                        for figure in entry.document.figures
                        if figure.file
                    ),
                )
                if clean_line(text)
            ],
            "pictures": sum(
                bool(figure.file) for figure in entry.document.figures
            ),
            "formulas": sum(
                piece.kind in ("inline", "display")
                for piece in pieces(clean_line(entry.paper.abstract))
            ),
        }
        for entry in map(shown, post.entries)
    ]


def shown(entry: Entry) -> Entry:
    """The entry with the text of its record as posts show it."""
    return replace(entry, paper=readable_paper(entry.paper))


def words(text: str) -> list[str]:
    """The words of a text that are no formula, as stretches."""
    stretches = [""]
    for piece in pieces(clean_line(text)):
        if piece.kind in ("inline", "display"):
            stretches.append("")
        else:
            stretches[-1] += piece.text
    return [
        " ".join(stretch.split()) for stretch in stretches if stretch.strip()
    ]


def draw(folder: Path, made: list[Post]) -> None:
    """The pictures that reading the papers would have left."""
    picture = samples.drawing("video")
    for post in made:
        for entry in post.entries:
            for figure in entry.document.figures:
                target = (
                    folder
                    / "papers"
                    / f"{entry.paper.slug}-v{entry.paper.version}"
                    / figure.file
                )
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(picture)


def main(folder: Path) -> None:
    made = posts()
    output = folder / "output"
    shutil.rmtree(output, ignore_errors=True)
    draw(output, made)
    pages: dict[str, list[dict[str, object]]] = {}
    for name, source in (
        ("hexo", folder / "hexo" / "source"),
        ("vuepress", folder / "vuepress" / "docs"),
    ):
        shutil.rmtree(source, ignore_errors=True)
        source.mkdir(parents=True)
        site = settings_of(source)
        face, ledger = FACES[name], Ledger()
        rendered = [render_post(face, post, site) for post in made]
        days = sorted({post.date for post in made})
        nights = [
            Night(
                day,
                samples.WRITTEN,
                tuple(
                    (p.topic.name, len(p.entries))
                    for p in made
                    if p.date == day
                ),
            )
            for day in days
        ]
        rendered += [
            render_night(face, day, [p for p in made if p.date == day], site)
            for day in days
        ]
        rendered.append(render_archive(face, nights, "zh", site))
        for one in rendered:
            _, refused = write(one, source, pictures=output, ledger=ledger)
            assert not refused, refused
        for post in made:
            path = face.post_path(post.file_name, post.date)
            pages[f"{name}:{address(name, path, post)}"] = expected(post)
    (folder / "expected.json").write_text(
        json.dumps(pages, ensure_ascii=False, indent=1), encoding="utf-8"
    )


def address(name: str, path: PurePosixPath, post: Post) -> str:
    """Where the built site has the post."""
    if name == "vuepress":
        return f"/docs/{path.with_suffix('.html')}"
    # Hexo writes dates in the time zone of the machine that builds.
    day = post.written.replace(tzinfo=ZoneInfo("Asia/Shanghai")).astimezone()
    return f"/blog/{day:%Y/%m/%d}/{path.relative_to('_posts').with_suffix('')}/"


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
