#!/usr/bin/env python3
"""The schedules of contrib/ as they stand, in a bare Debian: root, apt and pip are needed, and
../shared for an arXiv to ask.

    .ci/schedules.py [ROOT]

ROOT is a Debian made by debootstrap; without one, it is made in a folder that is thrown away. The
program is installed by the lines of README.md for a user of its own. Then the crontab is installed
and cron itself runs its line, systemd looks at the units and ExecStart is run under their
environment, and each step of both workflows is run, in the order and by the shell of GitHub. Each
must end well and leave a post. Exit 1 when something does not hold.
"""

from __future__ import annotations

import configparser
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from bench import workplace

PACKAGES = "python3,python3-venv,git,ca-certificates,cron,systemd"
USER, HOME = "papers", "/home/papers"
BARE = {"HOME": HOME, "LOGNAME": USER, "PATH": "/usr/bin:/bin"}
"""What cron gives."""
PIP = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "/wheels"}
"""pip of the Debian takes what the pip of this machine has fetched."""
CONFIG = """[output]
faces = ["markdown", "site"]
[topics."Talking Head"]
phrases = ["talking head", "talking face"]
categories = ["cs.CV"]
"""
PROGRAM = "https://git.example.org/screen"
"""The address of the program's repository; git is told where it is."""
MOST_SECONDS = 600
STOPPED, STOP = 2, "0.1s"
"""The night whose run is stopped by `timeout`, and when."""


@dataclass
class Debian:
    """A Debian in a folder."""

    root: Path
    arxiv: Mapping[str, str]
    """Variables that name the arXiv to ask."""

    def run(
        self,
        script: str,
        *,
        user: str = USER,
        folder: str = HOME,
        interpreter: tuple[str, ...] = ("/bin/sh", "-e"),
        **environ: str,
    ) -> subprocess.CompletedProcess[str]:
        """Run a script in it, with /proc and /dev of its own, and nothing of this environment."""
        inside = f'cd "{folder}" && exec "$@"'
        outside = (
            'mount -t proc proc "$0/proc"; mount --rbind /dev "$0/dev";'
            ' root="$0" user="$1"; shift;'
            ' exec /usr/sbin/chroot --userspec="$user" "$root" "$@"'
        )
        command = ["unshare", "--mount", "--pid", "--fork", "sh", "-c", outside]
        command += [str(self.root), user, "/bin/sh", "-c", inside, "sh"]
        command += [*interpreter, "-c", script]
        return subprocess.run(
            command,
            env={**BARE, **environ},
            capture_output=True,
            text=True,
            check=False,
            timeout=MOST_SECONDS,
        )

    def must(self, what: str, script: str, **options: Any) -> str:
        """Run a script that must end well; what it printed."""
        done = self.run(script, **options)
        if done.returncode:
            sys.exit(f"{what}: {done.returncode}\n{done.stdout}{done.stderr}")
        print(f"  ok   {what}", flush=True)
        return done.stdout

    def path(self, name: str) -> Path:
        """A path of the user's home, from outside."""
        return self.root / HOME[1:] / name


def make_debian(root: Path) -> None:
    """Install a Debian with Python, git, cron and systemd, and nothing else."""
    program, environ = shutil.which("debootstrap"), dict(os.environ)
    with tempfile.TemporaryDirectory() as name:
        if program is None:
            fetch = (
                "apt-get download -q debootstrap && dpkg -x debootstrap*.deb ."
            )
            subprocess.run(["sh", "-c", fetch], cwd=name, check=True)
            program = f"{name}/usr/sbin/debootstrap"
            environ["DEBOOTSTRAP_DIR"] = f"{name}/usr/share/debootstrap"
        command = [program, "--variant=minbase", f"--include={PACKAGES}"]
        subprocess.run(
            [*command, "bookworm", str(root)],
            env=environ,
            check=True,
            stdout=subprocess.DEVNULL,
        )


