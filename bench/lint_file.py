"""Lint one Markdown file: `python bench/lint_file.py FILE --json`. For measuring with shared/tools/score_lint.py."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.summarize.lint import lint

for finding in lint(Path(sys.argv[1]).read_text(encoding="utf-8")):
    print(json.dumps({"line": finding.line, "reason": finding.reason}, ensure_ascii=False))
