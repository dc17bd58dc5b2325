"""A week in which configuration, language, names and folders change between runs.

Nothing that was posted vanishes: a file that showed a paper shows it ever after, unless a reader
has changed the file, and what counts as posted stands in a file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.cli.publishing_actions import render_again
from pipeline.store import Store
from tests.run.place import TOPIC, Place

ID = re.compile(r"2611\.\d{5}")
NAMES = (TOPIC, "talking head", "Talking-Head", "Talking/Head", "Faces 人脸")
OWN_WORDS = "My own words."

change = st.fixed_dictionaries(
    {},
    optional={
        "output.language": st.sampled_from(["zh", "en"]),
        "output.faces": st.sampled_from(
            [["hexo"], ["markdown"], ["hexo", "vuepress", "feed", "index"]]
        ),
        "output.dir": st.sampled_from(["out", "out", "elsewhere"]),
        "hexo.source": st.sampled_from(["", "", "blog"]),
        "screen.limit": st.sampled_from([0, 1]),
        "screen.repeat": st.sampled_from(["full", "link"]),
        "screen.versions": st.sampled_from(["list", "silent", "review"]),
        "run.timezone": st.sampled_from(["UTC", "Asia/Shanghai"]),
        "names": st.lists(
            st.sampled_from(NAMES), min_size=1, max_size=2, unique=True
        ),
        "edited": st.booleans(),
        "rendered": st.booleans(),
        "revised": st.booleans(),
    },
)
week = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 2), change),
    min_size=7,
    max_size=7,
)
"""Days that pass, papers that are announced, and what is changed before each run."""


@dataclass
class Week:
    """The runs of a week, and what their files have shown."""

    place: Place
    shown: dict = field(default_factory=dict)
    """Ids by file."""
    papers: int = 0

    def __post_init__(self):
        self.part = self.place.keys.pop(f"topics.{TOPIC}")
        self.names = [TOPIC]
        self.out = "out"

    def run(self, days, papers, changes):
        """One run after a change."""
        self.place.nights(days)
        self.change(changes)
        for _ in range(papers):
            self.papers += 1
            self.place.arxiv.add(self.papers)
        if changes.get("revised") and self.papers:
            self.place.arxiv.add(1, version=2)
        code, _ = self.place.run()
        assert code in (0, 1), self.place.said.err
        self.check()
        if changes.get("rendered"):
            render_again(self.place.config(), "", force=False)
            self.check()

    def change(self, changes):
        """Write the configuration of the next run."""
        keys = dict(changes)
        self.names = keys.pop("names", self.names)
        self.out = keys.pop("output.dir", self.out)
        folder = self.place.folder
        if "hexo.source" in keys:
            source = keys.pop("hexo.source")
            keys["hexo.source"] = str(folder / source) if source else ""
        if keys.pop("edited", False) and self.shown:
            path = max(self.shown)
            path.write_text(OWN_WORDS)
        for name in ("rendered", "revised"):
            keys.pop(name, None)
        kept = {
            key: value
            for key, value in self.place.keys.items()
            if not key.startswith("topics.")
        }
        topics = {f"topics.{name}": self.part for name in self.names}
        self.place.keys = kept | keys | topics
        self.place.keys["output.dir"] = str(folder / self.out)

    def check(self):
        """Compare the files with what they have shown before."""
        files = {
            path: path.read_text("utf-8")
            for path in self.place.folder.rglob("*.md")
        }
        for path, ids in self.shown.items():
            assert path in files, f"{path} is gone"
            if files[path] != OWN_WORDS:
                missing = ids - set(ID.findall(files[path]))
                assert not missing, f"{path} has lost {missing}"
        for path, text in files.items():
            if text != OWN_WORDS:
                self.shown[path] = set(ID.findall(text))
        text = "".join(files.values())
        own = any(text == OWN_WORDS for text in files.values())
        assert own or self.posted() <= set(ID.findall(text))

    def posted(self):
        """The papers that count as posted in the present store."""
        store = Store.open(self.place.folder / self.out, create=False)
        try:
            judged = store.papers.judged()
            return {one.paper_id for one in judged if one.stage == "posted"}
        finally:
            store.close()


@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(week=week)
def test_nothing_that_was_posted_vanishes(
    week, tmp_path_factory, monkeypatch, capsys
):
    place = Place(tmp_path_factory.mktemp("week"), monkeypatch, capsys)
    try:
        runs = Week(place)
        for days, papers, changes in week:
            runs.run(days, papers, changes)
    finally:
        place.close()
