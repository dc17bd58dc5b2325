"""Plain lines where there is no terminal, and nothing that could move a cursor."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.events import Event
from pipeline.progress import progress, terminal_safe


def test_lines_say_stage_paper_time_and_reason(capsys):
    with progress() as tell:
        tell(Event("read", "started", "2611.00001"))
        tell(Event("read", "done", "2611.00001", seconds=1.24))
        tell(Event("review", "failed", "2611.00001", detail="no \x1b[31mreply"))
    assert capsys.readouterr().err == "read 2611.00001 1.2 s\nreview 2611.00001 failed: no  [31mreply\n"


@given(st.text())
def test_no_control_or_direction_character_reaches_a_terminal(text):
    safe = terminal_safe(text)
    assert len(safe) == len(text)
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 or char in "\u202e\u2066" for char in safe)
