"""`--dry-run`: a run on a copy of the store that is thrown away."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.common.output_layout import output_names
from pipeline.config import Config


@contextmanager
def on_copied_store(config: Config) -> Iterator[Config]:
    """A configuration whose output folder is thrown away afterwards, with what is known so far
    in it.
    """
    with tempfile.TemporaryDirectory(prefix="screen-dry-run-") as folder:
        for path in config.out.glob(f"{output_names.database}*"):
            shutil.copy2(path, Path(folder) / path.name)
        output = config.output.model_copy(update={"dir": folder})
        yield config.model_copy(update={"output": output})
