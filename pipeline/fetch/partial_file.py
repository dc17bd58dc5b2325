"""A PDF while it is downloaded: where it can be continued, and whether it is whole."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import httpx

from pipeline.common.retry import Garbled
from pipeline.fetch.listing_client import answer_excerpt

_ENDS = 1024
"""Bytes at either end in which a PDF says that it is one (ISO 32000-1, 7.5.2 and 7.5.5, and
Acrobat's practice).
"""


@dataclass
class PartialFile:
    """The file while it grows, and what the server has said about the whole of it."""

    path: Path
    size: int = 0
    """Bytes so far."""
    length: int = 0
    """Bytes of the whole; 0 when unknown."""
    validator: str = ""
    """By it the server tells whether the rest belongs to what is there; without it a torn file
    is begun again.
    """
    file: BinaryIO | None = None

    def range_headers(self) -> dict[str, str]:
        """Ask for the rest only, if something is there that can be continued."""
        if not (self.size and self.validator):
            return {}
        return {"Range": f"bytes={self.size}-", "If-Range": self.validator}

    def begin(self, response: httpx.Response) -> None:
        """Open the file where the answer goes on.

        Raises:
            Garbled: another part of the file than was asked for.
        """
        if response.status_code == httpx.codes.PARTIAL_CONTENT:
            self._continue(response.headers.get("Content-Range", ""))
        else:
            self.clear()
            self.length = _length(response)
            self.validator = _validator(response)
        self.file = self.file or self.path.open("wb")

    def _continue(self, content_range: str) -> None:
        span = re.fullmatch(r"bytes ([0-9]+)-[0-9]+/([0-9]+|\*)", content_range)
        if not (span and int(span[1]) == self.size):
            self.clear()
            raise Garbled("another part of the file than was asked for")

    def write(self, piece: bytes) -> None:
        """Append; the file is open."""
        if self.file:
            self.file.write(piece)
            self.size += len(piece)

    def check(self) -> None:
        """Make sure that it is a whole PDF.

        Raises:
            Garbled: it is not. What cannot be continued is thrown away.
        """
        if self.file:
            self.file.flush()
        try:
            _require_whole(self.path, self.length)
        except Garbled:
            self.clear()
            raise

    def move_in(self, place: Path) -> None:
        """Bring the bytes to the disk, then the file to its place."""
        if self.file:
            os.fsync(self.file.fileno())
            self.file.close()
        self.path.replace(place)

    def clear(self) -> None:
        """Begin again with nothing."""
        if self.file:
            self.file.seek(0)
            self.file.truncate()
        self.size = self.length = 0
        self.validator = ""

    def discard(self) -> None:
        """Close the file, and remove what was not moved in."""
        with suppress(OSError):  # a full disk refuses the last bytes once more
            if self.file:
                self.file.close()
        # a folder that cannot be written has no such file
        with suppress(OSError):
            self.path.unlink()


def _length(response: httpx.Response) -> int:
    """Bytes of the file; 0 where the answer does not say, or is packed."""
    stated: str = response.headers.get("Content-Length", "")
    is_packed = (
        response.headers.get("Content-Encoding", "identity") != "identity"
    )
    is_number = stated.isascii() and stated.isdigit()
    return int(stated) if is_number and not is_packed else 0


def _validator(response: httpx.Response) -> str:
    """Give what If-Range may name: a strong ETag, else the date of the file (RFC 9110, 13.1.5)."""
    if "Content-Encoding" in response.headers:
        return ""
    etag: str = response.headers.get("ETag", "")
    date: str = response.headers.get("Last-Modified", "")
    return etag if etag and not etag.startswith("W/") else date


def _require_whole(path: Path, length: int) -> None:
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_ENDS)
        file.seek(max(0, size - _ENDS))
        tail = file.read()
    if b"%PDF-" not in head:
        is_html = b"<html" in head.lower()
        kind = "an HTML page in place of the PDF" if is_html else "not a PDF"
        raise Garbled(kind, excerpt=answer_excerpt(head))
    if length and size != length:
        raise Garbled(f"{size} of {length} bytes")
    if b"%%EOF" not in tail:
        raise Garbled("a PDF without its end")
