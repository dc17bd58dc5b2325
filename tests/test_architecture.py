"""The rules of docs/design.md that a machine can watch, imports under TYPE_CHECKING included."""

import ast
from collections import Counter
from pathlib import Path

import pytest

import pipeline

PACKAGE = Path(pipeline.__file__).parent
FOLDERS = sorted({path.parent for path in PACKAGE.rglob("*.py")})
VOCABULARY = {
    "paper",
    "errors",
    "config",
    "resources",
    "lazy_sequence",
    "review_fields",
    "translation",
    "garbage_collection",
    "anonymous_manuscript",
}
ALLOWED = {
    "common": VOCABULARY,
    "llm": VOCABULARY | {"common"},
    "citations": VOCABULARY | {"common"},
    "reading_log": VOCABULARY | {"common"},
    "store": VOCABULARY | {"common"},
    "fetch": VOCABULARY | {"common"},
    "extract": VOCABULARY | {"common"},
    "screen": VOCABULARY | {"common", "llm"},
    "summarize": VOCABULARY | {"common", "llm"},
    "render": VOCABULARY | {"common", "citations"},
    "console": VOCABULARY | {"common", "store"},
}
"""What each package may use besides itself. run/ joins the stages; cli/ and web/ stand above it."""

OF_THE_PROGRAM = {"__version__", "PROGRAM"}
"""What `pipeline` itself holds: its version and the name of its command."""

MOST_FILES = 12


def imported_modules(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "pipeline":
            yield from (f"pipeline.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def imported_parts(path):
    """The packages and top modules of the program that a file imports."""
    steps = (module.split(".") for module in imported_modules(path))
    return {
        step[1] for step in steps if step[0] == "pipeline" and len(step) > 1
    }


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_a_package_imports_only_what_its_rule_allows(name):
    for path in (PACKAGE / name).rglob("*.py"):
        others = imported_parts(path) - {name} - OF_THE_PROGRAM
        assert others <= ALLOWED[name], path.relative_to(PACKAGE)


def test_the_vocabulary_and_the_errors_import_only_the_words_of_the_program():
    allowed = OF_THE_PROGRAM | {"translation"}
    for name in ("paper.py", "errors.py", "translation.py"):
        assert imported_parts(PACKAGE / name) <= allowed


@pytest.mark.parametrize("name", ["run", "console"])
def test_what_lies_below_the_commands_does_not_import_them(name):
    for path in (PACKAGE / name).rglob("*.py"):
        assert not imported_parts(path) & {"cli", "web"}, path.relative_to(
            PACKAGE
        )


def test_the_reading_log_is_used_by_the_commands_alone():
    for path in PACKAGE.rglob("*.py"):
        if path.relative_to(PACKAGE).parts[0] not in {"cli", "reading_log"}:
            assert "reading_log" not in imported_parts(path), path.relative_to(
                PACKAGE
            )


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_holds_at_most_twelve_files(folder):
    modules = [
        path for path in folder.glob("*.py") if path.name != "__init__.py"
    ]
    assert len(modules) <= MOST_FILES


def repeated(names):
    return sorted(name for name, times in Counter(names).items() if times > 1)


def definitions(kind):
    for path in PACKAGE.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, kind) and not node.name.startswith("_"):
                yield node.name


def test_no_two_modules_share_a_name():
    plain = {"__init__.py", "__main__.py"}
    assert not repeated(
        path.name for path in PACKAGE.rglob("*.py") if path.name not in plain
    )


def test_no_two_classes_share_a_name():
    assert not repeated(definitions(ast.ClassDef))


def test_no_two_public_functions_share_a_name():
    assert not repeated(definitions((ast.FunctionDef, ast.AsyncFunctionDef)))
