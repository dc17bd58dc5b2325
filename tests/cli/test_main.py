"""Every command as a user gives it: what goes to which stream, the exit codes, one line for
every mistake.
"""

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import main, screening_actions
from pipeline.demo.server import demo_arxiv
from pipeline.errors import UnreadablePdf
from pipeline.extract.worker import pool
from tests.samples import NIGHT
from tests.screening_program import PDF, RECORDS, some_paper

COMMANDS = sorted(main.app.commands)
NOWHERE = "http://127.0.0.1:9/api/query"


def test_help_names_every_command(screen):
    said = screen("--help")
    assert said.code == 0
    assert [
        name
        for name in COMMANDS
        if not re.search(rf"^  {name}\b", said.out, re.MULTILINE)
    ] == []
    assert "..." not in said.out.replace(
        "[ARGS]...", ""
    )  # nothing is cut short


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_its_options(screen, command):
    said = screen(command, "--help")
    assert (said.code, said.err) == (0, "")
    assert f"arxiv-screen {command}" in said.out
    assert not re.search(
        r"\.\.\.$", said.out.partition("\n")[2], re.MULTILINE
    )  # nothing is cut short


@pytest.mark.parametrize("called", ["screen", "__main__.py", "/x/arxiv-screen"])
def test_it_calls_itself_arxiv_screen_whatever_it_was_called_by(
    screen, monkeypatch, called
):
    said = screen("topics", "add", "--help", called=called)
    assert said.out.startswith("Usage: arxiv-screen topics add ")
    wrong = screen("topics", "add", called=called)
    assert wrong.err.startswith("arxiv-screen: ")
    assert "`arxiv-screen topics add --help`" in wrong.err


def test_the_version_is_that_of_the_package(screen):
    from pipeline import __version__

    assert screen("--version").out == f"{__version__}\n"


def test_starting_up_loads_nothing_heavy():
    heavy = [
        "pymupdf",
        "openai",
        "httpx",
        "pydantic",
        "rich",
        "sklearn",
        "numpy",
        "jinja2",
        "apprise",
        "lxml",
        "asyncio",
    ]
    code = f"import sys, pipeline.cli.main; print([name for name in {heavy} if name in sys.modules])"
    assert (
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        == "[]\n"
    )


# The night


def test_a_night_prints_the_posts_and_tells_the_rest_on_stderr(session, night):
    (post,) = session.stdout.splitlines()
    assert post.endswith("Talking-Head.md")
    assert len(list(night.rglob("Talking-Head.md"))) == 1
    assert "4 kept" in session.stderr
    assert "no model call" in session.stderr
    assert re.search(
        r"Talking Head\s*│\s*6\s*│\s*4\s*│\s*4\s*│\s*0", session.stderr
    )


def test_a_night_of_the_site_prints_its_first_page(screen, alone, monkeypatch):
    monkeypatch.setenv("SCREEN_OUTPUT__FACES", '["site"]')
    said = screen("--topic", "Talking Head", "--demo", "--limit", 1)
    assert said.lines == [str(alone / "output" / "site" / "index.html")]
    assert screen("render").lines == said.lines


def test_a_second_night_on_the_same_day_has_nothing_to_do(screen, night):
    before = {path: path.read_bytes() for path in night.rglob("*.md")}
    said = screen(
        "--topic", "Talking Head", "--demo", "--output", night, "--json"
    )
    assert said.code == 0
    (report,) = said.json
    assert (
        report["topics"][0]["posted"],
        report["usage"]["calls"],
        report["outcome"],
    ) == (0, 0, "done")
    assert {path: path.read_bytes() for path in night.rglob("*.md")} == before


def test_a_dry_run_names_what_would_be_read_and_does_nothing_else(
    screen, alone
):
    said = screen(
        "--topic", "Talking Head", "--demo", "--dry-run", "--output", "output"
    )
    assert said.code == 0
    assert len(said.lines) == 4
    assert all(
        re.match(r"0\.\d\d https://arxiv\.org/abs/\S+ \w", line)
        for line in said.lines
    )
    assert not re.search("^(?:download|read|review) ", said.err, re.MULTILINE)
    assert list(alone.iterdir()) == []


