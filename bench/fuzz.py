"""Mutates PDFs and reads them, to find what crashes, hangs or fills the reader.

    python bench/fuzz.py --seconds 3600 [--seed 1] [--pdfs DIR …] [--finds DIR] [--timeout 60]
    [--memory 2000] [--draw]

Each round takes a paper and changes its bytes (bits, blocks cut, doubled, swapped), its objects
(numbers, names and references), or decoded streams, then reads it in a child with limits. A
Document and a clear error are fine; a time or memory limit, a crash of the child and an error
of our own code are finds: the file is kept in DIR with its cause. Prints counts, and finds as
they come. Exit 1 when there are any.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pymupdf

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pipeline.errors import ReadingStopped, UnreadablePdf
from pipeline.extract.worker.pool import read

SHARED = Path(__file__).resolve().parents[2] / "shared"
PAGES = 6
"""Pages that are kept of a paper, so that a round is short."""
NUMBERS = (0, -1, 1, 1e9, -1e9, 1e38, 2**31, 2**63, 0.0001, 3.5)
WORDS = (
    b"null",
    b"true",
    b"[]",
    b"<<>>",
    b"()",
    b"/Nope",
    b"1 0 R",
    b"99999 0 R",
    b"<FEFF>",
    b"[[[[[[]]]]]]",
)


def main() -> None:
    args = _arguments()
    chance, end = random.Random(args.seed), time.monotonic() + args.seconds
    papers = [
        path for folder in args.pdfs for path in sorted(folder.glob("*.pdf"))
    ]
    if not papers:
        sys.exit("no PDFs: name a folder with --pdfs")
    counts: Counter[str] = Counter()
    while time.monotonic() < end:
        path, mutate = (
            chance.choice(papers),
            chance.choice((of_bytes, of_objects, of_streams)),
        )
        data = _mutated(mutate, path, chance)
        outcome, detail = _outcome(data, args)
        counts["rounds"] += 1
        counts[outcome] += 1
        if outcome.startswith("find"):
            _keep(data, outcome, detail, path, args.finds)
        if counts["rounds"] % 200 == 0:
            print(dict(counts), flush=True)
    print(dict(counts))
    sys.exit(any(outcome.startswith("find") for outcome in counts))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--pdfs",
        type=Path,
        nargs="+",
        default=[SHARED / "corpus" / "pdfs", SHARED / "nasty"],
    )
    parser.add_argument("--finds", type=Path, default=Path("output") / "fuzz")
    parser.add_argument("--timeout", type=float, default=60.0)
    parser.add_argument("--memory", type=int, default=2000)
    parser.add_argument("--draw", action="store_true")
    return parser.parse_args()


def _mutated(
    mutate: Callable[[bytes, random.Random], bytes],
    path: Path,
    chance: random.Random,
) -> bytes:
    try:
        return mutate(_short(path.read_bytes(), chance), chance)
    except Exception:  # noqa: BLE001  what cannot be taken apart is mutated as bytes
        return of_bytes(path.read_bytes()[: 1 << 20], chance)


def _short(data: bytes, chance: random.Random) -> bytes:
    """A few pages of a paper."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        if document.needs_pass or document.page_count <= PAGES:
            return data
        start = chance.randrange(document.page_count - PAGES + 1)
        document.select(list(range(start, start + PAGES)))
        return bytes(document.tobytes(garbage=3, deflate=True))


def of_bytes(data: bytes, chance: random.Random) -> bytes:
    """Bits flipped; blocks cut, doubled, moved, filled."""
    out = bytearray(data)
    for _ in range(2 ** chance.randrange(8)):
        if not out:
            break
        at = chance.randrange(len(out))
        size = min(2 ** chance.randrange(12), len(out) - at)
        match chance.randrange(6):
            case 0:
                out[at] ^= 1 << chance.randrange(8)
            case 1:
                out[at] = chance.randrange(256)
            case 2:
                del out[at : at + size]
            case 3:
                out[at:at] = out[at : at + size]
            case 4:
                out[at : at + size] = chance.randbytes(size)
            case _:
                other = chance.randrange(len(out))
                out[at : at + size] = out[other : other + size]
    return bytes(out)


def of_objects(data: bytes, chance: random.Random) -> bytes:
    """Numbers, names and references of some objects changed."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        for _ in range(chance.randrange(1, 12)):
            number = chance.randrange(1, document.xref_length())
            source = document.xref_object(number)
            tokens = list(
                re.finditer(r"/?[A-Za-z]+|-?\d+(\.\d+)?( 0 R)?", source)
            )
            if not tokens:
                continue
            token = chance.choice(tokens)
            new = (
                str(chance.choice(NUMBERS))
                if chance.random() < 0.5
                else chance.choice(WORDS).decode()
            )
            try:
                document.update_object(
                    number,
                    source[: token.start()] + new + source[token.end() :],
                )
            except Exception:  # noqa: BLE001  MuPDF refuses some texts: then that object stays as it is
                continue
        return bytes(document.tobytes())


def of_streams(data: bytes, chance: random.Random) -> bytes:
    """Content streams, fonts or pictures changed behind their compression."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        streams = [
            number
            for number in range(1, document.xref_length())
            if document.xref_is_stream(number)
        ]
        for number in chance.sample(
            streams, min(len(streams), chance.randrange(1, 6))
        ):
            document.update_stream(
                number, _new_stream(document.xref_stream(number) or b"", chance)
            )
        return bytes(document.tobytes())


def _new_stream(stream: bytes, chance: random.Random) -> bytes:
    match chance.randrange(4):
        case 0:
            return of_bytes(stream[: 1 << 20], chance)
        case 1:
            lines = stream.splitlines(keepends=True)
            chance.shuffle(lines)
            return b"".join(lines)
        case 2:
            return re.sub(
                rb"-?\d+(\.\d+)?",
                lambda _: str(chance.choice(NUMBERS)).encode(),
                stream[: 1 << 20],
                count=50,
            )
        case _:
            return stream[: 1 << 16] * chance.randrange(2, 30)


def _outcome(data: bytes, args: argparse.Namespace) -> tuple[str, str]:
    try:
        reading = read(
            data, timeout=args.timeout, memory=args.memory, draw=args.draw
        )
    except UnreadablePdf as error:
        return f"error: {error.cause}", ""
    except ReadingStopped as error:
        return f"find: {error.cause}", str(error.detail)
    return (
        "document with warnings" if reading.document.warnings else "document",
        "",
    )


def _keep(
    data: bytes, outcome: str, detail: str, path: Path, folder: Path
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{outcome.rpartition(' ')[2]}-{path.stem[:20]}-{hashlib.sha256(data).hexdigest()[:12]}"
    (folder / f"{name}.pdf").write_bytes(data)
    (folder / f"{name}.txt").write_text(detail)
    print(
        f"{name}: {detail.strip().splitlines()[-1] if detail.strip() else outcome}",
        flush=True,
    )


if __name__ == "__main__":
    main()
