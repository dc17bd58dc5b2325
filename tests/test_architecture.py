"""The rules of docs/design.md that a machine can watch."""

import ast
from pathlib import Path

import pytest

from pipeline import paper

PACKAGE = Path(paper.__file__).parent
STAGES = ("fetch", "screen", "extract", "summarize", "render")


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def part(module):
    steps = module.split(".")
    return steps[1] if steps[0] == "pipeline" and len(steps) > 1 else None


@pytest.mark.parametrize("stage", STAGES)
def test_stages_never_import_each_other(stage):
    for path in (PACKAGE / stage).rglob("*.py"):
        met = {part(module) for module in imports(path)} - {None, stage}
        assert met <= {"paper", "errors", "config", "shipped", "streams"}, path


def test_the_vocabulary_and_the_errors_import_nothing_of_the_program():
    for name in ("paper.py", "errors.py"):
        assert not [module for module in imports(PACKAGE / name) if part(module)]


def test_only_the_night_joins_stages():
    for path in PACKAGE.glob("*.py"):
        met = {part(module) for module in imports(path)} & set(STAGES)
        assert len(met) <= 2, path