def put_wheels(root: Path) -> None:
    """Fetch what pip will ask for; also the program, for those who install it by its name."""
    wheels = root / "wheels"
    fetch = [sys.executable, "-m", "pip", "wheel", "-qq", "--wheel-dir"]
    constraint = str(PROJECT / "constraints.txt")
    for wanted in (".[web]", "hatchling"):
        subprocess.run(
            [*fetch, wheels, "--constraint", constraint, wanted],
            cwd=PROJECT,
            check=True,
        )


def put_project(debian: Debian) -> None:
    """Copy what git knows of the project into a repository of the user, with a tag."""
    packed = subprocess.run(
        ["git", "-C", str(PROJECT), "archive", "HEAD"],
        check=True,
        capture_output=True,
    ).stdout
    place = debian.path("project")
    with tarfile.open(fileobj=io.BytesIO(packed)) as files:
        files.extractall(place, filter="data")
    debian.must(
        "the project is there",
        f"chown -R {USER}:{USER} {HOME}/project",
        user="root",
    )
    commit("project", debian, "git tag v1")


def commit(folder: str, debian: Debian, then: str = "true") -> None:
    """Make a repository of a folder."""
    author = "-c user.name=A -c user.email=a@example.org"
    debian.must(
        f"{folder} is a repository",
        f"git init -q -b main && git add -A && git {author} commit -q -m Begin && {then}",
        folder=f"{HOME}/{folder}",
    )


def readme_lines() -> str:
    """The lines by which README.md installs the program."""
    text = (PROJECT / "README.md").read_text("utf-8")
    found = re.search(r"```sh\n(python3 -m venv .*?)```", text, re.DOTALL)
    return found[1]


def post_is_there(debian: Debian, folder: str, what: str) -> None:
    """A run has written its post; it is taken away for the next one."""
    posts = [*debian.path(folder).rglob("Talking-Head*.md")]
    if not posts:
        sys.exit(f"{what}: no post in {folder}")
    shutil.rmtree(debian.path(f"{folder}/output"))
    print(f"  ok   {what}: {posts[0].name}", flush=True)


def check_cron(debian: Debian) -> None:
    """Install the crontab as its first line says, and let cron run it in the next minute."""
    debian.must(
        "crontab takes the file",
        "crontab -l 2>/dev/null | cat - contrib/schedule/crontab | crontab -",
        folder=f"{HOME}/project",
    )
    soon = "crontab -l | sed 's/^10 21 /* * /' | crontab -"
    debian.must("the line is due each minute", soon)
    lasting = f"/usr/sbin/cron; end=$(($(date +%s) + {MOST_SECONDS // 2}))"
    waiting = (
        f"until grep -q Talking-Head.md {HOME}/screen-blog/output/cron.log; do"
        ' [ "$(date +%s)" -lt "$end" ] || exit 1; sleep 1; done'
    )
    debian.must(
        "cron has run it", f"{lasting}; {waiting} 2>/dev/null", user="root"
    )
    post_is_there(debian, "screen-blog", "cron")
    debian.must("the crontab is gone", "crontab -r")


def check_systemd(debian: Debian) -> None:
    """Copy the units as their first lines say, have them looked at, and run ExecStart."""
    units = f"{HOME}/.config/systemd/user"
    debian.must(
        "systemd takes the units",
        f"mkdir -p {units} && cp contrib/schedule/screen.* {units}/ && "
        f"systemd-analyze --user verify {units}/screen.service {units}/screen.timer",
        folder=f"{HOME}/project",
        XDG_RUNTIME_DIR=HOME,
    )
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(PROJECT / "contrib" / "schedule" / "screen.service")
    service = {
        name: value.replace("%h", HOME)
        for name, value in parser["Service"].items()
    }
    keys = service["EnvironmentFile"].removeprefix("-")
    debian.must(
        "ExecStart",
        f"set -a; . {keys}; set +a; exec {service['ExecStart']}",
        folder=service["WorkingDirectory"],
    )
    post_is_there(debian, "screen-blog", "systemd")


