"""PDFs arrive whole or not at all."""

import asyncio
import gzip
from pathlib import Path

import pytest

from pipeline.errors import (
    ArxivDown,
    BrokenDownload,
    DiskFull,
    NoPdf,
    NotWritable,
)
from pipeline.fetch.pdf_download import PdfDownloads
from tests.arxiv_loopback import Answer

PDF = b"%PDF-1.7\n" + b"0123456789" * 500 + b"\nstartxref\n9\n%%EOF\n"
HTML = Answer(
    body=b"<html><body>PDF is being generated, please wait</body></html>"
)
TAGGED = {"ETag": '"abc"'}


@pytest.fixture
async def pdfs(settings, clock):
    async with PdfDownloads(
        settings, clock=clock, sleep=clock.asleep, jitter=lambda: 0.5
    ) as downloads:
        yield downloads


async def test_a_pdf_is_moved_in_under_the_papers_name(
    pdfs, server, paper, tmp_path
):
    server.answers = [Answer(body=PDF)]
    place = await pdfs.download(paper("cs/0112017", 2), tmp_path)
    assert place == tmp_path / "cs-0112017v2.pdf"
    assert place.read_bytes() == PDF
    assert list(tmp_path.iterdir()) == [place]
    (request,) = server.requests
    assert request.path == "/pdf/cs/0112017v2"
    assert request.headers["Accept"] == "application/pdf"
    assert "a@b.example" in request.headers["User-Agent"]


async def test_a_pdf_that_is_there_is_not_fetched_again(
    pdfs, server, paper, tmp_path
):
    (tmp_path / "2610.00001v1.pdf").write_bytes(PDF)
    await pdfs.download(paper(), tmp_path)
    assert server.requests == []


async def test_a_part_left_by_a_killed_run_is_begun_anew(
    pdfs, server, paper, tmp_path
):
    (tmp_path / "2610.00001v1.pdf.part").write_bytes(b"%PDF-1.7 of another day")
    server.answers = [Answer(body=PDF)]
    assert (await pdfs.download(paper(), tmp_path)).read_bytes() == PDF
    assert "Range" not in server.requests[0].headers


async def test_a_torn_pdf_is_continued_where_the_server_can(
    pdfs, server, paper, tmp_path
):
    rest = Answer(
        206,
        PDF[1000:],
        {"Content-Range": f"bytes 1000-{len(PDF) - 1}/{len(PDF)}"},
    )
    server.answers = [Answer(body=PDF, headers=TAGGED, cut=1000), rest]
    assert (await pdfs.download(paper(), tmp_path)).read_bytes() == PDF
    assert server.requests[1].headers["Range"] == "bytes=1000-"
    assert server.requests[1].headers["If-Range"] == '"abc"'


@pytest.mark.parametrize(
    "second",
    [
        [Answer(body=PDF)],
        [Answer(416), Answer(body=PDF)],
        [
            Answer(
                206,
                PDF[5:],
                {"Content-Range": f"bytes 5-{len(PDF) - 1}/{len(PDF)}"},
            ),
            Answer(body=PDF),
        ],
        [
            Answer(
                206,
                PDF[1000:2000],
                {"Content-Range": f"bytes 1000-1999/{len(PDF)}"},
            ),
            Answer(body=PDF),
        ],
    ],
    ids=["whole", "unsatisfiable", "another part", "too short a part"],
)
async def test_a_torn_pdf_is_begun_again_where_it_cannot_be_continued(
    pdfs, server, paper, tmp_path, second
):
    server.answers = [Answer(body=PDF, headers=TAGGED, cut=1000), *second]
    assert (await pdfs.download(paper(), tmp_path)).read_bytes() == PDF


@pytest.mark.parametrize(
    "fault",
    [
        HTML,
        Answer(429),
        Answer(406),
        Answer(403),
        Answer(503, headers={"Retry-After": "2"}),
        Answer(500),
        Answer(body=PDF, cut=700),
        Answer(
            body=PDF[:700],
            headers={"Content-Length": None, "Connection": "close"},
        ),
        Answer(body=b"not a PDF %%EOF"),
        Answer(body=b""),
    ],
    ids=[
        "html",
        "429",
        "406",
        "403",
        "503",
        "500",
        "cut",
        "torn",
        "text",
        "nothing",
    ],
)
async def test_a_fault_is_waited_out(pdfs, server, paper, tmp_path, fault):
    server.answers = [fault, fault, Answer(body=PDF)]
    assert (await pdfs.download(paper(), tmp_path)).read_bytes() == PDF
    assert [path.name for path in tmp_path.iterdir()] == ["2610.00001v1.pdf"]


