"""What reading one PDF gives, and its form on the wire between the reading process and its parent.

The wire form is JSON and raw bytes, never pickle: the process that reads hostile PDFs is not
trusted.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any, NotRequired, TypedDict

from pipeline.paper import Document

if TYPE_CHECKING:
    from pydantic import TypeAdapter

LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """What a reading process and its parent agree on."""

    clock_factor: float = 10.0
    """Seconds by the clock for each second of processor time."""
    encoders: int = 2
    """Threads that encode a paper's pictures while MuPDF draws the next one."""
    megabyte: int = 1 << 20
    """Bytes, as limits on memory count them."""


process_limits = ProcessLimits()


class Wish(TypedDict):
    """How a child of the sandbox is to read a PDF."""

    timeout: float
    """Seconds of processor time."""
    memory: int
    """MB."""
    draw: bool
    encoders: int
    """Threads that encode pictures, beside the one that draws them; 0 where every core has a
    paper of its own.
    """
    title: NotRequired[str]
    """The paper's title in its record."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A Document and the pictures of its figures."""

    document: Document
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """Encoded PNG or WebP by file name, the name that Figure.file gives."""


class BrokenFrame(Exception):
    """The other side closed the pipe, or sent what is no frame."""


def write_frame(
    stream: IO[bytes], head: Mapping[str, Any], *parts: bytes
) -> None:
    """Send one message: its head as JSON, with the sizes of the raw parts that follow."""
    whole = {**head, "sizes": [len(part) for part in parts]}
    body = json.dumps(whole, default=_as_mapping).encode()
    stream.write(LENGTH.pack(len(body)))
    stream.write(body)
    stream.writelines(parts)
    stream.flush()


def read_frame(
    stream: IO[bytes], limit: int
) -> tuple[dict[str, Any], list[bytes]]:
    """Receive one message of at most `limit` bytes.

    Raises:
        BrokenFrame: the stream ended, or what came is no frame or is larger.
    """
    (size,) = LENGTH.unpack(_exactly(stream, LENGTH.size, limit))
    try:
        head = json.loads(_exactly(stream, size, limit))
        sizes = [int(part) for part in head["sizes"]]
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenFrame("not a message") from error
    if min(sizes, default=0) < 0 or sum(sizes) > limit:
        raise BrokenFrame("a message larger than the limit")
    return head, [_exactly(stream, part, limit) for part in sizes]


def _exactly(stream: IO[bytes], size: int, limit: int) -> bytes:
    if size > limit:
        raise BrokenFrame("a message larger than the limit")
    data = stream.read(size)
    if data is None or len(data) < size:
        raise BrokenFrame("the stream ended")
    return data


def pack(reading: Reading) -> tuple[dict[str, Any], list[bytes]]:
    """Head and raw parts for `write_frame`."""
    head = {"document": reading.document, "names": list(reading.pictures)}
    return head, list(reading.pictures.values())


def _as_mapping(value: Any) -> dict[str, Any]:
    """A Document, or a part of one, for JSON; pydantic would take the reading process 14 MB."""
    return {one.name: getattr(value, one.name) for one in fields(value)}


def unpack(head: Mapping[str, Any], parts: list[bytes]) -> Reading:
    """The Reading that `pack` took apart.

    Raises:
        BrokenFrame: the parts do not fit together, or a name is a path.
    """
    try:
        document = _adapter().validate_python(head["document"])
        pictures = dict(zip(map(str, head["names"]), parts, strict=True))
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenFrame("not a reading") from error
    if any(
        name in {"", ".", ".."} or PurePath(name).name != name or "\\" in name
        for name in pictures
    ):
        raise BrokenFrame("a picture's name is a path")
    return Reading(document, pictures)


@cache
def _adapter() -> TypeAdapter[Document]:
    from pydantic import TypeAdapter

    return TypeAdapter(Document)