@dataclass
class Workflow:
    """A workflow of GitHub, run a step at a time."""

    name: str
    debian: Debian
    path: Path
    context: Mapping[str, str]
    """Values of expressions."""
    stops_after: str = ""
    """Time after which `timeout` stops the program, in place of that of the file."""

    def __post_init__(self) -> None:
        self.text: dict[str, Any] = yaml.safe_load(self.path.read_text("utf-8"))

    def run(self, job: str, folder: str, **environ: str) -> None:
        """Run the steps of a job in a folder of the user."""
        output = f"{HOME}/outputs"
        values = {
            **environ,
            **PIP,
            **self.debian.arxiv,
            "PATH": f"{HOME}/tools/bin:{BARE['PATH']}",
            "RUNNER_TEMP": f"{HOME}/temp",
            "GITHUB_OUTPUT": output,
        }
        self.debian.must(
            f"{job} begins",
            f"rm -rf temp outputs && mkdir -p temp {folder} && : >{output}",
        )
        values |= self._filled(self.text.get("env", {}))
        for step in self.text["jobs"][job]["steps"]:
            if "run" in step and step["name"] != "Say what is wrong":
                shown = self.debian.must(
                    f"{self.name}, {job}: {step['name']}",
                    self._script(step),
                    folder=f"{HOME}/{folder}",
                    interpreter=(
                        "bash",
                        "--noprofile",
                        "--norc",
                        "-eo",
                        "pipefail",
                    ),
                    **{**values, **self._filled(step.get("env", {}))},
                )
                if step["name"] == "Screen":
                    self._check_stop(shown)
        said = self.debian.path("outputs").read_text("utf-8")
        codes = re.findall(r"^code=(.*)$", said, re.MULTILINE)
        expected = "1" if self.stops_after else "0"
        if any(code != expected for code in codes):
            sys.exit(f"{job}: the program ended with {codes}")

    def _script(self, step: Mapping[str, Any]) -> str:
        script: str = step["run"]
        if self.stops_after:
            script = script.replace(" 170m ", f" {self.stops_after} ")
        return script

    def _check_stop(self, shown: str) -> None:
        """A run that was stopped is told to be so, and no other is."""
        if ("The run was stopped" in shown) != bool(self.stops_after):
            sys.exit(f"{self.name} has said: {shown}")

    def _filled(self, values: Mapping[str, Any]) -> dict[str, str]:
        def value(found: re.Match[str]) -> str:
            return self.context.get(found[1], "")

        return {
            name: re.sub(r"\$\{\{\s*(.*?)\s*\}\}", value, str(text))
            for name, text in values.items()
        }


def check_workflow(debian: Debian) -> None:
    """The workflow beside a blog: three nights, each finds what the one before remembers."""
    debian.path("first").mkdir()
    (debian.path("first") / "config.toml").write_text(CONFIG, "utf-8")
    debian.must("chown", f"chown -R {USER}:{USER} {HOME}/first", user="root")
    commit("first", debian)
    debian.must("the server has it", "git clone -q --bare first blog.git")
    workflow = Workflow(
        "beside a blog", debian, PROJECT / "contrib/schedule/nightly.yml", {}
    )
    for night in (1, 2, 3):
        workflow.stops_after = STOP if night == STOPPED else ""
        debian.must("checkout", f"git clone -q blog.git blog-{night}")
        workflow.run("screen", f"blog-{night}")
    listed = debian.must(
        "the posts are pushed",
        "git --git-dir=blog.git ls-tree -r --name-only main",
    )
    branches = debian.must("the state too", "git --git-dir=blog.git branch -a")
    if "Talking-Head" not in listed or "screen-state" not in branches:
        sys.exit(f"nightly.yml has pushed: {listed} {branches}")


