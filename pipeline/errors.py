"""Everything that can go wrong, as one tree of errors with data and next step.

    ScreenError              exit code
    ├── UsageError           2   the command line or the configuration
    │   └── ConfigError          a key or value of file or environment
    ├── ServiceDown          3   arXiv or the model cannot be used now
    │   ├── ArxivDown            no answer, or throttled past the limit
    │   │   └── BadAnswer        not what arXiv sends: HTML, an empty page
    │   └── ModelDown            no answer, or errors past the last try
    │       └── ModelRejected    a wrong key, an unknown model
    ├── PaperError           1   one paper cannot be finished now
    │   ├── NoPdf                arXiv has no PDF of it
    │   ├── BrokenDownload       the PDF did not arrive whole
    │   ├── UnreadablePdf        no text layer, a password, damaged
    │   ├── ReadingStopped       past its time or memory, or it died
    │   ├── ReviewIncomplete     the checks left less than a whole review
    │   ├── ContextExceeded      the prompt is longer than the model takes
    │   ├── BatchPending         its answer waits in a batch of the model
    │   └── BudgetReached        the next call would pass the budget
    ├── RenderError          1   one face could not be written
    │   └── EditedByHand         the file was changed since it was written
    ├── StoreError           1   the database or the output folder
    │   ├── NewerStore           written by a newer version of the program
    │   ├── NotWritable      2   no permission, or a read-only disk
    │   └── DiskFull             no room is left
    └── Busy                 0   another run is at work

Errors are frozen in meaning but plain in form: keyword data becomes
attributes, `str(error)` is one line for the user, `error.step` what to do
next. They pickle, since reading happens in other processes.
"""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

from pipeline.translation import gettext as _
from pipeline.translation import mark

INTERRUPTED = 130
"""Exit code of a program that Ctrl-C ended, as shells have it."""
STOPPED = mark("stopped. What was done is kept; run again to go on.")


class ScreenError(Exception):
    """Base of all errors a user may see.

    `message` is one line without the next step; `step` is what the user can do about it.
    Keyword arguments are kept as attributes, so that callers need not parse the message.
    """

    exit_code = 1
    default_step = ""
    lasting = False
    """True when the cause lies in the paper itself, so that trying again the same night is of
    no use.
    """

    def __init__(self, message: str, *, step: str = "", **data: Any) -> None:
        super().__init__(message)
        self.message = message
        self.step = step or _(self.default_step)
        self.data = data

    @property
    def advice(self) -> str:
        """Message and next step, as a person reads them."""
        if self.message.endswith(tuple("。？！")):
            return f"{self.message}{self.step}"
        end = "" if self.message.endswith(tuple(".?!…")) else "."
        return f"{self.message}{end} {self.step}".rstrip()

    def __getattr__(self, name: str) -> Any:
        if name == "data" or name not in self.data:
            raise AttributeError(name)
        return self.data[name]

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.message, self.step, self.data)


def _rebuild(
    kind: type[ScreenError], message: str, step: str, data: dict[str, Any]
) -> ScreenError:
    return kind(message, step=step, **data)


class UsageError(ScreenError):
    """The command was given something it cannot take."""

    exit_code = 2


class ConfigError(UsageError):
    """A key or value of the configuration is wrong; `key` is its dotted name."""


class ServiceDown(ScreenError):
    """A service the program depends on cannot be used now."""

    exit_code = 3

    @property
    def passing(self) -> bool:
        """True where one request was lost and the next may be answered."""
        return bool(self.data.get("passing"))


class ArxivDown(ServiceDown):
    """arXiv gave no usable answer within the limits; `url`, `status` and `tries` say which."""

    default_step = mark(
        "Run again later; what was found so far is kept. `{program} doctor` checks the address."
    )


class BadAnswer(ArxivDown):
    """arXiv answered with something that is not a listing; `url` and `excerpt` show what."""


class ModelDown(ServiceDown):
    """The model gave no usable answer; `status` and `tries` say how."""

    default_step = mark(
        "Run again later; `{program} retry` reviews what is pending."
    )


class ModelRejected(ModelDown):
    """The endpoint refuses every call: wrong key, unknown model, no permission."""

    default_step = mark(
        "Check [model] in config.toml and the key in the environment; `{program} doctor` tries it."
    )


class PaperError(ScreenError):
    """One paper cannot be finished now. It stays pending with this reason."""


class NoPdf(PaperError):
    """arXiv has no PDF for this paper (404)."""

    lasting = True


class BrokenDownload(PaperError):
    """The PDF did not arrive whole, or is larger than the limit."""


class UnreadablePdf(PaperError):
    """The file holds no text to read. `cause` is one of CAUSES; `detail` may say more."""

    lasting = True

    CAUSES = ("no text layer", "needs a password", "not a PDF", "damaged")


class ReadingStopped(PaperError):
    """The reading process passed a limit or died; `cause` is `time`, `memory` or `crash`."""

    lasting = True


class ReviewIncomplete(PaperError):
    """After the repair an item of the review was still empty; `missing` names the items."""


class ContextExceeded(PaperError):
    """The prompt was longer than the model's context even at its smallest."""


class BudgetReached(PaperError):
    """The next call could pass `[model] budget_per_run` or `tokens_per_run`."""

    default_step = mark(
        "Raise [model] budget_per_run, or let the next run go on."
    )


class BatchPending(PaperError):
    """The request waits in a batch of the model's provider; a later run gets the answer."""

    default_step = mark("Run again later to collect it.")


class RenderError(ScreenError):
    """A face (a kind of output) could not be written; `face` names it."""


class EditedByHand(RenderError):
    """A file was changed since it was written, so it is left alone; `path` names it."""

    default_step = mark(
        "Give --force to overwrite it, or move your version away."
    )


class StoreError(ScreenError):
    """The database or the output folder cannot be used."""


class NewerStore(StoreError):
    """The database was written by a newer version of the program."""

    default_step = mark("Update arxiv-screen, or name another output folder.")


class NotWritable(StoreError):
    """A file or folder cannot be written; `path` names it."""

    exit_code = 2
    default_step = mark(
        "Choose another folder with --output, or change its permissions."
    )


class DiskFull(StoreError):
    """No space is left; `path` names where."""

    default_step = mark(
        "Free some space and run again; nothing that was done is lost."
    )


class Busy(ScreenError):
    """Another run holds the lock; `pid` and `since` say who."""

    exit_code = 0


def why(error: OSError | UnicodeError) -> str:
    """The reason without number and path: the line that is shown names the file already."""
    return (
        error.strerror or str(error)
        if isinstance(error, OSError)
        else _("it is not text in UTF-8")
    )


UNWRITABLE = frozenset(
    {
        *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EISDIR),
        *(errno.ELOOP, errno.ENOENT, errno.EEXIST, errno.ENAMETOOLONG),
    }
)
"""What the system says of a place where nothing can be written, whoever tries again."""


def from_os(error: OSError, path: Path) -> StoreError:
    """What the system says of a file or folder, as an error of this program."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(_("No space is left for {path}.", path=path), path=path)
    if error.errno in UNWRITABLE:
        return NotWritable(
            _(
                "{path} cannot be written: {why}.",
                path=path,
                why=error.strerror,
            ),
            path=path,
        )
    return StoreError(f"{path}: {error.strerror or error}.", path=path)
