"""Space on disk: PDFs are kept up to a limit, the oldest go first. What is needed again is fetched again."""

from __future__ import annotations

from pathlib import Path

MEGABYTE = 1_000_000


def prune(folder: Path, limit: int) -> int:
    """Delete the PDFs used longest ago until at most `limit` MB are left; the number of bytes freed."""
    files = sorted((path.stat().st_mtime_ns, path.stat().st_size, path) for path in folder.glob("*.pdf"))
    excess = sum(size for _, size, _ in files) - limit * MEGABYTE
    freed = 0
    for _, size, path in files:
        if freed >= excess:
            break
        path.unlink(missing_ok=True)
        freed += size
    return freed