def check_repository(debian: Debian) -> None:
    """The repository to copy: three nights of both jobs."""
    shutil.copytree(PROJECT / "contrib" / "github", debian.path("mine"))
    (debian.path("mine") / "config.toml").write_text(CONFIG, "utf-8")
    debian.must("chown", f"chown -R {USER}:{USER} {HOME}/mine", user="root")
    commit("mine", debian)
    debian.must(
        "the server has it",
        "mkdir -p server/me && git clone -q --bare mine server/me/papers &&"
        " git -C server/me/papers config uploadpack.allowAnySHA1InWant true",
    )
    instead = f"url.file://{HOME}/project.insteadOf"
    debian.must(
        "the program has an address", f"git config --global {instead} {PROGRAM}"
    )
    head = debian.must("its commit", "git -C server/me/papers rev-parse main")
    given = {
        "GITHUB_SERVER_URL": f"file://{HOME}/server",
        "GITHUB_REPOSITORY": "me/papers",
        "GITHUB_SHA": head.strip(),
    }
    context = {
        "vars.SCREEN_REPOSITORY": PROGRAM,
        "vars.SCREEN_TAG": "v1",
        "github.token": "t",
    }
    path = PROJECT / "contrib/github/.github/workflows/nightly.yml"
    workflow = Workflow("a repository", debian, path, context)
    for night in (1, 2, 3):
        workflow.stops_after = STOP if night == STOPPED else ""
        workflow.run("screen", f"job-{night}", **given)
        debian.must(
            "artifact",
            f"mkdir keep-{night} && cp job-{night}/new.tar keep-{night}/",
        )
        workflow.run("keep", f"keep-{night}", **given)
    listed = debian.must(
        "the site is pushed",
        "git -C server/me/papers ls-tree -r --name-only gh-pages",
    )
    if "index.html" not in listed:
        sys.exit(f"gh-pages holds {listed}")


@contextmanager
def arxiv() -> Iterator[dict[str, str]]:
    """An arXiv on this machine with three papers; the variables that name it."""
    with tempfile.TemporaryDirectory() as name:
        workplace.make_papers(Path(name), 3, workplace.SMALL)
        with workplace.arxiv(Path(name)) as base:
            yield {
                "SCREEN_ARXIV__API": f"{base}/api/query",
                "SCREEN_ARXIV__OAI": f"{base}/oai",
                "SCREEN_ARXIV__FEED": f"{base}/atom",
                "SCREEN_ARXIV__PDF": f"{base}/pdf",
                "SCREEN_RUN__TIMEZONE": "UTC",
            }


def prepare(debian: Debian) -> None:
    """A user, the program as the README installs it, a configuration and keys."""
    debian.must(
        "a user",
        f"id {USER} 2>/dev/null || /usr/sbin/useradd --create-home --shell /bin/sh {USER}",
        user="root",
        folder="/",
    )
    put_project(debian)
    shown = debian.must(
        "the README's installation",
        readme_lines(),
        folder=f"{HOME}/project",
        **PIP,
    )
    print(f"       version {shown.strip().splitlines()[-1]}")
    keys = "\n".join(f"{name}={value}" for name, value in debian.arxiv.items())
    blog = (debian.path("screen-blog/config.toml"), CONFIG)
    for path, text in (blog, (debian.path(".config/screen/env"), keys)):
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    debian.must(
        "keys and configuration",
        f"chown -R {USER}:{USER} {HOME} && chmod 600 {HOME}/.config/screen/env",
        user="root",
    )
    # What actions/setup-python gives.
    debian.must("tools", "python3 -m venv tools")


def main() -> int:
    if os.getuid() or not shutil.which("apt-get"):
        print("schedules: root and apt are needed, nothing is tried")
        return 0
    if not workplace.SHARED.is_dir():
        print("schedules: ../shared is not here, nothing is tried")
        return 0
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name, arxiv() as variables:
        root = Path(sys.argv[1]) if sys.argv[1:] else Path(name) / "root"
        if not root.is_dir():
            make_debian(root)
        put_wheels(root)
        debian = Debian(root, variables)
        prepare(debian)
        check_cron(debian)
        check_systemd(debian)
        check_workflow(debian)
        check_repository(debian)
    print(f"schedules: all run, {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
