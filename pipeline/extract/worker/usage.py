"""What a process has used: memory, and time of the processor."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

_UNKNOWN = (OSError, ValueError, IndexError, subprocess.SubprocessError)


def resident_memory(pid: int) -> int:
    """Bytes of memory a process holds; 0 where there is no cheap way to know."""
    with contextlib.suppress(*_UNKNOWN):
        if sys.platform == "darwin":
            return int(_ps(pid, "rss")) * 1024
        if sys.platform == "linux":
            pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            return pages * os.sysconf("SC_PAGE_SIZE")
    return 0


def processor_time(pid: int) -> float:
    """Seconds that all threads of a process have had of processors; 0 where it is unknown."""
    with contextlib.suppress(*_UNKNOWN):
        if sys.platform == "darwin":
            return _seconds(_ps(pid, "time"))
        if sys.platform == "linux":
            # proc(5): after the name, which may hold anything, fields 14 and 15 are ticks
            fields = (
                Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            )
            return (int(fields[11]) + int(fields[12])) / os.sysconf(
                "SC_CLK_TCK"
            )
    return 0.0


def _ps(pid: int, field: str) -> str:
    return subprocess.check_output(  # noqa: S603  numbers and names of our own
        ["/bin/ps", "-o", f"{field}=", "-p", str(pid)], text=True
    ).strip()


def _seconds(shown: str) -> float:
    """Seconds of a time that `ps` shows, as 1:02:03.4."""
    total = 0.0
    for part in shown.split(":"):
        total = 60 * total + float(part)
    return total