def test_papers_that_wait_make_the_exit_code_1_and_are_listed_with_their_reason(
    screen, monkeypatch
):
    def refuse(*_, **__):
        raise UnreadablePdf("It needs a password.")

    monkeypatch.setattr(pool, "read", refuse)
    said = screen(
        "--topic", "Talking Head", "--demo", "--limit", 1, "--output", "output"
    )
    assert (said.code, said.out) == (1, "")
    assert re.search(
        r"^pending \S+: It needs a password", said.err, re.MULTILINE
    )


def test_an_arxiv_that_is_down_makes_it_3(screen, monkeypatch):
    monkeypatch.setenv("SCREEN_ARXIV__API", NOWHERE)
    monkeypatch.setenv("SCREEN_ARXIV__SOURCES", '["api"]')
    monkeypatch.setenv("SCREEN_ARXIV__PATIENCE", "0.01")
    monkeypatch.setenv("SCREEN_ARXIV__INTERVAL", "0.01")
    said = screen("--topic", "Talking Head")
    assert said.code == 3
    assert "arxiv-screen doctor" in said.err


def test_a_dry_run_without_network_ends_after_a_few_tries(screen, monkeypatch):
    monkeypatch.setenv("SCREEN_ARXIV__API", NOWHERE)
    monkeypatch.setenv("SCREEN_ARXIV__SOURCES", '["api"]')
    monkeypatch.setenv("SCREEN_ARXIV__INTERVAL", "0.1")
    said = screen("--topic", "Talking Head", "--dry-run")
    assert (said.code, said.out) == (3, "")
    assert "Look at the network" in said.err


