"""Bodies within limits: packed in layers, endless, or a byte a second."""

import gzip
import zlib

import httpx
import pytest

from pipeline.common.retry import Garbled, TooSlow
from pipeline.fetch.transfer import (
    TooLarge,
    TransferLimits,
    read_limited,
)

SMALL = TransferLimits(
    size=1_000_000, seconds=600.0, least_rate=1000.0, window=20.0
)


class Body(httpx.AsyncByteStream):
    """Pieces that come one by one, each after some seconds of the test's clock."""

    def __init__(self, pieces, clock, pause=0.0):
        self.pieces, self.clock, self.pause = pieces, clock, pause

    async def __aiter__(self):
        for piece in self.pieces:
            self.clock.now += self.pause
            yield piece


async def read(clock, pieces, encoding="", pause=0.0, limits=SMALL):
    response = httpx.Response(
        200,
        headers={"Content-Encoding": encoding} if encoding else {},
        stream=Body(pieces, clock, pause),
    )
    return [piece async for piece in read_limited(response, limits, clock)]


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("", bytes), ("identity", bytes), ("gzip", gzip.compress), ("deflate", zlib.compress)],
)  # fmt: skip
async def test_a_body_arrives_whole(clock, encoding, pack):
    packed = pack(b"abc" * 1000)
    assert (
        b"".join(await read(clock, [packed[:7], packed[7:]], encoding))
        == b"abc" * 1000
    )


async def test_a_body_that_grows_when_unpacked_ends_at_the_limit(clock):
    seen = []
    bomb = gzip.compress(bytes(100_000_000))
    response = httpx.Response(
        200, headers={"Content-Encoding": "gzip"}, stream=Body([bomb], clock)
    )
    with pytest.raises(TooLarge):
        async for piece in read_limited(response, SMALL, clock):
            seen += [len(piece)]
    assert max(seen) <= SMALL.piece
    assert sum(seen) <= SMALL.size


@pytest.mark.parametrize(
    "encoding", ["gzip, gzip", "br", "zstd", "gzip,deflate,gzip"]
)
async def test_layers_and_forms_that_were_not_asked_for_are_turned_away(
    clock, encoding
):
    bomb = gzip.compress(gzip.compress(bytes(10_000_000)))
    with pytest.raises(Garbled):
        await read(clock, [bomb], encoding)


async def test_what_is_not_packed_as_it_says_is_garbled(clock):
    with pytest.raises(Garbled):
        await read(clock, [b"plain"], "gzip")


async def test_a_byte_a_second_is_given_up_after_the_window(clock):
    with pytest.raises(TooSlow):
        await read(clock, [b"x"] * 1000, pause=1.0)
    assert clock.now - 1000 < 25


async def test_a_transfer_that_never_ends_is_given_up(clock):
    limits = TransferLimits(size=10**9, seconds=600.0)
    with pytest.raises(TooSlow):
        await read(clock, [b"x" * 50_000] * 1000, pause=1.0, limits=limits)
    assert clock.now - 1000 < 605


async def test_a_slow_beginning_is_forgiven_within_the_window(clock):
    pieces = [b"x"] * 10 + [b"x" * 90_000]
    assert len(await read(clock, pieces, pause=1.9)) == 11
