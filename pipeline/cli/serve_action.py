"""What `arxiv-screen serve` does."""

from __future__ import annotations

import signal
import tempfile
from importlib.util import find_spec
from types import FrameType
from typing import NoReturn

from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.translation import gettext as _


def serve_pages(
    config: Config, host: str, port: int | None, *, demo: bool
) -> int:
    """Serve the triage page, of the demonstration in a folder that is thrown away.

    The exit code is returned: that of a demonstration that was stopped, else 0.

    Raises:
        UsageError: the extra is not installed, or the port is in use.
        StoreError: nothing has been screened yet.
    """
    if any(
        find_spec(name) is None
        for name in ("starlette", "uvicorn", "matplotlib")
    ):
        raise UsageError(
            _("The triage page needs packages that are not installed."),
            step=_('Install them: pip install "arxiv-screen[web]".'),
        )
    from pipeline.web.triage_server import serve_forever

    wanted = config.web.port if port is None else port
    if not demo:
        serve_forever(config, host, wanted)
        return 0
    from pipeline.run.entry import RunRequest, run_screening

    for one in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, _leave)  # else the folder would outlive the page
    with tempfile.TemporaryDirectory(prefix="screen-demo-") as folder:
        output = config.output.model_copy(update={"dir": folder})
        shown = config.model_copy(update={"output": output})
        code = run_screening(
            shown,
            RunRequest(topics=("Talking Head",), demo=True),
            as_json=False,
        )
        if code == 0:
            serve_forever(shown, host, wanted)
        return code


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    """End the page by a signal as by Ctrl-C: what it made for itself goes."""
    raise SystemExit(128 + number)