def test_ctrl_c_says_that_what_was_done_is_kept(screen, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(screening_actions, "show_topics", interrupted)
    said = screen("topics")
    assert (said.code, said.err.count("\n")) == (130, 1)
    assert "kept" in said.err


# Mistakes


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


MISTAKES: dict[str, tuple[list, int, str]] = {
    "an unknown option": (["--topics", "x"], 2, "--topics"),
    "an unknown command": (["jduge"], 2, "jduge"),
    "a limit that is no number": (["--limit", "many"], 2, "--limit"),
    "a negative limit": (["--limit", "-1"], 2, "--limit"),
    "an empty topic": (["--topic", "", "--demo"], 2, "at least one word"),
    "a topic of signs": (["--topic", "?!", "--demo"], 2, "at least one word"),
    "a date in words": (["--since", "tomorrow", "--demo"], 2, "2026-10-01"),
    "a day that is none": (
        ["--until", "2026-02-30", "--demo"],
        2,
        "2026-02-30",
    ),
    "an option before its command": (
        ["--output", "x", "status"],
        2,
        "arxiv-screen status --output",
    ),
    "no such configuration": (["--config", "none.toml"], 2, "none.toml"),
    "broken TOML": (["topics", "--config", "broken.toml"], 2, "line 1"),
    "a key with a slip": (["topics", "--config", "slip.toml"], 2, '"interval"'),
    "a value of the wrong kind": (
        ["topics", "--config", "kind.toml"],
        2,
        "arxiv.interval",
    ),
    "a folder that is a file": (
        ["--demo", "--output", "broken.toml"],
        2,
        "broken.toml",
    ),
    "a folder in a file": (
        ["--demo", "--output", "broken.toml/x"],
        2,
        "broken.toml",
    ),
    "no PDF given": (["extract"], 2, "PAPER.pdf"),
    "no such PDF": (["extract", "none.pdf"], 2, "none.pdf"),
    "an empty PDF": (["extract", "empty.pdf"], 1, "empty"),
    "a PDF that is something else": (
        ["extract", "page.pdf"],
        1,
        "page.pdf: not a PDF",
    ),
    "reading an empty PDF": (["read", "empty.pdf"], 1, "empty"),
    "reading what is no id": (["read", "abc"], 2, "abc"),
    "a form of review that is none": (
        ["read", "empty.pdf", "--format", "html"],
        2,
        "md, json",
    ),
    "linting nothing": (["lint", "none.md"], 2, "none.md"),
    "linting what is no text": (["lint", PDF], 2, "UTF-8"),
    "judging without topic": (["judge"], 2, "topic"),
    "judging without records": (["judge", "--topic", "NeRF"], 2, "--records"),
    "judging no records": (
        ["judge", "--topic", "NeRF", "--records", "broken.toml"],
        2,
        "line 1",
    ),
    "rating without a word": (["rate", "2409.03605"], 2, "arxiv-screen rate"),
    "rating with another word": (
        ["rate", "2409.03605", "maybe"],
        2,
        "arxiv-screen rate",
    ),
    "importing nothing": (["rate", "--import", "none.jsonl"], 2, "none.jsonl"),
    "citing nobody": (["cite"], 2, "--date"),
    "citing in a form that is none": (
        ["cite", "2409.03605", "--format", "apa"],
        2,
        "bibtex",
    ),
    "rendering before any night": (
        ["render", "--output", "none"],
        1,
        "screened",
    ),
    "a status before any night": (
        ["status", "--output", "none"],
        1,
        "screened",
    ),
    "a report that is not configured": (["weekly", "list"], 2, "weekly"),
    "no such report": (
        ["weekly", "list", "--file", "none.md"],
        2,
        "arxiv-screen weekly new",
    ),
    "an unknown word after weekly": (["weekly", "ad"], 2, "ad"),
    "nothing after daily": (["daily"], 2, "arxiv-screen daily --help"),
    "a list that is a text": (
        ["topics", "--config", "text.toml"],
        2,
        'phrases = ["a b"]',
    ),
    "a day without what is judged": (
        ["status", "--date", "2026-10-01"],
        2,
        "--judged",
    ),
    "a topic without what is judged": (
        ["status", "--topic", "NeRF"],
        2,
        "--judged",
    ),
    "a configuration without a topic": (
        ["--config", "empty.toml", "--demo"],
        2,
        "topics add",
    ),
    "a table that is a number": (
        ["topics", "--config", "table.toml"],
        2,
        "model.price in table.toml: it must be a table",
    ),
    "pictures into a file": (
        ["extract", PDF, "--out", "broken.toml"],
        2,
        "with --out.",
    ),
    "trying again before any night": (["retry"], 1, "screened"),
    "missing readers": (
        ["weekly", "status", "--file", "kind.toml"],
        2,
        "readers",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_in_one_line_with_what_to_do(screen, alone, mistake):
    write(alone / "broken.toml", "[arxiv\n")
    write(alone / "slip.toml", "[arxiv]\nintervall = 3\n")
    write(alone / "kind.toml", '[arxiv]\ninterval = "soon"\n')
    write(alone / "empty.toml", "")
    write(alone / "table.toml", "[model]\nprice = 3\n")
    write(alone / "text.toml", '[topics.A]\nphrases = "a b"\n')
    write(alone / "page.pdf", "<html>Not found</html>")
    write(alone / "empty.pdf", "")
    words, code, told = MISTAKES[mistake]
    said = screen(*words)
    assert (said.code, said.out) == (code, "")
    assert re.fullmatch(r"arxiv-screen: [^\n]+[.!?…] [^\n]+\n", said.err)
    assert told in said.err
    assert code == 1 or not (alone / "output").exists()


def test_a_wrong_variable_is_named(screen, monkeypatch):
    monkeypatch.setenv("SCREEN_ARXIV__INTERVAL", "soon")
    assert "SCREEN_ARXIV__INTERVAL" in screen("topics").err


def test_a_variable_of_no_section_is_named(screen, monkeypatch):
    monkeypatch.setenv("SCREEN_FOO__BAR", "1")
    assert "foo in SCREEN_FOO__BAR is not a known key" in screen("topics").err


def test_a_provider_without_its_key_is_told_before_any_work(
    screen, monkeypatch
):
    monkeypatch.setenv("SCREEN_MODEL__PROVIDER", "openai")
    said = screen("read", PDF)
    assert said.code == 2
    assert "OPENAI_API_KEY" in said.err


def test_debug_shows_the_trace_wherever_it_stands(alone, monkeypatch):
    for words in (
        ["--debug", "topics", "--config", "none.toml"],
        ["topics", "--config", "none.toml", "--debug"],
    ):
        monkeypatch.setattr(sys, "argv", ["screen", *words])
        with pytest.raises(main.ScreenError, match=r"none\.toml"):
            main.main()


def test_a_fault_of_the_program_is_one_line_too(screen, monkeypatch):
    def broken(*_, **__):
        raise ValueError("two\nlines \x1b[31m")

    monkeypatch.setattr(screening_actions, "show_topics", broken)
    said = screen("topics")
    assert said.code == 1
    assert re.fullmatch(
        r"arxiv-screen: ValueError: two lines  \[31m\. .*--debug.*\n", said.err
    )


def test_a_reader_who_leaves_early_is_no_error(alone):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "topics"],
        stdout=write,
        stderr=subprocess.PIPE,
        env=checkout(),
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_output_that_takes_no_more_is_told_in_one_line(alone):
    words = [sys.executable, "-m", "pipeline", "topics"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            words,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=checkout(),
            check=False,
        )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "No space is left" in done.stderr


def checkout(**more):
    """The environment of a process in another folder."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | more


# Terminals


def on_terminal(*words, **environ):
    """What a command writes to a terminal."""
    ours, theirs = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "pipeline", *map(str, words)],
        stdout=theirs,
        stderr=theirs,
        env=checkout(TERM="xterm-256color", **environ),
    )
    os.close(theirs)
    written = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        written += piece
    done.wait()
    os.close(ours)
    return written.decode()


COLOUR = re.compile(r"\x1b\[[\d;]*(?:3\d|4\d|9\d)[\d;]*m")


def test_no_color_is_heeded(alone, night):
    for words in (["status"], ["read", some_paper(night)]):
        assert not COLOUR.search(
            on_terminal(*words, "--output", night, NO_COLOR="1")
        )


def test_titles_and_topics_cannot_drive_a_terminal(screen, alone):
    write(
        alone / "config.toml",
        '[topics."A\\u001b[2J\\u202eB"]\nphrases = ["talking\\u001b[31m head"]\n',
    )
    line = {
        "id": "2611.00001v1",
        "title": "x\x1b[2J",
        "abstract": "\u202ey",
        "authors": [],
        "categories": [],
    }
    write(
        alone / "r.jsonl",
        json.dumps(line | {"published": "2026-11-18", "updated": "2026-11-18"})
        + "\n",
    )
    for words in (
        ["topics"],
        ["judge", "--topic", "A\x1b[2J\u202eB", "--records", "r.jsonl"],
    ):
        said = screen(*words)
        assert said.code == 0
        assert not re.search("[\x1b\u202e]", said.out + said.err)
    assert not re.search("[\x1b\u202e]", screen("\x1b[2J\u202e").err)


# Topics, verdicts, ratings


def test_topics_are_listed_with_their_queries(screen):
    assert "Talking Head" in screen("topics").lines
    found = {
        one["topic"]: one["queries"] for one in screen("topics", "--json").json
    }
    assert found["Talking Head"][0].startswith("(cat:cs.CV OR ")


def test_judging_prints_a_verdict_a_line(screen):
    said = screen("judge", "--topic", "Talking Head", "--records", RECORDS)
    assert said.code == 0
    assert [sorted(one) for one in said.json] == [
        ["id", "keep", "score", "why"]
    ] * 6
    assert [one["keep"] for one in said.json] == [True] * 4 + [False] * 2


def test_any_words_are_a_topic(screen):
    found = screen(
        "judge", "--topic", "phoneme timing", "--records", RECORDS
    ).json
    assert any(one["keep"] for one in found)


def test_judging_again_changes_nothing_without_apply(screen, night, alone):
    shown = screen("status", "--judged", "--json", "--output", night).out
    write(
        alone / "config.toml",
        '[topics."Talking Head"]\nphrases = ["no such words"]\n',
    )
    assert screen("judge", "--again", "--output", night).code == 0
    assert (
        screen("status", "--judged", "--json", "--output", night).out == shown
    )


def test_ratings_go_out_and_in_again(screen, night, alone):
    assert (
        screen("rate", some_paper(night), "skip", "--output", night).code == 0
    )
    ratings = screen("rate", "--export", "--output", night).out
    assert json.loads(ratings)["rating"] == "skip"
    write(alone / "ratings.jsonl", ratings)
    assert (
        screen(
            "rate", "--import", "ratings.jsonl", "--output", "elsewhere"
        ).code
        == 0
    )
    assert screen("rate", "--export", "--output", "elsewhere").out == ratings


# One paper


def test_extract_prints_what_the_pdf_holds_and_draws_its_figures(screen, alone):
    said = screen("extract", PDF, "--json", "--out", "pictures")
    assert said.err.endswith(" tables are in pictures\n")
    (found,) = said.json
    keys = "pages seconds title abstract language affiliations first_affiliation code_urls project_urls sections"
    assert {*keys.split(), "figures", "framework", "warnings"} <= set(found)
    assert set(found["figures"][0]) == {
        "kind",
        "label",
        "page",
        "bbox",
        "caption",
        "file",
        "cells",
    }
    written = {path.name for path in (alone / "pictures").iterdir()}
    tables = {name for name in written if name.endswith(".csv")}
    assert {figure["file"] for figure in found["figures"]} == written - tables
    assert tables == {"table-1.csv", "table-2.csv"}


def test_extract_tells_a_person_the_headings_and_figures(screen):
    said = screen("extract", PDF)
    assert "affiliation: Institute of Invented Results" in said.lines
    assert any(re.match(r"\* figure \d", line) for line in said.lines)


def test_a_pdf_of_ones_own_is_reviewed(screen):
    said = screen("read", PDF)
    assert (said.code, said.err) == (0, "")
    assert said.lines[0].startswith("# LipLoom")


def test_a_review_is_printed_as_json_too(screen, night):
    (review,) = screen(
        "read", some_paper(night), "--format", "json", "--output", night
    ).json
    assert (review["paper_id"], review["model"]) == (
        some_paper(night),
        "extractive",
    )


def test_a_paper_of_last_night_is_shown_without_any_request(
    screen, night, monkeypatch
):
    monkeypatch.setenv("SCREEN_ARXIV__API", NOWHERE)
    said = screen("read", some_paper(night), "--output", night)
    assert (said.code, said.err) == (0, "")
    assert f"https://arxiv.org/abs/{some_paper(night)}v1" in said.out


def test_lint_passes_the_posts_of_the_program_and_names_lines_with_leftovers(
    screen, night, alone
):
    (post,) = night.rglob("Talking-Head.md")
    assert (screen("lint", post).code, screen("lint", post).out) == (0, "")
    write(alone / "post.md", "# Post\n\n(3) Affiliation: xxx\n")
    said = screen("lint", "post.md", "--json")
    assert said.code == 1
    assert [one["line"] for one in said.json] == [3]


# What was done


def test_status_tells_runs_and_space(screen, night):
    assert "Talking Head" in screen("status", "--output", night).out
    (found,) = [json.loads(screen("status", "--json", "--output", night).out)]
    assert [run["outcome"] for run in found["runs"]] == ["done"]
    assert found["pending"] == []


def test_retry_finds_nothing_to_try_after_a_night_without_failures(
    screen, night
):
    (post,) = night.rglob("Talking-Head.md")
    said = screen("retry", "--output", night)
    assert (said.code, said.lines) == (0, [str(post)])


def test_posts_are_written_again_but_not_over_what_somebody_edited(
    screen, night
):
    (post,) = night.rglob("Talking-Head.md")
    written = post.read_bytes()
    post.unlink()
    assert screen("render", "--output", night).lines == [str(post)]
    assert post.read_bytes() == written
    post.write_bytes(written + b"A note.\n")
    said = screen("render", "--output", night)
    assert (said.code, said.out) == (1, "")
    none = screen("render", "--date", "2001-01-01", "--output", night)
    assert (none.code, none.out) == (2, "")
    assert "--force" in said.err
    assert screen("render", "--force", "--output", night).code == 0
    assert post.read_bytes() == written


@pytest.mark.parametrize(
    ("form", "begins"), [("bibtex", "@"), ("ris", "TY  -"), ("csl-json", "[")]
)
def test_papers_of_a_day_are_cited(screen, night, form, begins):
    day = screen("status", "--judged", "--json", "--output", night).json[0][
        "date"
    ]
    assert screen(
        "cite", "--date", day, "--format", form, "--output", night
    ).out.startswith(begins)


def test_doctor_finds_all_well_or_says_the_cure(screen, monkeypatch):
    monkeypatch.setenv("SCREEN_ARXIV__SOURCES", '["api"]')
    with demo_arxiv(NIGHT) as urls:
        monkeypatch.setenv("SCREEN_ARXIV__API", urls.api)
        assert screen("doctor").code == 0
    monkeypatch.setenv("SCREEN_ARXIV__API", NOWHERE)
    monkeypatch.setenv("SCREEN_ARXIV__INTERVAL", "0.01")
    said = screen("doctor", "--json")
    assert said.code == 1
    assert [one["what"] for one in said.json if not one["ok"]] == ["arXiv api"]
    assert all(one["cure"] for one in said.json if not one["ok"])


def test_doctor_tells_one_cause_once_and_does_not_send_to_the_doctor(
    screen, monkeypatch
):
    for name in ("API", "OAI", "FEED"):
        monkeypatch.setenv(f"SCREEN_ARXIV__{name}", NOWHERE)
    monkeypatch.setenv("SCREEN_ARXIV__INTERVAL", "0.01")
    said = screen("doctor")
    bad = [line for line in said.lines if line.startswith("BAD")]
    assert (said.code, len(bad)) == (1, 1)
    assert bad[0].startswith("BAD arXiv feed, arXiv api, arXiv oai: ")
    assert "arxiv-screen doctor" not in said.out
    (contact,) = (line for line in said.lines if "contact" in line)
    assert contact.startswith("--  contact: ")


@pytest.mark.parametrize(
    ("variable", "value", "what"),
    [
        ("SCREEN_OUTPUT__FACES", '["wordpress"]', "faces"),
        ("SCREEN_NOTIFY__URLS", '["nothing://known"]', "messages"),
        ("SCREEN_NOTIFY__URLS", '["tgram://${NO_SUCH_TOKEN}/1"]', "messages"),
    ],
)
def test_doctor_finds_what_a_run_would_refuse(
    screen, monkeypatch, variable, value, what
):
    monkeypatch.setenv(variable, value)
    monkeypatch.setenv("SCREEN_ARXIV__SOURCES", '["api"]')
    with demo_arxiv(NIGHT) as urls:
        monkeypatch.setenv("SCREEN_ARXIV__API", urls.api)
        said = screen("doctor", "--json")
    assert said.code == 1
    assert [one["what"] for one in said.json if not one["ok"]] == [what]


def test_doctor_tells_that_a_site_shows_formulas_as_text(
    screen, monkeypatch, alone
):
    post = alone / "blog/source/_posts/Paper/2026-11-30/Topic.md"
    post.parent.mkdir(parents=True)
    write(post, "An error below $&#92;epsilon$.")
    write(alone / "blog/_config.yml", "theme: butterfly")
    write(alone / "blog/_config.butterfly.yml", "math:\n  use:")
    monkeypatch.setenv("SCREEN_OUTPUT__FACES", '["hexo"]')
    monkeypatch.setenv("SCREEN_HEXO__SOURCE", "blog/source")
    monkeypatch.setenv("SCREEN_ARXIV__SOURCES", '["api"]')
    monkeypatch.setenv("SCREEN_ARXIV__INTERVAL", "0.01")
    with demo_arxiv(NIGHT) as urls:
        monkeypatch.setenv("SCREEN_ARXIV__API", urls.api)
        (found,) = [
            one for one in screen("doctor", "--json").json if not one["ok"]
        ]
        assert found["what"] == "formulas"
        assert "Topic.md" in found["detail"]
        write(alone / "blog/_config.butterfly.yml", "math:\n  use: mathjax")
        assert screen("doctor").code == 0


def test_doctor_tells_that_a_price_is_unknown(screen, monkeypatch):
    monkeypatch.setenv("SCREEN_ARXIV__SOURCES", '["api"]')
    monkeypatch.setenv("SCREEN_ARXIV__API", NOWHERE)
    monkeypatch.setenv("SCREEN_ARXIV__INTERVAL", "0.01")
    monkeypatch.setenv("SCREEN_MODEL__PROVIDER", "openai")
    monkeypatch.setenv("SCREEN_MODEL__BASE_URL", NOWHERE)
    monkeypatch.setenv("SCREEN_MODEL__NAME", "a-model-of-ours")
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    bad = {
        one["what"]: one
        for one in screen("doctor", "--json").json
        if not one["ok"]
    }
    assert "tokens_per_run" in bad["price"]["cure"]


def test_init_writes_what_is_shipped_and_spares_what_is_there(screen, alone):
    assert "my/config.toml" in screen("init", "my").lines
    assert (
        screen("topics", "--config", "my/config.toml").out
        == screen("topics").out
    )
    (alone / "my/config.toml").write_text("# mine\n")
    assert screen("init", "my").code == 2
    assert (alone / "my/config.toml").read_text() == "# mine\n"
    said = screen("init", "my", "--force")
    assert (said.code, said.err) == (
        0,
        "What was there is kept as my/config.toml.before-init\n",
    )
    assert (alone / "my/config.toml.before-init").read_text() == "# mine\n"
    assert "[arxiv]" in (alone / "my/config.toml").read_text()
