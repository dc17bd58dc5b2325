"""Files that travel with the program: config.toml, prompts/, the demo. In a wheel they lie in `pipeline/_shipped/`."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_WHEEL = _PACKAGE / "_shipped"
ROOT = _WHEEL if _WHEEL.is_dir() else _PACKAGE.parent
"""Folder that holds config.toml and prompts/ as shipped."""

CONFIG = ROOT / "config.toml"
PROMPTS = ROOT / "prompts"
