"""Plain lines where there is no terminal."""

from pipeline.console.events import Event
from pipeline.console.progress import progress


def test_lines_say_stage_paper_time_and_reason(capsys):
    with progress() as tell:
        tell(Event("read", "started", "2611.00001"))
        tell(Event("read", "done", "2611.00001", seconds=1.24))
        tell(Event("review", "failed", "2611.00001", detail="no \x1b[31mreply"))
    assert (
        capsys.readouterr().err
        == "read 2611.00001 1.2 s\nreview 2611.00001 failed: no  [31mreply\n"
    )