async def test_no_pdf_is_said_at_once(pdfs, server, paper, tmp_path):
    server.answers = [Answer(404, b"<html>No PDF</html>")]
    with pytest.raises(NoPdf):
        await pdfs.download(paper(), tmp_path)
    assert list(tmp_path.iterdir()) == []


async def test_html_for_ever_is_a_broken_download_that_leaves_nothing(
    pdfs, server, paper, tmp_path
):
    server.answer = lambda request: HTML
    with pytest.raises(BrokenDownload, match="HTML page") as caught:
        await pdfs.download(paper(), tmp_path)
    assert "being generated" in caught.value.excerpt
    assert list(tmp_path.iterdir()) == []


async def test_throttling_past_the_limit_means_arxiv_is_down(
    pdfs, server, paper, tmp_path
):
    server.answer = lambda request: Answer(429)
    with pytest.raises(ArxivDown):
        await pdfs.download(paper(), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
async def small(settings, clock):
    settings = settings.model_copy(update={"pdf_limit": 1})
    async with PdfDownloads(
        settings, clock=clock, sleep=clock.asleep
    ) as downloads:
        yield downloads


UNANNOUNCED = {"Content-Length": None, "Connection": "close"}


@pytest.mark.parametrize(
    "headers", [{}, UNANNOUNCED], ids=["announced", "unannounced"]
)
async def test_a_pdf_over_the_limit_is_not_fetched(
    small, server, paper, tmp_path, headers
):
    server.answer = lambda request: Answer(
        body=b"%PDF-" + b"0" * 1_500_000, headers=headers
    )
    with pytest.raises(BrokenDownload, match="larger than 1 MB"):
        await small.download(paper(), tmp_path)
    assert len(server.requests) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="needs a device that is full"
)
async def test_a_full_disk_is_called_so(pdfs, server, paper, tmp_path):
    (tmp_path / "2610.00001v1.pdf.part").symlink_to("/dev/full")
    server.answers = [Answer(body=PDF)]
    with pytest.raises(DiskFull):
        await pdfs.download(paper(), tmp_path)


async def test_a_folder_that_is_none_is_called_so(
    pdfs, server, paper, tmp_path
):
    server.answers = [Answer(body=PDF)]
    with pytest.raises(NotWritable):
        await pdfs.download(paper(), tmp_path / "absent")


async def test_downloads_begin_politely_apart(
    settings, clock, server, paper, tmp_path
):
    server.answer = lambda request: Answer(body=PDF)
    async with PdfDownloads(settings, clock=clock, sleep=clock.asleep) as pdfs:
        await asyncio.gather(
            *(pdfs.download(paper(f"2610.0000{n}"), tmp_path) for n in range(5))
        )
    assert len(list(tmp_path.glob("*.pdf"))) == 5
    assert clock.now - 1000 == pytest.approx(4 * settings.pdf_interval)


async def test_a_cancelled_download_leaves_nothing(
    pdfs, server, paper, tmp_path
):
    began = asyncio.Event()
    loop = asyncio.get_running_loop()

    def answer(request):
        loop.call_soon_threadsafe(began.set)
        return Answer(
            body=PDF[:100], headers={"Content-Length": str(len(PDF))}, cut=100
        )

    server.answer = answer
    task = asyncio.create_task(pdfs.download(paper(), tmp_path))
    await began.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "target",
    [
        "ftp://arxiv.org/x.pdf",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:application/pdf,x",
        "http://",
        "http://[::1",
        "gopher://x",
    ],
)
async def test_a_redirection_to_no_web_address_is_the_failure_of_that_paper(
    pdfs, server, paper, tmp_path, target
):
    server.answer = lambda request: Answer(302, headers={"Location": target})
    with pytest.raises(BrokenDownload):
        await pdfs.download(paper(), tmp_path)
    assert list(tmp_path.iterdir()) == []


async def test_a_redirection_is_followed_and_a_circle_is_not(
    pdfs, server, paper, tmp_path
):
    server.answers = [
        Answer(301, headers={"Location": "/moved"}),
        Answer(body=PDF),
    ]
    assert (await pdfs.download(paper(), tmp_path)).read_bytes() == PDF
    server.answer = lambda request: Answer(302, headers={"Location": "/again"})
    with pytest.raises(BrokenDownload, match="again"):
        await pdfs.download(paper("2610.00002"), tmp_path)
    assert len(server.requests) < 12


async def test_a_packed_pdf_that_grows_over_the_limit_is_not_unpacked(
    small, server, paper, tmp_path
):
    bomb = gzip.compress(b"%PDF-" + bytes(50_000_000))
    server.answer = lambda request: Answer(
        body=bomb, headers={"Content-Encoding": "gzip"}
    )
    with pytest.raises(BrokenDownload, match="larger than 1 MB"):
        await small.download(paper(), tmp_path)
