"""Which version of Steward this is."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

UNKNOWN = "0"
PROJECT = Path(__file__).resolve().parents[3] / "pyproject.toml"


def program_version() -> str:
    """The version of this program, such as 0.1.0, as it was installed or as its checkout says."""
    try:
        return version("steward")
    except PackageNotFoundError:
        if not PROJECT.is_file():
            return UNKNOWN
        return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])
