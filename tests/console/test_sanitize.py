"""Text of others does not move a cursor."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.console.sanitize import terminal_safe


@given(st.text())
def test_no_control_or_direction_character_reaches_a_terminal(text):
    safe = terminal_safe(text)
    assert len(safe) == len(text)
    assert not any(
        ord(char) < 32 or 127 <= ord(char) < 160 or char in "\u202e\u2066"
        for char in safe
    )
