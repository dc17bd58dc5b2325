"""The READMEs name everything there is, and nothing that is not."""

import re
import tomllib
from pathlib import Path

import pytest

from pipeline import PROGRAM, errors
from pipeline.cli import main
from pipeline.config import Config, TopicPart
from pipeline.llm.providers import presets

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")
EVERYWHERE = {"--config", "--output", "--help", "--debug"}
"""Options that are told once for many commands."""


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(params=READMES)
def readme(request):
    return text_of(request.param)


def rows(text):
    """The cells of every row of a table."""
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")]
        for line in text.splitlines()
        if line[:2] == "| "
    ]


def commands(command=None, path=PROGRAM):
    """Every command with its options."""
    command = command or main.app
    if getattr(command, "invoke_without_command", True):
        yield (
            path,
            {
                option
                for param in command.params
                for option in param.opts
                if option.startswith("--")
            },
        )
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{path} {name}")


def described(text):
    """Every command of the table with its options."""
    found = {}
    for first, second, *_ in (row for row in rows(text) if len(row) == 3):
        if name := re.match(r"`(arxiv-screen(?: [a-z]+)*)(?=[` ])", first):
            words = name[1].removesuffix(" keep")
            found[words] = set(re.findall(r"--[a-z-]+", second))
    return found


def test_every_command_and_option_is_in_the_table_and_none_that_is_not(readme):
    there = {path: options - EVERYWHERE for path, options in commands()}
    assert {
        path: options - EVERYWHERE
        for path, options in described(readme).items()
    } == there


def test_the_exceptions_that_the_text_states_are_true(readme):
    without = {
        path for path, options in commands() if "--config" not in options
    }
    assert without == {"arxiv-screen lint", "arxiv-screen init"}
    assert "`lint`" in readme
    assert "`init`" in readme


def texts_of_the_program():
    """Every file whose words a user may read."""
    for kind in ("*.py", "*.toml", "*.html", "*.j2"):
        yield from (ROOT / "pipeline").rglob(kind)
    for kind in ("*.md", "*.toml"):
        yield from ROOT.glob(kind)


def test_a_command_is_named_as_a_user_types_it_and_as_nothing_else():
    names = {path.split()[1] for path, _ in commands() if " " in path}
    shorter = re.compile(rf"(?<![-\w])screen (?:{'|'.join(names)})\b")
    for path in texts_of_the_program():
        text = path.read_text(encoding="utf-8")
        assert not shorter.findall(text), path


def keys():
    """Every key of the configuration with its default."""
    for section, field in Config.model_fields.items():
        if section == "topics":
            for name, key in TopicPart.model_fields.items():
                yield f"topics.NAME.{name}", key.default
        elif section != "folder":
            for name, key in field.annotation.model_fields.items():
                yield f"{section}.{name}", key.default


def test_every_key_is_in_the_table_with_its_default_and_none_that_is_not(
    readme,
):
    stated = {}
    for row in rows(readme):
        if key := re.fullmatch(r"`([a-z]+\.[\w.]+)`", row[0]):
            stated[key[1]] = tomllib.loads(f"value = {row[1].strip('`')}")[
                "value"
            ]
    plain = {
        key: default.model_dump() if hasattr(default, "model_dump") else default
        for key, default in keys()
    }
    assert stated == {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in plain.items()
    }


def test_keys_and_sections_named_in_the_text_exist(readme):
    known = {key for key, _ in keys()}
    sections = {key.split(".")[0] for key in known} | {"cluster"}
    assert (
        set(
            re.findall(
                r"`((?:arxiv|model|screen|run|output|notify)\.[a-z_]+)`", readme
            )
        )
        <= known
    )
    assert set(re.findall(r"`\[([a-z]+)\]`", readme)) <= sections


def test_the_shipped_configuration_holds_every_key_with_its_default():
    shipped = tomllib.loads(text_of("config.toml"))
    topics = shipped.pop("topics")
    assert {
        f"{section}.{name}"
        for section, part in shipped.items()
        for name in part
    } == {key for key, _ in keys() if not key.startswith("topics.")}
    assert Config(**shipped) == Config(folder=Path.cwd())
    assert all(
        set(topic) <= set(TopicPart.model_fields) for topic in topics.values()
    )


def test_every_exit_code_is_told(readme):
    codes = {row[0] for row in rows(readme)} & {*map(str, range(200))}
    kinds = [
        getattr(errors, name)
        for name in dir(errors)
        if isinstance(getattr(errors, name), type)
    ]
    used = {
        str(kind.exit_code)
        for kind in kinds
        if issubclass(kind, errors.ScreenError)
    }
    assert used | {str(errors.INTERRUPTED)} == codes


def test_providers_and_the_variables_of_their_keys_are_named(readme):
    for name, preset in presets().items():
        assert f"`{name}`" in readme
        assert preset.key_env in readme


def test_costs_follow_from_the_measured_tokens_and_the_prices_of_the_presets(
    readme,
):
    tokens = [
        int(figure.replace(",", ""))
        for figure in re.findall(r"1,000 × ([\d,]+)", readme)
    ]
    prices = {
        model: known.price
        for preset in presets().values()
        for model, known in preset.models.items()
    }
    stated = [
        row
        for row in rows(readme)
        if len(row) == 4
        and row[0].count("`") == 2
        and row[0].split("`")[1] in prices
    ]
    assert len(stated) >= 6
    for model, inward, outward, cost in stated:
        price = prices[model.split("`")[1]]
        assert (float(inward), float(outward)) == (price.input, price.output)
        assert float(cost) == round(1000 * price.cost(*tokens), 2)


def test_the_usual_models_are_those_of_the_presets(readme):
    usual = {
        row[0].split("`")[1]
        for row in rows(readme)
        if re.search(r"\(usual\)|（默认）", row[0])
    }
    assert usual == {
        preset.name for preset in presets().values() if preset.name
    }


def test_files_that_are_linked_exist(readme):
    for target in re.findall(r"\]\(((?!https?://)[^)#]+)\)", readme):
        assert (ROOT / target).exists(), target


def test_the_two_readmes_are_twins():
    english, chinese = map(text_of, READMES)
    for part in (r"^#+ ", r"^\|", r"^```", r"^!\["):
        assert len(re.findall(part, english, re.MULTILINE)) == len(
            re.findall(part, chinese, re.MULTILINE)
        ), part
    code = r"```console\n.*?```"
    assert (
        re.search(code, english, re.DOTALL)[0]
        == re.search(code, chinese, re.DOTALL)[0]
    )


def test_the_changelog_has_the_version_of_the_package():
    from pipeline import __version__

    assert f"## [{__version__}]" in text_of("CHANGELOG.md")


def test_make_has_the_targets_that_are_named(readme):
    makefile = text_of("Makefile")
    for target in re.findall(r"^make (\w+)", readme, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_every_module_is_on_the_page_of_its_package():
    package = ROOT / "pipeline"
    for page in (ROOT / "docs" / "packages").glob("*.md"):
        modules = {
            path.name for path in (package / page.stem).rglob("*.py")
        } - {"__init__.py"}
        told = set(
            re.findall(
                r"^\| `([a-z_]+\.py)`",
                page.read_text(encoding="utf-8"),
                re.MULTILINE,
            )
        )
        assert told == modules, page.name


def test_every_package_has_its_page():
    pages = {page.stem for page in (ROOT / "docs" / "packages").glob("*.md")}
    assert pages == {
        path.parent.name for path in (ROOT / "pipeline").glob("*/__init__.py")
    }
